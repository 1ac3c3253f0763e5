"""The law of consents as pure functions: who must sign, how a consent stands, how long it may last."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from familieplan.consent.enums import Standing
from familieplan.consent.rules import CustodyFact, age_on, last_day, stands, who_must_sign

CHILD, MOTHER, FATHER = uuid4(), uuid4(), uuid4()
TODAY = date(2026, 11, 22)
BOTH = (CustodyFact(MOTHER, date(2012, 1, 1), None), CustodyFact(FATHER, date(2012, 1, 1), None))


def must_sign(born: date | None, *custody: CustodyFact) -> frozenset[object]:
    found = who_must_sign(subject=CHILD, birth_date=born, custody=custody, today=TODAY, consent_age=15)
    return frozenset(found)


@pytest.mark.parametrize(
    ("born", "signs"),
    [
        (date(2011, 11, 23), {MOTHER, FATHER}),  # fifteen tomorrow
        (date(2011, 11, 22), {CHILD}),  # fifteen today
        (None, {CHILD}),  # an adult of the network
    ],
)
def test_from_fifteen_one_decides_alone(born: date | None, signs: set[object]) -> None:
    assert must_sign(born, *BOTH) == signs


def test_custody_counts_on_its_days_only() -> None:
    ended = CustodyFact(FATHER, date(2012, 1, 1), TODAY - timedelta(days=1))
    assert must_sign(date(2016, 1, 1), BOTH[0], ended) == {MOTHER}
    assert must_sign(date(2016, 1, 1), BOTH[0], CustodyFact(FATHER, TODAY, TODAY)) == {MOTHER, FATHER}
    assert must_sign(date(2016, 1, 1)) == frozenset()


def standing(*signed: object, until: date = TODAY + timedelta(days=90), **more: object) -> Standing:
    facts = {
        "withdrawn": False,
        "replaced": False,
        "must_sign": frozenset({MOTHER, FATHER}),
        "has_deviation": False,
        "today": TODAY,
        "soon_days": 30,
    }
    return stands(until=until, signed=signed, **(facts | more)).standing  # type: ignore[arg-type]


def test_how_a_consent_stands() -> None:
    assert standing(MOTHER, FATHER) is Standing.ACTIVE
    assert standing(MOTHER) is Standing.WAITING
    assert standing(MOTHER, has_deviation=True) is Standing.ACTIVE
    assert standing(has_deviation=True) is Standing.WAITING
    assert standing(MOTHER, FATHER, must_sign=frozenset()) is Standing.WAITING
    assert standing(MOTHER, FATHER, must_sign=frozenset({CHILD})) is Standing.WAITING  # has turned fifteen
    assert standing(MOTHER, FATHER, until=TODAY) is Standing.ENDING_SOON  # the last day belongs to it
    assert standing(MOTHER, FATHER, until=TODAY - timedelta(days=1)) is Standing.ENDED
    assert standing(MOTHER, FATHER, withdrawn=True) is Standing.WITHDRAWN
    assert standing(MOTHER, FATHER, withdrawn=True, replaced=True) is Standing.REPLACED


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2027, 11, 22), 12, date(2028, 11, 21)),  # a leap year: never more than 365 days
    ],
)
def test_so_many_months_from_today(today: date, months: int, day: date) -> None:
    assert last_day(today, months, 365) == day


def test_born_on_the_leap_day() -> None:
    assert age_on(date(2012, 2, 29), date(2027, 2, 28)) == 15
    assert age_on(date(2012, 2, 29), date(2027, 2, 27)) == 14
