"""A mail that came back: somebody's calendar answers an invitation. Taken whole, or not at all and nothing is told."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.meetings import tags
from familieplan.meetings.calendar import replies
from familieplan.meetings.calendar.refusal import Refused
from familieplan.meetings.calendar.replies import Answer, Reply
from familieplan.meetings.letters import uid_of

LARGEST = 1_000_000  # bytes of a mail; a reply is 5–20 kB
MOST_PARTS = 50
CALENDARS = {"text/calendar", "application/ics"}
CARRIES_ADDRESSES = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


class NotTaken(Exception):
    """No answer to a meeting of ours, or not from whom it was asked. There are no words: they would tell."""


def receive(raw: bytes, recipient: str = "") -> None:
    """One mail as it came; ``recipient``: who it was handed in for, where the mail server says so. Raises NotTaken."""
    if len(raw) > LARGEST:
        raise NotTaken
    message = _opened(raw)
    reply, meeting = _answered(message)
    addresses = [recipient, *(str(line) for name in CARRIES_ADDRESSES for line in message.get_all(name, []))]
    try:
        with acting_as(JOB):
            seat = _seat(meeting, tags.in_addresses(*addresses))
            if not _ask("answer_by_mail", seat, reply.sequence, reply.attendee, *_said(reply))[0][0]:
                raise NotTaken
    except (DataError, ValueError):  # a sign in it that PostgreSQL has no letter for
        raise NotTaken from None


def _opened(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw)
    except Exception:  # noqa: BLE001 - what strangers send finds every corner of the parser; nested too deep, RecursionError
        raise NotTaken from None


def _answered(message: Message) -> tuple[Reply, UUID]:
    """The one reply in it, and the meeting of ours that it answers."""
    for raw in _calendars(message):
        try:
            reply = replies.read(raw)
            meeting = UUID(reply.uid.partition("@")[0])
        except (Refused, ValueError):
            continue
        if reply.uid.lower() == uid_of(meeting):
            return reply, meeting
    raise NotTaken


def _calendars(message: Message) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if part.get_content_type() in CALENDARS:
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                yield raw


def _seat(meeting: UUID, found: set[str]) -> UUID:
    for seat, holder in _ask("called_to", meeting):
        if tags.is_theirs(found, meeting, holder):
            return seat  # type: ignore[no-any-return]
    raise NotTaken


def _said(reply: Reply) -> tuple[str, str]:
    """A colleague instead is for the coordinator to invite: until then it is a perhaps, and says why."""
    if reply.answer is not Answer.DEPUTY:
        return reply.answer.value, reply.words
    with translation.override(settings.LANGUAGE_CODE):
        said = _("A colleague may come instead.")
    return Answer.MAYBE.value, f"{said} {reply.words}".strip()[: replies.LONGEST_WORDS]


def _ask(function: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM meetings.{function}({', '.join(['%s'] * len(values))})", values)  # noqa: S608
        return list(cursor.fetchall())
