"""Finding a time: the family's own week, what the platform knows of the others, and the best with their reasons."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from familieplan.access.enums import Kind
from familieplan.access.models import Scope, Threshold
from familieplan.meetings.calendar.finding import find, taken
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.opening import opening
from familieplan.meetings.calendar.question import Child, Found, Participant, Question
from familieplan.meetings.calendar.week import WeekTime, conflicts
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.people.names import Names
from familieplan.people.reading import age_on
from familieplan.plan.models import Intervention, WeeklyTime

MINDED = {Kind.SCHOOL, Kind.DAYCARE}  # a child is looked after there


def week_of(family: UUID, names: Names) -> list[WeekTime]:
    """The family's ordinary week as the reader may know it. What it is for may be closed to them: then it is a time."""
    today = timezone.localdate()
    rows = list(WeeklyTime.objects.filter(family_id=family).exclude(stopped_on__lte=today))
    titles = dict(Intervention.objects.filter(family_id=family).values_list("pk", "title"))
    kinds = dict(Scope.objects.filter(pk__in=[row.scope_id for row in rows]).values_list("pk", "category_id"))
    return [
        WeekTime(
            person=str(row.person_id),
            who=names.person(row.person_id),
            what=row.title or (titles.get(row.intervention_id) if row.intervention_id else None),
            weekday=int(row.weekday),
            starts=row.starts_at,
            ends=row.ends_at,
            weeks=row.weeks,
            minds=kinds.get(row.scope_id) in MINDED,
        )
        for row in rows
    ]


def in_the_way(
    family: UUID, names: Names, starts_at: datetime | None, minutes: int, coming: Collection[str]
) -> list[str]:
    """What a meeting at that time collides with in the week of those who come; they decide whether it matters."""
    if starts_at is None:
        return []
    return conflicts_in(week_of(family, names), starts_at, minutes, coming)


def conflicts_in(week: list[WeekTime], starts_at: datetime, minutes: int, coming: Collection[str]) -> list[str]:
    return list(conflicts(starts_at, minutes, week, coming=coming))


def of_meeting(page: MeetingPage) -> list[str]:
    meeting = page.meeting
    return in_the_way(meeting.family_id, page.names, meeting.starts_at, meeting.minutes, coming(page))


def coming(page: MeetingPage) -> list[str]:
    """Keys of those of the family who have not said no."""
    return [str(one.holder) for one in page.seats if one.group == "family" and one.reply != "no"]


def best_times(page: MeetingPage) -> Found:
    return find(_question(page))


def against(
    page: MeetingPage, starts: Sequence[datetime], minutes: int, answered: Collection[str] = ()
) -> list[list[str]]:
    """To each time what is known to stand against it, in words: the family's week, and the calendars of those who have
    not ``answered`` (keys) for themselves."""
    asked, there = replace(_question(page), minutes=minutes), coming(page)
    waiting = replace(asked, participants=[one for one in asked.participants if one.key not in answered])
    week = list(asked.week)
    return [conflicts_in(week, at, minutes, there) + taken(waiting, at) for at in starts]


def _question(page: MeetingPage) -> Question:
    busy, meeting, today = busy_elsewhere(page.meeting), page.meeting, timezone.localdate()
    invited = [one for one in page.seats if one.holder and one.reply != "no"]
    old_enough = int(Threshold.objects.get(key="invite_age").value)
    there = {one.holder for one in invited}
    small = [
        Child(str(id), one.given_name)
        for id, one in page.names.persons.items()
        if id not in there and one.part == "member" and one.birth_date and age_on(one.birth_date, today) < old_enough
    ]
    week, calendars = week_of(meeting.family_id, page.names), _times("busy_at_home", meeting)
    weeks = {one.person for one in week}
    first, last = opening().school_ages
    born = {id: one.birth_date for id, one in page.names.persons.items() if one.birth_date}
    pupils = {id for id, day in born.items() if first <= age_on(day, today) <= last}
    return Question(
        participants=[
            Participant(
                key=str(one.holder),
                name=one.name,
                must_come=one.group == "family",
                busy=tuple(busy.get(one.holder, ())) if one.holder in busy or str(one.holder) in weeks else None,
                in_part=one.holder not in calendars and str(one.holder) not in weeks,
                by_week=one.holder not in calendars and str(one.holder) in weeks,
                pupil=one.holder in pupils,
            )
            for one in invited
            if one.holder
        ],
        today=today,
        minutes=meeting.minutes,
        week=week,
        small_children=small,
    )


def busy_elsewhere(meeting: Meeting) -> dict[UUID, list[Interval]]:
    """When those at the table sit at other meetings, or are busy by their own calendars; never what for."""
    found = _times("busy_elsewhere", meeting)
    for holder, times in _times("busy_at_home", meeting).items():
        found.setdefault(holder, []).extend(times)
    return found


def _times(known: str, meeting: Meeting) -> dict[UUID, list[Interval]]:
    """Nothing at all for whom nothing is known; an empty list where a calendar is known, and empty."""
    found: dict[UUID, list[Interval]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT holder, starts, ends FROM meetings.{known}(%s)", [meeting.pk])  # noqa: S608
        for holder, starts, ends in cursor.fetchall():
            times = found.setdefault(holder, [])
            if starts is not None:
                times.append(Interval(starts, ends))
    return found
