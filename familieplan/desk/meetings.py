"""Meetings on my day: those I sit at, and what waits for me before and after one. Row security leaves out the rest."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.utils import timezone

from familieplan.meetings.models import when

MEETINGS = """
SELECT m.id, m.family_id, m.stage, m.starts_at, m.started_at, m.place, p.id IS NOT NULL AS sits,
       coalesce(p.reply, '') AS reply, mine.yes AS is_mine,
       mine.yes AND m.stage = 'called' AND NOT EXISTS (SELECT FROM meetings_told t WHERE t.meeting_id = m.id) AS untold
FROM meetings_meeting m
LEFT JOIN meetings_participant p ON p.meeting_id = m.id AND p.staff_id = %(me)s AND p.removed_at IS NULL
CROSS JOIN LATERAL (SELECT access.coordinates(m.family_id) AS yes) mine
WHERE (m.stage IN ('preparing', 'called', 'running', 'ended')
       OR m.stage = 'closed' AND m.ended_at > access.clock() - interval '7 days')
  AND (p.id IS NOT NULL OR mine.yes)
ORDER BY m.starts_at NULLS LAST, m.created_at
"""


# Who of the family did not quite agree days after a meeting, and has not said otherwise, until another is planned.
DISAGREES = """
SELECT r.meeting_id, r.family_id, p.given_name
FROM (SELECT DISTINCT ON (meeting_id, person_id) * FROM meetings_reflection
      ORDER BY meeting_id, person_id, created_at DESC) r
JOIN people_person p ON p.id = r.person_id
WHERE r.answer = 'no' AND access.coordinates(r.family_id)
  AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.family_id = r.family_id AND m.created_at > r.created_at)
ORDER BY r.created_at
"""
# The newest question of each meeting: open; or what came of it, until the meeting itself is there to be seen.
POLLS = """
SELECT q.meeting_id, q.family_id, q.set_to,
       EXISTS (SELECT FROM meetings_pollanswer a WHERE a.poll_id = q.id AND a.holder = %(me)s) AS is_answered
FROM (SELECT DISTINCT ON (meeting_id) * FROM meetings_poll ORDER BY meeting_id, created_at DESC, id DESC) q
WHERE q.meeting_id = ANY (meetings.mine(true)) AND (q.closed_at IS NULL OR (q.set_to > access.clock()
    AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.id = q.meeting_id)))
ORDER BY q.created_at
"""


class Waits(StrEnum):
    """What a meeting waits for me with."""

    RUNNING = "running"
    MINUTES = "minutes"
    AGENDA = "agenda"
    UNTOLD = "untold"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: UUID
    family: UUID
    stage: str
    starts_at: datetime | None
    started_at: datetime | None
    place: str
    sits: bool
    reply: str
    is_mine: bool  # the reader coordinates the family
    untold: bool  # nobody of the family has been told of anything yet

    @property
    def at(self) -> datetime | None:
        return when(self.starts_at, self.started_at)

    @property
    def day(self) -> date | None:
        return timezone.localdate(self.starts_at) if self.starts_at else None

    def waits(self, today: date, agenda_days: int) -> list[Waits]:
        """``agenda_days``: the agenda is out when there are so many days to go."""
        near = self.day is not None and self.day < today + timedelta(days=agenda_days)
        found = {
            Waits.RUNNING: self.stage == "running",
            Waits.MINUTES: self.is_mine and self.stage == "ended",
            Waits.AGENDA: self.is_mine and self.stage == "preparing" and near,
            Waits.UNTOLD: self.is_mine and self.untold,
            Waits.ANSWER: self.sits and self.stage == "called" and self.reply == "none",
        }
        return [what for what, it_does in found.items() if it_does]

    def is_mine_to_see(self, today: date) -> bool:
        """One that is ahead; or whose minutes are new."""
        return self.stage == "closed" or (self.stage == "called" and self.day is not None and today <= self.day)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which times suit me? Asked also before the agenda is out, when of the meeting there is nothing else to see."""

    meeting: UUID
    family: UUID
    set_to: datetime | None  # the time that was found
    is_answered: bool

    @property
    def waits(self) -> bool:
        return self.set_to is None and not self.is_answered


@dataclass(frozen=True, slots=True)
class Disagrees:
    """Somebody of the family does not quite agree with what was decided (S3 §5.2.5.3)."""

    meeting: UUID
    family: UUID
    name: str


def who_disagrees() -> list[Disagrees]:
    """Of the families one coordinates. Needs a list to have been opened (``audit.log.open_list``)."""
    with connection.cursor() as cursor:
        cursor.execute(DISAGREES)
        return [Disagrees(*row) for row in cursor.fetchall()]


def my_polls(*, me: UUID) -> list[Asked]:
    """Also answered ones, until there is a time. Needs a list to have been opened (``audit.log.open_list``)."""
    with connection.cursor() as cursor:
        cursor.execute(POLLS, {"me": me})
        return [Asked(*row) for row in cursor.fetchall()]


def my_meetings(*, me: UUID) -> list[MeetingRow]:
    """Needs a list to have been opened (``audit.log.open_list``)."""
    with connection.cursor() as cursor:
        cursor.execute(MEETINGS, {"me": me})
        return [MeetingRow(*row) for row in cursor.fetchall()]
