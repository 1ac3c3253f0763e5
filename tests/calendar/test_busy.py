"""Busy times out of calendars as people have them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familieplan.meetings.calendar.busy import LARGEST, Busy, read
from familieplan.meetings.calendar.ics import cancel, request
from familieplan.meetings.calendar.intervals import Interval, merged
from familieplan.meetings.calendar.refusal import Refused
from tests.calendar.test_ics import invitation

SINCE, UNTIL = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def calendar(*events: str, name: str = "VEVENT") -> bytes:
    body = "".join(f"BEGIN:{name}\n{event}\nEND:{name}\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".encode()


def said(busy: Busy) -> list[str]:
    """ "01T08:00–09:00" in UTC, the day in December first."""
    return [f"{one.starts:%dT%H:%M}–{one.ends:%H:%M}" for one in busy.intervals]


def times(*events: str, name: str = "VEVENT") -> list[str]:
    return said(read(calendar(*events, name=name), since=SINCE, until=UNTIL))


NINE = "DTSTART;TZID=Europe/Copenhagen:20261201T090000"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (f"{NINE}\nDTEND;TZID=Europe/Copenhagen:20261201T100000", ["01T08:00–09:00"]),
        (f"{NINE}\nDURATION:PT1H30M", ["01T08:00–09:30"]),
        ("DTSTART;TZID=Romance Standard Time:20261201T090000\nDURATION:PT1H", ["01T08:00–09:00"]),
        ('DTSTART;TZID="/freeassociation.sourceforge.net/Europe/Athens":20261201T090000\nDURATION:PT1H',
         ["01T07:00–08:00"]),
        ("DTSTART;TZID=Nowhere:20261201T090000\nDURATION:PT1H", ["01T08:00–09:00"]),  # Danish
        ("DTSTART:20261201T090000\nDURATION:PT1H", ["01T08:00–09:00"]),  # floating: Danish
        ("DTSTART:20261201T080000Z\nDURATION:P1D", ["01T08:00–08:00"]),
        ("DTSTART;VALUE=DATE:20261203", ["02T23:00–23:00"]),
        ("DTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261205", ["02T23:00–23:00"]),
        (f"{NINE}", []),  # a moment takes no time
        (f"{NINE}\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        (f"{NINE}\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        (f"{NINE}\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        (f"{NINE}\nDURATION:PT1H\nSTATUS:TENTATIVE", ["01T08:00–09:00"]),
        ("DTSTART:20261130T230000Z\nDURATION:PT2H", ["01T00:00–01:00"]),  # cut off at the window
        ("DTSTART:20261101T090000Z\nDURATION:PT2H", []),
        (f"{NINE}\nDURATION:PT1H\nBEGIN:VALARM\nTRIGGER:-PT1H\nDURATION:PT9H\nEND:VALARM", ["01T08:00–09:00"]),
        ("DTSTART:20201201T090000Z\nDTEND:20301201T090000Z", ["01T00:00–00:00"]),
    ],
)  # fmt: skip
def test_one_event(event: str, expected: list[str]) -> None:
    assert times(event) == expected


def test_what_repeats_what_falls_away_and_what_is_moved() -> None:
    series = f"UID:a\n{NINE}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Copenhagen:20261208T090000"
    moved = "UID:a\nRECURRENCE-ID:20261215T080000Z\nDTSTART:20261216T120000Z\nDURATION:PT1H"
    gone = "UID:a\nRECURRENCE-ID;TZID=Europe/Copenhagen:20261222T090000\nDTSTART:20261222T080000Z\nSTATUS:CANCELLED"
    others = "UID:b\nRECURRENCE-ID:20261201T080000Z\nDTSTART:20261101T080000Z\nDURATION:PT1H"
    expected = ["01T08:00–09:00", "16T12:00–13:00", "29T08:00–09:00"]
    assert times(series, moved, gone, others) == expected
    assert times(moved, others, gone, series) == expected


def test_further_dates() -> None:
    event = f"{NINE}\nDURATION:PT1H\nRDATE:20261203T080000Z,20261204T080000Z\nRDATE;VALUE=PERIOD:20261205T080000Z/PT2H"
    assert times(event) == ["01T08:00–09:00", "03T08:00–09:00", "04T08:00–09:00", "05T08:00–10:00"]
    assert times(f"{event}\nEXDATE:20261204T080000Z") == ["01T08:00–09:00", "03T08:00–09:00", "05T08:00–10:00"]


def test_a_day_taken_out_of_days() -> None:
    event = "DTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261202"
    assert times(event) == ["01T00:00–23:00", "02T23:00–23:00"]


def test_nine_stays_nine_when_the_clock_changes() -> None:
    event = "DTSTART;TZID=Europe/Copenhagen:20270324T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
    found = read(calendar(event), since=datetime(2027, 3, 1, tzinfo=UTC), until=datetime(2027, 5, 1, tzinfo=UTC))
    assert said(found) == ["24T08:00–09:00", "31T07:00–08:00"]


def test_a_night_shift_over_the_change_of_the_clock() -> None:
    event = "DTSTART;TZID=Europe/Copenhagen:20271030T230000\nDTEND;TZID=Europe/Copenhagen:20271031T070000"
    [one] = read(calendar(event), since=SINCE, until=datetime(2027, 12, 1, tzinfo=UTC)).intervals
    assert one.ends - one.starts == timedelta(hours=9)
    whole = "DTSTART;VALUE=DATE:20271031"
    [day] = read(calendar(whole), since=SINCE, until=datetime(2027, 12, 1, tzinfo=UTC)).intervals
    assert day.ends - day.starts == timedelta(hours=25)


def test_free_busy() -> None:
    event = "\n".join(
        [
            "FREEBUSY:20261201T080000Z/20261201T090000Z,20261202T080000Z/PT30M",
            "FREEBUSY;FBTYPE=FREE:20261203T080000Z/PT30M",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261204T080000Z/PT30M",
        ]
    )
    assert times(event, name="VFREEBUSY") == ["01T08:00–09:00", "02T08:00–08:30", "04T08:00–08:30"]


def test_our_own_invitation_makes_busy_and_its_cancellation_does_not() -> None:
    assert said(read(request(invitation()), since=SINCE, until=UNTIL)) == ["08T08:00–09:30"]
    assert said(read(cancel(invitation()), since=SINCE, until=UNTIL)) == []


@pytest.mark.parametrize(
    "event",
    [
        *("SUMMARY:nothing", "DTSTART:soon", "DTSTART:20261301T000000Z", "DTSTART:20261201T250000Z"),
        *(
            f"{NINE}\nDURATION:PT1H\nRRULE:FREQ=HOURLY;BYMINUTE=0,30",
            f"{NINE}\nDURATION:long",
            f"{NINE}\nDURATION:P",
            f"{NINE}\nDURATION:PT1H\nRRULE:FREQ=NEVER",
        ),
        *("DTSTART:00010101T000000\nDURATION:P1W", "DTSTART:99991201T000000\nDURATION:P99999W"),
        *(f"{NINE}\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE:x", "DTSTART;VALUE=DATE:99991231\nDURATION:P1D"),
    ],
)
def test_what_cannot_be_understood_is_counted(event: str) -> None:
    whole = f"{NINE}\nDURATION:PT1H"
    found = read(calendar(event, whole), since=SINCE, until=UNTIL)
    assert (said(found), found.unread) == (["01T08:00–09:00"], 1)


def test_by_the_hour() -> None:
    assert times(f"{NINE}\nDURATION:PT30M\nRRULE:FREQ=HOURLY;COUNT=3") == [
        "01T08:00–08:30",
        "01T09:00–09:30",
        "01T10:00–10:30",
    ]
    long_ago = "DTSTART:20200101T080000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;INTERVAL=24;UNTIL=20261203T080000Z"
    assert times(long_ago) == ["01T08:00–09:00", "02T08:00–09:00", "03T08:00–09:00"]


def test_by_the_hour_rather_too_often_than_too_seldom() -> None:
    some = "DTSTART:20261201T080000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;BYHOUR=8;COUNT=2;UNTIL=20261202T080000Z"
    found = read(calendar(some), since=SINCE, until=UNTIL).intervals
    assert found == (Interval(SINCE + timedelta(hours=8), SINCE + timedelta(days=1, hours=9)),)


@pytest.mark.parametrize("often", ["SECONDLY", "SECONDLY;UNTIL=99991231T000000Z", "SECONDLY;COUNT=999999999"])
def test_each_second_is_refused_at_once(often: str) -> None:
    event = f"DTSTART:20260101T080000Z\nDURATION:PT1S\nRRULE:FREQ={often}"
    began = perf_counter()
    with pytest.raises(Refused, match="gentager sig for meget"):
        times(event)
    assert perf_counter() - began < 3  # walking it would take longer


def test_a_hundred_thousand_events(record_property: Callable[[str, object], None]) -> None:
    hours = [f"UID:{n}\nDTSTART:202612{n % 28 + 1:02d}T{n % 24:02d}0000Z\nDURATION:PT30M" for n in range(100_000)]
    raw = calendar(*hours)
    began = perf_counter()
    found = read(raw, since=SINCE, until=UNTIL)
    record_property("100,000 events, seconds", round(perf_counter() - began, 2))
    assert (len(found.intervals), found.unread) == (168, 0)  # 28 days and 24 hours meet in every 168th number


def test_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="for stor"):
        read(b"x" * (LARGEST + 1), since=SINCE, until=UNTIL)


def test_titles_go_nowhere() -> None:
    secret = "Behandling hos psykiater"
    found = read(calendar(f"SUMMARY:{secret}\nLOCATION:{secret}\n{NINE}\nDURATION:PT1H"), since=SINCE, until=UNTIL)
    assert secret not in repr(found)
    with pytest.raises(Refused) as refused:
        read(f"BEGIN:VCALENDAR\nSUMMARY:{secret}\n".encode(), since=SINCE, until=UNTIL)
    assert secret not in str(refused.value)


@given(st.binary(max_size=400), st.booleans())
def test_garbage_is_refused_or_unread_and_nothing_else(raw: bytes, inside: bool) -> None:
    try:
        found = read(calendar("UID:a").replace(b"UID:a", raw) if inside else raw, since=SINCE, until=UNTIL)
    except Refused:
        return
    assert found.intervals == ()


VALUES = st.text(alphabet="0123456789TZPWDHMS-+/:;,=ABUYFREQ", max_size=40)


@given(st.lists(st.tuples(st.sampled_from(["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"]), VALUES)))
def test_damaged_lines_are_unread_and_nothing_else(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{name}:{value}" for name, value in lines)
    try:
        found = read(calendar(f"{NINE}\n{text}"), since=SINCE, until=UNTIL)
    except Refused:
        return
    assert found.unread in {0, 1}


MINUTES = st.tuples(st.integers(0, 5000), st.integers(-60, 600))
STRETCHES = MINUTES.map(lambda m: Interval(SINCE + timedelta(minutes=m[0]), SINCE + timedelta(minutes=sum(m))))


@given(st.lists(STRETCHES))
def test_merging_keeps_every_minute(some: list[Interval]) -> None:
    found = merged(some)
    assert all(one.ends < other.starts for one, other in pairwise(found))
    for one in some:
        if one.starts < one.ends:
            assert any(other.starts <= one.starts and one.ends <= other.ends for other in found)
    assert {one.starts for one in found} <= {one.starts for one in some}
    assert {one.ends for one in found} <= {one.ends for one in some}
