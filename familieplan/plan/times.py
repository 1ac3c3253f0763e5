"""Weekly times as people say them: "tirsdag og torsdag kl. 9–12"."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from familieplan.people.names import in_words
from familieplan.plan.enums import Weeks
from familieplan.ui.dates import clock, weekday


def week_in_words(times: Iterable[dict[str, Any]]) -> str:
    """Days at the same hours are said together."""
    days: dict[tuple[str, str, str], dict[int, None]] = {}
    for row in times:
        days.setdefault((row["starts_at"], row["ends_at"], row["weeks"]), {})[int(row["weekday"]) - 1] = None
    return ", ".join(_said(list(on), *hours) for hours, on in days.items())


def _said(days: list[int], starts: str, ends: str, weeks: str) -> str:
    said = _("%(days)s at %(start)s–%(end)s") % {
        "days": _days(sorted(days)),
        "start": clock(time.fromisoformat(starts)),
        "end": clock(time.fromisoformat(ends)),
    }
    return said if weeks == Weeks.EVERY else f"{said} ({str(Weeks(weeks).label).lower()})"


def _days(numbers: list[int]) -> str:
    """ "mandag til fredag", "tirsdag og torsdag"."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return _("%(first)s to %(last)s") % {"first": weekday(first), "last": weekday(last)}
    return in_words([weekday(number) for number in numbers])
