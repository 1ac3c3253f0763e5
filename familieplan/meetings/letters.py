"""The calendar part of a letter about a meeting. Who gets a letter, and when, stands in sql/letters.sql."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone, translation

from familieplan.access.actor import Actor
from familieplan.meetings.calendar import ics
from familieplan.meetings.tags import organizer
from familieplan.post import calendars
from familieplan.post.enums import LetterKind
from familieplan.post.letters import Letter

SYSTEM = "Familiens Plan"  # who invites: never a person's name


class Told(NamedTuple):
    """What a calendar may be told now. ``place`` is empty where it may not; ``version``: SEQUENCE of the newest."""

    starts_at: datetime
    minutes: int
    place: str
    is_called: bool
    version: int


def register() -> None:
    for kind in (LetterKind.INVITATION, LetterKind.CANCELLATION):
        calendars.built_by(kind, part_of)


def part_of(letter: Letter) -> bytes | None:
    """An invitation to who is called now, at the time that is true now; a cancellation always, without a place."""
    told = _told(letter.about, letter.holder)
    is_off = letter.kind == LetterKind.CANCELLATION
    if told is None or not (told.is_called or is_off):
        return None
    invitation = ics.Invitation(
        uid=uid_of(letter.about),
        sequence=letter.sequence,
        stamped_at=letter.created_at,
        starts_at=told.starts_at,
        minutes=told.minutes,
        place="" if is_off else told.place,
        organizer=organizer(letter.about, letter.holder),
        organizer_name=SYSTEM,
        attendee=letter.email,
        site=settings.SITE_URL,
        language=letter.language or settings.LANGUAGE_CODE,
    )
    return ics.cancel(invitation) if is_off else ics.request(invitation)


def own_copy(meeting: UUID, by: Actor) -> bytes | None:
    """The meeting for the reader's own calendar; None where no time stands, or they are not called."""
    told = _told(meeting, by.id)
    if told is None or not told.is_called:
        return None
    return ics.publish(
        ics.Invitation(
            uid=uid_of(meeting),
            sequence=told.version,
            stamped_at=timezone.now(),
            starts_at=told.starts_at,
            minutes=told.minutes,
            place=told.place,
            organizer=settings.MAIL_FROM or "noreply@" + host(),
            organizer_name=SYSTEM,
            site=settings.SITE_URL,
            language=translation.get_language() or settings.LANGUAGE_CODE,
        )
    )


def version_for(meeting: UUID, by: Actor) -> int | None:
    """Which version of the invitation the reader has; None for who is not called."""
    told = _told(meeting, by.id)
    return told.version if told and told.is_called else None


def uid_of(meeting: UUID) -> str:
    return ics.uid_of(meeting, host())


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _told(meeting: UUID, holder: UUID) -> Told | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM meetings.for_calendar(%s, %s)", [meeting, holder])
        row = cursor.fetchone()
    return Told(*row) if row else None
