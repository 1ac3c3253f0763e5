"""Our reading of RRULE against dateutil's, over rules that nobody would think of."""

from datetime import datetime, timedelta
from itertools import takewhile
from unittest.mock import patch

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from familieplan.meetings.calendar.recurrence import DAYS, Work, occurrences, read_rule
from familieplan.meetings.calendar.refusal import Refused

WEEKDAYS = st.sampled_from(sorted(DAYS))


def read(rule: str, starts: datetime, since: datetime, until: datetime) -> list[datetime]:
    found = occurrences(
        read_rule(rule, lambda moment: moment.replace(tzinfo=None)), starts, since=since, until=until, work=Work()
    )
    return list(found)


def numbers(low: int, high: int, most: int = 3) -> st.SearchStrategy[str]:
    whole = st.integers(low, high).filter(bool)
    return st.lists(whole, min_size=1, max_size=most, unique=True).map(lambda some: ",".join(map(str, some)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    said = [f"FREQ={freq}"]
    if draw(st.booleans()):
        said.append(f"INTERVAL={draw(st.integers(1, 7))}")
    if draw(st.booleans()):
        said.append(f"BYMONTH={draw(numbers(1, 12))}")
    if draw(st.booleans()):
        # All with a number or none: of "FR,1FR" dateutil keeps what both name, the RFC what either names.
        counted = (
            st.integers(-5, 5).filter(bool) if freq in {"MONTHLY", "YEARLY"} and draw(st.booleans()) else st.just(0)
        )
        one = st.builds(lambda n, day: f"{n or ''}{day}", counted, WEEKDAYS)
        said.append("BYDAY=" + ",".join(draw(st.lists(one, min_size=1, max_size=4, unique=True))))
    if freq != "WEEKLY" and draw(st.booleans()):
        said.append(f"BYMONTHDAY={draw(numbers(-31, 31))}")
    if freq == "YEARLY" and draw(st.booleans()):
        said.append(f"BYYEARDAY={draw(numbers(-366, 366))}")
    if draw(st.booleans()):
        said.append(f"BYHOUR={draw(numbers(1, 23))}")
    if len(said) > 2 and freq != "DAILY" and draw(st.booleans()):
        said.append(f"BYSETPOS={draw(numbers(-3, 3, 2))}")
    if draw(st.booleans()):
        said.append(f"WKST={draw(WEEKDAYS)}")
    if draw(st.booleans()):
        said.append(f"COUNT={draw(st.integers(1, 30))}")
    elif draw(st.booleans()):
        said.append(draw(st.sampled_from(["UNTIL=20270115", "UNTIL=20261224T120000"])))
    return ";".join(said)


@settings(max_examples=300, deadline=None)
@given(rule=rules(), day=st.integers(0, 900), hour=st.integers(0, 23), ahead=st.integers(0, 900))
def test_as_dateutil_reads_it(rule: str, day: int, hour: int, ahead: int) -> None:
    starts = datetime.fromisoformat("2024-06-01T00:30") + timedelta(days=day, hours=hour)
    with patch("datetime.MAXYEAR", 2035):  # where dateutil gives up looking; else 9999
        # It does not count a first time that the rule does not name; the RFC leaves it open. So: one that is named.
        first = next(iter(rrulestr(rule, dtstart=starts)), None)
        assume(first is not None)
        assert first is not None
        since = first + timedelta(days=ahead)
        until = since + timedelta(days=60)
        expected = takewhile(lambda one: one <= until, rrulestr(rule, dtstart=first))
        assert read(rule, first, since, until) == [one for one in expected if one >= since]


@pytest.mark.parametrize(
    ("rule", "starts", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "2026-12-01T09:00", ["1201", "1203", "1215", "1217", "1229", "1231"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T09:00", ["1225"]),
        ("FREQ=MONTHLY", "2026-01-31T09:00", ["1231"]),
        ("FREQ=YEARLY", "1970-12-24T09:00", ["1224"]),
        ("FREQ=YEARLY;BYDAY=1MO;BYMONTH=12", "2020-12-07T09:00", ["1207"]),
        ("FREQ=YEARLY;BYWEEKNO=50;BYDAY=WE", "2020-12-09T09:00", ["1209"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30T09:00", ["1231"]),
        ("FREQ=DAILY;COUNT=3", "2026-12-01T09:00", ["1201", "1202", "1203"]),
        ("FREQ=WEEKLY;UNTIL=20261208T080000Z", "2026-12-01T09:00", ["1201"]),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", "2026-12-01T09:00", ["1201", "1202"]),  # the first time counts
    ],
)
def test_rules_people_have(rule: str, starts: str, expected: list[str]) -> None:
    since, until = datetime.fromisoformat("2026-12-01"), datetime.fromisoformat("2027-01-01")
    assert [f"{one:%m%d}" for one in read(rule, datetime.fromisoformat(starts), since, until)] == expected


@pytest.mark.parametrize(
    "rule",
    [
        *("", "FREQ=SOMETIMES", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999"),
        *("FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;UNTIL=later", "FREQ=DAILY;COUNT=" + "9" * 5000),
    ],
)
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(ValueError):
        read_rule(rule, lambda moment: moment)


def test_too_much_is_refused() -> None:
    every_second = "FREQ=DAILY;BYHOUR={};BYMINUTE={};BYSECOND={}".format(
        *(",".join(map(str, range(n))) for n in (24, 60, 60))
    )
    starts = datetime.fromisoformat("2026-01-01")
    with pytest.raises(Refused, match="gentager sig for meget"):
        read(every_second, starts, starts, starts + timedelta(days=60))


@pytest.mark.parametrize("never", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_rule_that_never_comes_true_costs_nothing(never: str) -> None:
    starts, work = datetime.fromisoformat("1900-01-01"), Work()
    since = datetime.fromisoformat("2026-12-01")
    rule = read_rule(never, lambda moment: moment)
    assert list(occurrences(rule, starts, since=since, until=since + timedelta(days=42), work=work)) == []
    assert work.left > Work().left - 1000
