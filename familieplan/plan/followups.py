"""Whether a plan is followed up by law, and when next (barnets lov § 95). Pure: the numbers are passed in."""

import re
from calendar import monthrange
from datetime import date

from familieplan.access.reference import read_toml

FOLLOWED = tuple((row["law"], row["section"]) for row in read_toml(__file__, "followed_plans.toml")["followed"])


def is_followed(legal_section: str) -> bool:
    """Does it name one of those sections of that law? "Barnets lov § 91" and "§§ 91-94 i barnets lov" do."""
    text = legal_section.casefold()
    return any(law in text and _names(section, text) for law, section in FOLLOWED)


def _names(section: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\d)(?<!stk\. )(?<!nr\. ){section}(?!\d)", text))


def due(starts: date, decided: date | None, first_months: int) -> date:
    """When next: as decided at the latest follow-up; the first at the latest so many months after the start."""
    return decided or months_after(starts, first_months)


def months_after(day: date, months: int) -> date:
    """The same day of the month; the last one where the month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
