"""Finding the time: against a reference that looks at every minute, in the words people get, and how fast."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from familieplan.access.reference import read_toml
from familieplan.meetings import apps
from familieplan.meetings.calendar.finding import find
from familieplan.meetings.calendar.holidays import holiday
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.opening import opening, read
from familieplan.meetings.calendar.question import Child, Found, Participant, Question
from familieplan.meetings.calendar.week import WeekTime
from familieplan.meetings.calendar.zone import COPENHAGEN

TODAY = date(2026, 11, 22)  # a Sunday
SCHOOL = [
    WeekTime(person="anton", who="Anton", what="skole", weekday=n, starts=time(8), ends=time(14), minds=True)
    for n in range(1, 6)
]
WORK = WeekTime(person="sara", who="Sara", what="praktik", weekday=1, starts=time(9), ends=time(15))
ANTON = Child("anton", "Anton")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)


def taken(day: date, first: int, last: int) -> Interval:
    return Interval(at(day, first).astimezone(UTC), at(day, last).astimezone(UTC))


def sara(*busy: Interval, **more: Any) -> Participant:
    return Participant(key="sara", name="Sara", must_come=True, busy=busy, **more)


def center(*busy: Interval, **more: Any) -> Participant:
    return Participant(key="center", name="jobcentret", busy=busy, **more)


def asked(participants: Sequence[Participant], **more: Any) -> Found:
    return find(Question(participants=participants, today=TODAY, **({"minutes": 60} | more)))


# --- The reference: no bisection, no merging, no intervals; each minute of each day is looked at -------------------


def reference(question: Question) -> list[tuple[datetime, tuple[str, ...]]]:
    soonest = question.today + timedelta(days=7)
    first = max(question.first or soonest, soonest)
    last = question.last or max(first, question.today + timedelta(days=21))
    candidates = []
    day = first
    while day <= last:
        closes = {5: 14 * 60}.get(day.isoweekday(), 16 * 60)
        if day.isoweekday() < 6 and not holiday(day):
            for start in range(8 * 60, closes - question.minutes + 1, 15):
                candidates += _judged(question, day, start)
        day += timedelta(days=1)
    chosen: list[Any] = []
    while candidates and len(chosen) < 5:
        best = min(candidates, key=lambda one: (sum(one[1] == other[1] for other in chosen), one[0]))
        chosen.append(best)
        length = question.minutes
        candidates = [one for one in candidates if one[1] != best[1] or abs(one[2] - best[2]) >= length]
    return [(at(day, *divmod(start, 60)), cannot) for _rank, day, start, cannot in chosen]


def _judged(question: Question, day: date, start: int) -> list[tuple[Any, date, int, tuple[str, ...]]]:
    midnight = at(day, 0).astimezone(UTC)
    meeting = range(start, start + question.minutes)
    coming = {one.key: 15 if one.travel is None else one.travel for one in question.participants}
    cannot, late = [], False
    for one in question.participants:
        for busy in one.busy or ():
            minutes = range(
                int((busy.starts - midnight) / timedelta(minutes=1)) - coming[one.key],
                int((busy.ends - midnight) / timedelta(minutes=1)) + coming[one.key],
            )
            if any(minute in minutes for minute in meeting):
                cannot.append(one.key)
                late = late or one.must_come
                break
    if late:
        return []
    disturbed = 0
    minded = set()
    for time_ in question.week:
        odd = day.isocalendar().week % 2 == 1
        if time_.weekday != day.isoweekday() or time_.weeks == ("even" if odd else "odd"):
            continue
        begins, ends = (one.hour * 60 + one.minute for one in (time_.starts, time_.ends))
        if time_.person in coming:
            margin = coming[time_.person]
            disturbed += any(minute in range(begins - margin, ends + margin) for minute in meeting)
        if time_.minds and all(minute in range(begins, ends) for minute in meeting):
            minded.add(time_.person)
    children = [child.key for child in question.small_children if child.key not in coming]
    early = bool(children) and start < 9 * 60
    rank = (disturbed, len(cannot), early, len([child for child in children if child not in minded]), day, start)
    return [(rank, day, start, tuple(cannot))]


# Minutes from 29 November on: the second quarter of each hour is as likely as its middle.
STRETCH = st.tuples(st.integers(0, 28 * 24 * 4), st.integers(1, 50), st.integers(0, 14)).map(
    lambda given: Interval(
        at(date(2026, 11, 29), 0).astimezone(UTC) + timedelta(minutes=given[0] * 15 + given[2]),
        at(date(2026, 11, 29), 0).astimezone(UTC) + timedelta(minutes=(given[0] + given[1]) * 15 + given[2]),
    )
)
PEOPLE = st.lists(
    st.builds(
        Participant,
        key=st.sampled_from(["sara", "anton", "ib", "center", "skole"]),
        name=st.just("X"),
        must_come=st.booleans(),
        busy=st.none() | st.lists(STRETCH, max_size=12).map(tuple),
        travel=st.none() | st.integers(0, 60),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.key,
)
HOURS = st.tuples(st.integers(7, 15), st.sampled_from([0, 10, 30]), st.integers(1, 8))
WEEK = st.lists(
    st.builds(
        lambda person, weekday, weeks, hours, minds: WeekTime(
            person=person,
            who="X",
            what="noget",
            weekday=weekday,
            weeks=weeks,
            starts=time(hours[0], hours[1]),
            ends=time(hours[0] + hours[2], hours[1]),
            minds=minds,
        ),
        person=st.sampled_from(["sara", "anton", "freja"]),
        weekday=st.integers(1, 7),
        weeks=st.sampled_from(["every", "even", "odd"]),
        hours=HOURS,
        minds=st.booleans(),
    ),
    max_size=8,
)


def shifted(one: Participant, by: timedelta) -> Participant:
    busy = None if one.busy is None else tuple(Interval(some.starts + by, some.ends + by) for some in one.busy)
    return replace(one, busy=busy)


@settings(max_examples=200, deadline=None)
@given(
    # An ordinary time of the year, Easter and summer time, normal time again.
    today=st.sampled_from([TODAY, date(2027, 3, 12), date(2027, 10, 20)]),
    people=PEOPLE,
    week=WEEK,
    children=st.lists(st.sampled_from([ANTON, Child("freja", "Freja")]), max_size=2, unique=True),
    minutes=st.sampled_from([60, 75, 90]),
    ahead=st.none() | st.integers(3, 28),
    days=st.none() | st.integers(0, 16),
)
def test_as_one_who_looks_at_every_minute(
    today: date,
    people: list[Participant],
    week: list[WeekTime],
    children: list[Child],
    minutes: int,
    ahead: int | None,
    days: int | None,
) -> None:
    people = [shifted(one, today - TODAY) for one in people]
    first = None if ahead is None else today + timedelta(days=ahead)
    last = None if first is None or days is None else first + timedelta(days=days)
    question = Question(
        participants=people, today=today, minutes=minutes, week=week, small_children=children, first=first, last=last
    )
    found = find(question)
    assert [(one.starts_at, one.cannot) for one in found.proposals] == reference(question)
    assert bool(found.hindrance) != bool(found.proposals)
    assert found.unknown == "Vi kender ingens kalender." or all(one.why for one in found.proposals)


# --- In words ------------------------------------------------------------------------------------------------------

TUESDAY = date(2026, 12, 1)
ONE_DAY = {"first": TUESDAY, "last": TUESDAY}


def test_everybody_can_and_the_children_are_at_school() -> None:
    found = asked([sara(), center()], week=[*SCHOOL, WORK], small_children=[ANTON])
    assert found.hindrance == ""
    assert [f"{one.starts_at:%a %H:%M}" for one in found.proposals] == [
        *("Tue 09:00", "Wed 09:00", "Thu 09:00", "Fri 09:00", "Tue 09:00")
    ]
    said = "Så vidt vi ved, kan alle. Det forstyrrer ikke familiens uge. De små børn er i skole eller dagtilbud."
    assert {one.why for one in found.proposals} == {said}


def test_who_cannot_and_why() -> None:
    cases = {
        (8, 9): "jobcentret, som ikke kan nå frem",
        (8, 10): "jobcentret, som er optaget til kl. 10.00",
        (10, 16): "jobcentret, som er optaget fra kl. 10.00",
        (8, 16): "jobcentret, som er optaget",
    }
    family = [taken(TUESDAY, 8, 9), taken(TUESDAY, 11, 16)]  # leaves 9–11, with no way to go
    for hours, said in cases.items():
        found = asked([sara(*family, travel=0), center(taken(TUESDAY, *hours))], minutes=120, **ONE_DAY)
        [one] = found.proposals
        assert (one.starts_at, one.cannot, one.why) == (at(TUESDAY, 9), ("center",), f"Alle kan undtagen {said}.")


def test_unknown_calendars_are_said_once_and_not_with_each_time() -> None:
    school = Participant(key="school", name="skolen")
    found = asked([sara(taken(TUESDAY, 9, 16)), school], minutes=45, **ONE_DAY)
    assert found.unknown == "Vi kender ikke kalenderen hos skolen."
    assert [one.why for one in found.proposals] == ["Alle, hvis kalender vi kender, kan."]
    [one] = asked([sara(taken(TUESDAY, 9, 16)), center(taken(TUESDAY, 8, 9)), school], minutes=45, **ONE_DAY).proposals
    assert one.why == "Alle, hvis kalender vi kender, kan undtagen jobcentret, som er optaget."
    found = asked([school], **ONE_DAY)
    assert (found.unknown, {one.why for one in found.proposals}) == ("Vi kender ingens kalender.", {""})
    anna = Participant(key="a", name="Anna", busy=(taken(TUESDAY, 8, 16),))
    assert asked([anna, school], **ONE_DAY).proposals[0].why == "Disse kan ikke: Anna, som er optaget."
    assert asked([sara()], **ONE_DAY).unknown == ""


def test_of_whom_only_the_meetings_here_are_known_no_more_is_said() -> None:
    jens = Participant(key="jens", name="Jens", busy=(taken(TUESDAY, 9, 16),), in_part=True)
    found = asked([sara(), jens], **ONE_DAY)
    assert found.unknown == "Vi kender ikke kalenderen hos Jens."
    assert found.proposals[0].why == "Alle, hvis kalender vi kender, kan undtagen Jens, som ikke kan nå frem."
    assert asked([jens], **ONE_DAY).unknown == "Vi kender ingens kalender."
    jonas = Participant(key="jonas", name="Jonas", must_come=True)
    found = asked([sara(), jonas], **ONE_DAY)
    assert "Jonas" in found.unknown
    assert found.proposals[0].why == "Alle, hvis kalender vi kender, kan."


def test_an_ordinary_week_is_no_calendar() -> None:
    found = asked([sara(by_week=True), Participant(key="school", name="skolen")], week=[WORK])
    assert found.unknown == "Vi kender ingens kalender."
    assert {one.why for one in found.proposals} == {"Det forstyrrer ikke familiens uge."}


def test_a_pupil_is_not_said_to_be_free_in_school_hours() -> None:
    freja = Participant(key="freja", name="Freja", must_come=True, pupil=True)
    said = "Det er i skoletiden; hvornår Freja er i skole, ved vi ikke."
    found = {
        f"{one.starts_at:%H:%M}": one.why
        for one in asked([sara(taken(TUESDAY, 9, 12), travel=0), freja], **ONE_DAY).proposals
    }
    assert all((said in why) == (at < "14:00") for at, why in found.items())
    assert {at < "14:00" for at in found} == {True, False}
    her_week = [replace(one, person="freja", who="Freja") for one in SCHOOL]
    known = replace(freja, busy=())
    assert not [one for one in asked([sara(), known], week=her_week, **ONE_DAY).proposals if said in one.why]


def test_the_familys_week_is_disturbed_only_when_nothing_else_is_left() -> None:
    monday = date(2026, 11, 30)
    found = asked([sara()], week=[WORK], first=monday, last=monday)
    assert [one.starts_at for one in found.proposals][:1] == [at(monday, 8)]  # 8–9, and no time for the way
    assert found.proposals[0].why == "Der er kort tid til vejen: praktik (Sara) ligger lige før eller efter."
    assert found.proposals[1].why == "Det falder sammen med praktik (Sara) hver mandag kl. 9.00–15.00."
    hidden = WeekTime(person="sara", who="Sara", what=None, weekday=1, starts=time(8), ends=time(16), weeks="even")
    [first, *_more] = asked([sara()], week=[hidden], first=monday, last=monday).proposals
    assert first.why == "Så vidt vi ved, kan alle. Det forstyrrer ikke familiens uge."  # week 49
    after = monday + timedelta(days=7)
    [first, *_more] = asked([sara(), center(taken(after, 8, 16))], week=[hidden], first=after, last=after).proposals
    assert first.why == "Disse kan ikke: jobcentret, som er optaget. Sara er optaget mandag kl. 8.00–16.00."


def test_early_with_a_small_child_at_home() -> None:
    [one] = asked(
        [sara(taken(TUESDAY, 9, 16), travel=0)], small_children=[ANTON, Child("freja", "Freja")], week=SCHOOL, **ONE_DAY
    ).proposals
    assert one.why == (
        "Så vidt vi ved, kan alle. Børn, der ikke er i skole eller dagtilbud på det tidspunkt: Freja. "
        "Det er tidligt: børnene skal afleveres først."
    )


def test_the_first_and_the_last_hour_of_the_day() -> None:
    for free in (8, 15):
        busy = [taken(TUESDAY, 6, free), taken(TUESDAY, free + 1, 18)]
        assert [one.starts_at for one in asked([sara(*busy, travel=0)], **ONE_DAY).proposals] == [at(TUESDAY, free)]


def test_a_holiday_is_passed_over() -> None:
    found = asked([sara()], first=date(2026, 12, 24), last=date(2027, 1, 2))
    assert {f"{one.starts_at:%d%m}" for one in found.proposals} == {"2812", "2912", "3012"}


# --- When no time fits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"participants": []}, "Ingen er valgt endnu. Vælg, hvem der skal med, så kan der findes et tidspunkt."),
        ({"minutes": 10}, "Et møde varer mellem 15 og 180 minutter."),
        ({"minutes": -60}, "Et møde varer mellem 15 og 180 minutter."),
        (
            {"first": date(2026, 11, 1), "last": date(2026, 11, 20)},
            "Dagsordenen sendes 7 dage før. Vælg dage fra og med 29. november 2026.",
        ),
        (
            {"first": date(2026, 12, 24), "last": date(2026, 12, 26)},
            "Ingen dag mellem 24. december 2026 og 26. december 2026 har åbent længe nok. "
            "Fridage: juleaftensdag, juledag og 2. juledag.",
        ),
        (
            {"first": date(2026, 12, 5), "last": date(2026, 12, 6)},
            "Ingen dag mellem 5. december 2026 og 6. december 2026 har åbent længe nok.",
        ),
        (
            {"participants": [sara(taken(TUESDAY, 8, 16))], **ONE_DAY},
            "Mellem 1. december 2026 og 1. december 2026 er der intet tidspunkt, der passer Sara.",
        ),
        (
            {
                "participants": [
                    sara(taken(TUESDAY, 8, 12)),
                    Participant(key="b", name="Lis", must_come=True, busy=(taken(TUESDAY, 12, 16),)),
                ],
                **ONE_DAY,
            },
            "De, der skal være med, kan ikke på samme tid mellem 1. december 2026 og 1. december 2026. "
            "Nærmest er tirsdag 1. december kl. 8.00 uden Sara, som er optaget.",
        ),
    ],
)
def test_what_stands_in_the_way(given: dict[str, Any], says: str) -> None:
    found = asked(**({"participants": [sara()]} | given))
    assert found == Found((), says)


def test_a_window_without_end_is_cut_off() -> None:
    assert len(asked([sara()], first=date(2026, 12, 1), last=date(9999, 12, 31)).proposals) == 5


# --- How fast, and what judges -------------------------------------------------------------------------------------


def test_twelve_people_and_six_weeks(record_property: Callable[[str, object], None]) -> None:
    random = Random(1)
    first = date(2026, 11, 30)

    def somebody(number: int) -> Participant:
        busy = []
        for day in range(42):
            for _some in range(4):
                hour = random.randint(8, 15)
                busy.append(taken(first + timedelta(days=day), hour, hour + 1))
        return Participant(key=str(number), name="X", must_come=number < 2, busy=tuple(busy))

    week = [*SCHOOL, WORK, *(WeekTime(
        person=str(n), who="X", what="noget", weekday=n % 5 + 1, starts=time(9), ends=time(11)
    ) for n in range(4))]  # fmt: skip
    question = Question(
        participants=[somebody(number) for number in range(12)],
        today=TODAY, minutes=75, week=week, small_children=[ANTON], first=first, last=first + timedelta(days=41),
    )  # fmt: skip
    durations = []
    for _turn in range(7):
        began = perf_counter()
        found = find(question)
        durations.append((perf_counter() - began) * 1000)
    record_property("12 people, 6 weeks, ms (the best of 7)", round(min(durations), 1))
    assert len({one.starts_at.date() for one in found.proposals}) == 5
    assert min(durations) < 50


def test_the_file_is_checked() -> None:
    good = read_toml(apps.__file__, "meeting_times.toml")
    assert read(good) == opening()
    for wrong in (
        {"rule": good["rule"][1:]},
        {"rule": [*good["rule"], {"key": "the_weather"}]},
        {"hours": {"1": ["16:00", "08:00"]}},
        {"hours": {"8": ["08:00", "16:00"]}},
        {"minutes": good["minutes"] | {"step": 0}},
    ):
        with pytest.raises(ValueError, match=r"^meeting_times\.toml: "):
            read(good | wrong)
    assert all(part["source"] for part in (good["hours"], good["minutes"], good["travel"], good["window"]))
    assert all(rule["source"] for rule in good["rule"])
