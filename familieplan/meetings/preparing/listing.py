"""A family's meetings: the next one, the earlier ones, and whether it is time again."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.models import Threshold
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.people.guards import coordinates

AHEAD = (Stage.RUNNING, Stage.ENDED, Stage.CALLED, Stage.PREPARING)


@dataclass(frozen=True, slots=True)
class TimeAgain:
    """It is about time for the next one: only a suggestion, with its reason."""

    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Meetings:
    """``ahead``: what is going on or still to come, the nearest first; ``over``: the latest first."""

    family: UUID
    ahead: list[MeetingPage]
    over: list[Meeting]
    coordinates: bool
    time_again: TimeAgain | None


def meetings_of(family: UUID, by: Actor) -> Meetings:
    rows = list(Meeting.objects.filter(family_id=family).order_by("starts_at", "created_at"))
    ahead = [row for row in rows if not Stage(row.stage).is_over]
    ahead.sort(key=lambda row: AHEAD.index(Stage(row.stage)) if row.stage in (Stage.RUNNING, Stage.ENDED) else 9)
    over = sorted((row for row in rows if Stage(row.stage).is_over), key=_when, reverse=True)
    mine = coordinates(family, by)
    return Meetings(
        family=family,
        ahead=[MeetingPage(row, by) for row in ahead],
        over=over,
        coordinates=mine,
        time_again=time_again(over) if mine and not ahead else None,
    )


def _when(row: Meeting) -> date:
    return timezone.localdate(row.at or row.created_at)


def time_again(over: list[Meeting]) -> TimeAgain | None:
    days = int(Threshold.objects.get(key="meeting_again_days").value)
    held = [timezone.localdate(row.ended_at) for row in over if row.stage == Stage.CLOSED and row.ended_at]
    if not held or max(held) > timezone.localdate() - timedelta(days=days):
        return None
    return TimeAgain(max(held), days)
