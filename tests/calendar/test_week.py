"""The family's week and the days off."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.easter import easter as judged
from django.utils.translation import override

from familieplan.meetings.calendar.holidays import easter, holiday
from familieplan.meetings.calendar.week import WeekTime, conflicts
from familieplan.meetings.calendar.zone import COPENHAGEN

WORK = WeekTime(person="sara", who="Sara", what="praktik", weekday=1, starts=time(9), ends=time(12))
FOOTBALL = WeekTime(
    person="anton", who="Anton", what="fodbold", weekday=1, starts=time(16), ends=time(17), weeks="even"
)
MONDAY = datetime(2026, 11, 30, tzinfo=COPENHAGEN)  # week 49


def said(hour: float, minutes: int = 60, day: datetime = MONDAY, **more: list[str]) -> tuple[str, ...]:
    return conflicts(day + timedelta(hours=hour), minutes, [WORK, FOOTBALL], **more)


def test_what_it_collides_with() -> None:
    assert said(11) == ("Det falder sammen med praktik (Sara) hver mandag kl. 9.00–12.00.",)
    assert said(8) == said(12) == ()  # touching
    assert said(8.25) == said(8, 240) == said(11)
    assert said(11, coming=["anton"]) == ()
    assert said(11, day=MONDAY + timedelta(days=1)) == ()


def test_even_weeks() -> None:
    assert said(16) == ()
    assert said(16, day=MONDAY + timedelta(days=7)) == (
        "Det falder sammen med fodbold (Anton) mandag i lige uger kl. 16.00–17.00.",
    )


def test_the_clock_is_the_familys_in_summer_too() -> None:
    assert conflicts(datetime(2027, 7, 5, 7, tzinfo=UTC), 30, [WORK]) != ()
    assert conflicts(datetime(2027, 7, 5, 6, 30, tzinfo=UTC), 30, [WORK]) == ()


def test_what_one_may_not_know_is_only_busy() -> None:
    hidden = WeekTime(person="sara", who="Sara", what=None, weekday=1, starts=time(9), ends=time(12))
    assert conflicts(MONDAY + timedelta(hours=9), 60, [hidden]) == ("Sara er optaget mandag kl. 9.00–12.00.",)


def test_in_english() -> None:
    with override("en"):
        assert said(11) == ("It collides with praktik (Sara) every Monday at 9:00–12:00.",)


def test_over_midnight() -> None:
    night = WeekTime(person="sara", who="Sara", what="nattevagt", weekday=2, starts=time(0), ends=time(6))
    assert len(conflicts(MONDAY + timedelta(hours=23), 120, [night])) == 1


def test_a_day_off_is_said() -> None:
    assert said(9, day=datetime(2027, 3, 29, tzinfo=COPENHAGEN))[0] == "Det er en fridag: 2. påskedag."


def test_easter_as_another_reckons_it() -> None:
    assert all(easter(year) == judged(year) for year in range(1583, 2500))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2027-03-25", "skærtorsdag"),
        ("2027-03-26", "langfredag"),
        ("2027-05-06", "Kristi himmelfartsdag"),
        ("2027-05-17", "2. pinsedag"),
        ("2026-12-24", "juleaftensdag"),
        ("2027-06-05", "grundlovsdag"),
        ("2023-05-05", "store bededag"),
        ("2024-04-26", ""),  # what would have been the next
        ("2027-04-23", ""),
        ("2027-05-01", ""),
    ],
)
def test_days_off(day: str, name: str) -> None:
    assert holiday(date.fromisoformat(day)) == name
