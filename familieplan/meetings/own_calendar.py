"""Somebody's own calendar: when they are busy, so that a time can be found. Given as a file or by its address.

Kept are stretches of time, for as far ahead as meetings are planned; what stood in the calendar is never stored. The
address of a calendar opens all of it, so it is sealed (AES-GCM, a key of its own from FAMILIEPLAN_DATA_KEY).
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from familieplan.access.actor import JOB, Actor
from familieplan.access.context import acting_as
from familieplan.accounts.crypto import seal, unseal
from familieplan.meetings.calendar import busy
from familieplan.meetings.calendar.fetch import fetch
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.refusal import Refused
from familieplan.meetings.models import Busy, OwnCalendar
from familieplan.post.jobs import defer

AHEAD = timedelta(days=184)
PURPOSE = "calendar"


def mine(by: Actor) -> OwnCalendar | None:
    return OwnCalendar.objects.filter(holder=by.id).first()


@transaction.atomic
def give_file(*, raw: bytes, by: Actor) -> int:
    """What stands in the file now. Answers with how many events could not be read. Raises ``Refused``."""
    found = _read(raw)
    forget(by=by)
    now = timezone.now()
    OwnCalendar.objects.create(holder=by.id, kept_at=now, read_at=now)
    Busy.objects.bulk_create(Busy(holder=by.id, starts=one.starts, ends=one.ends) for one in found.intervals)
    return found.unread


@transaction.atomic
def give_address(*, url: str, by: Actor) -> None:
    """The worker looks into it now, and every night."""
    forget(by=by)
    sealed = seal(PURPOSE, url, bound_to=str(by.id))
    OwnCalendar.objects.create(holder=by.id, sealed=sealed, kept_at=timezone.now())
    defer("meetings.read_calendar", holder=by.id)


@transaction.atomic
def forget(*, by: Actor) -> None:
    OwnCalendar.objects.filter(holder=by.id).delete()
    Busy.objects.filter(holder=by.id).delete()


def look_into(holder: UUID) -> None:
    """For the worker. The calendar is fetched outside of any transaction: it may take its time."""
    with acting_as(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM meetings.calendar_of(%s)", [holder])
        row = cursor.fetchone()
    if row is None:
        return
    sealed = bytes(row[0])
    try:
        found: Iterable[Interval] | None = _read(fetch(unseal(PURPOSE, sealed, bound_to=str(holder)))).intervals
    except Refused:
        found = None
    with acting_as(JOB), connection.cursor() as cursor:
        times = None if found is None else ([one.starts for one in found], [one.ends for one in found])
        cursor.execute(
            "SELECT meetings.found_in_calendar(%s, %s, %s::timestamptz[], %s::timestamptz[])",
            [holder, sealed, *(times or (None, None))],
        )


def _read(raw: bytes) -> busy.Busy:
    now = timezone.now()
    return busy.read(raw, since=now, until=now + AHEAD)
