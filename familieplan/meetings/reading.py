"""Meetings as plain values, as far as the reader may know of them: row security leaves out the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.meetings.models import Meeting, Participant
from familieplan.ui.dates import clock, full_date


@dataclass(frozen=True, slots=True)
class Untold:
    """Something that ``person`` still has to be told of: an agenda item or a participant."""

    person: UUID
    about: UUID
    what: str


def still_untold(meeting: UUID) -> list[Untold]:
    """One's own; for the coordinator everybody's, of items she may read herself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, about, what FROM meetings.still_untold(%s)", [meeting])
        return [Untold(*row) for row in cursor.fetchall()]


def in_the_room(meeting: UUID) -> frozenset[int]:
    """The drawers that everybody in the room may read: what the projector may show."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings.in_the_room(%s)", [meeting])
        return frozenset(cursor.fetchone()[0])


def by_the_clock(meeting: Meeting) -> bool:
    """Is the clock alone to say when somebody comes in and goes? Then the wall changes without anybody writing."""
    seats = Participant.objects.filter(meeting=meeting, removed_at=None, came=None, from_minute__isnull=False)
    return seats.exists()


def when_in_words(meeting: Meeting) -> str:
    """ "3. december 2026 kl. 10.00", or that no time has been found yet."""
    if meeting.at is None:
        return _("the time has not been found yet")
    starts = timezone.localtime(meeting.at)
    return _("%(day)s at %(time)s") % {"day": full_date(starts.date()), "time": clock(starts)}


def their_while(meeting: Meeting, seat: Participant) -> tuple[datetime, datetime] | None:
    """From when to when somebody comes for a while: as planned, and by the clock once the meeting has begun."""
    begins = meeting.started_at or meeting.starts_at
    if begins is None or seat.from_minute is None or seat.for_minutes is None:
        return None
    comes = begins + timedelta(minutes=seat.from_minute)
    return comes, comes + timedelta(minutes=seat.for_minutes)


def while_in_words(meeting: Meeting, seat: Participant) -> str:
    """ "kl. 14.30–14.40"; before there is a time, how long."""
    if found := their_while(meeting, seat):
        return _("at %(start)s–%(end)s") % {"start": clock(found[0]), "end": clock(found[1])}
    return _("for %(n)d minutes") % {"n": seat.for_minutes} if seat.for_minutes else ""
