"""The law of consents as pure functions; today is passed in. The database has the same for reading (sql/rules.sql)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from familieplan.consent.enums import Standing

MISSING_PARTS = ("kinds", "source", "recipient", "purpose", "until")


def age_on(birth_date: date, day: date) -> int:
    """Whole years on ``day``. Somebody born on 29 February has their birthday on the 28th in other years."""
    birthday_passed = (day.month, day.day) >= (birth_date.month, birth_date.day)
    if (birth_date.month, birth_date.day) == (2, 29) and (day.month, day.day) == (2, 28):
        birthday_passed = True
    return day.year - birth_date.year - (not birthday_passed)


@dataclass(frozen=True, slots=True)
class CustodyFact:
    """Custody by ``holder`` from a day until a day, both included; no end is open."""

    holder: UUID
    starts: date
    ends: date | None


def who_must_sign(
    *, subject: UUID, birth_date: date | None, custody: Iterable[CustodyFact], today: date, consent_age: int
) -> frozenset[UUID]:
    """From the age of consent the person alone; until then everybody with custody today.

    Retssikkerhedsloven § 11 a, VEJ 9330/2019; joint custody means both (forældreansvarsloven § 3). Empty: nobody may
    say yes, and no consent can be given.
    """
    if birth_date is None or age_on(birth_date, today) >= consent_age:
        return frozenset({subject})
    return frozenset(
        fact.holder for fact in custody if fact.starts <= today and (fact.ends is None or fact.ends >= today)
    )


def missing_parts(
    *,
    kinds: Iterable[str],
    from_family: bool,
    from_units: Iterable[UUID],
    to_units: Iterable[UUID],
    to_persons: Iterable[UUID],
    purpose: str,
    until: date | None,
) -> list[str]:
    """What a consent lacks: a general consent is invalid (retssikkerhedsloven § 11 a). Empty when it can be given."""
    there = {
        "kinds": bool(list(kinds)),
        "source": from_family or bool(list(from_units)),
        "recipient": bool(list(to_units)) or bool(list(to_persons)),
        "purpose": bool(purpose.strip()),
        "until": until is not None,
    }
    return [part for part in MISSING_PARTS if not there[part]]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """How a consent stands, and whose signature it waits for."""

    standing: Standing
    missing: frozenset[UUID] = frozenset()


def stands(
    *,
    until: date,
    withdrawn: bool,
    replaced: bool,
    must_sign: frozenset[UUID],
    signed: Iterable[UUID],
    has_deviation: bool,
    today: date,
    soon_days: int,
) -> Standpoint:
    """The same answer as the database gives (sql/rules.sql, "consented"), in words for a list.

    Everybody who must sign has, or with a written reason somebody of them. Who must is asked anew each day: a child who
    has turned 15 is waited for, though the parents have signed.
    """
    if replaced or withdrawn or until < today:
        over = Standing.REPLACED if replaced else Standing.WITHDRAWN if withdrawn else Standing.ENDED
        return Standpoint(over)
    missing = must_sign - frozenset(signed)
    enough = missing < must_sign if has_deviation else not missing
    if not must_sign or not enough:
        return Standpoint(Standing.WAITING, missing)
    soon = until <= today + timedelta(days=soon_days)
    return Standpoint(Standing.ENDING_SOON if soon else Standing.ACTIVE)


def last_day(today: date, months: int, longest_days: int) -> date:
    """So many months from today: the same day of the month, or the last there is; never later than may be."""
    month = today.month - 1 + months
    year, month = today.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    day = min(today.day, (first_of_next - timedelta(days=1)).day)
    return min(date(year, month, day), today + timedelta(days=longest_days))
