"""The answer that somebody's calendar sends back (RFC 5546 3.2.3): yes, perhaps, no, or somebody else instead.

Anybody can write such a letter. Whoever takes it in also compares the attendee with the mail's sender.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.reading import Line, Part, parts, unescaped
from familieplan.meetings.calendar.refusal import Refused

LARGEST = 256_000  # bytes; a reply is 1–2 kB, with a long time zone 10
LONGEST_WORDS = 200
WANTED = frozenset({"METHOD", "UID", "SEQUENCE", "ATTENDEE", "COMMENT", "RECURRENCE-ID"})
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Answer(StrEnum):
    """PARTSTAT, as we say it."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    DEPUTY = "deputy"


ANSWERS = {
    "ACCEPTED": Answer.YES,
    "TENTATIVE": Answer.MAYBE,
    "DECLINED": Answer.NO,
    "DELEGATED": Answer.DEPUTY,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Mail addresses in small letters. ``deputy``: the mail of who comes instead, when it was said."""

    uid: str
    sequence: int
    attendee: str
    answer: Answer
    deputy: str = ""
    words: str = ""


def read(raw: bytes) -> Reply:
    """Refused when it is no answer, or not one answer of one person to one meeting."""
    found = list(parts(raw, WANTED, largest=LARGEST))
    _expect_a_reply([part for part in found if part.name == "VCALENDAR"])
    events = [part for part in found if part.name == "VEVENT"]
    if len(events) != 1 or events[0].first("RECURRENCE-ID"):
        raise Refused(_("The reply does not answer one meeting."))
    [event] = events
    attendee = _who_answers(event)
    answer = ANSWERS.get(attendee.params.get("PARTSTAT", "").upper())
    if answer is None:
        raise Refused(_("The reply says neither yes, perhaps nor no."))
    return Reply(
        uid=event.value("UID"),
        sequence=_number(event.value("SEQUENCE")),
        attendee=_mail(attendee.value),
        answer=answer,
        deputy=_mail(attendee.params.get("DELEGATED-TO", "")) if answer is Answer.DEPUTY else "",
        words=CONTROL.sub(" ", unescaped(event.value("COMMENT"))).strip()[:LONGEST_WORDS],
    )


def check(reply: Reply, *, uid: str, sequence: int, attendees: Collection[str]) -> None:
    """Refused when it answers another meeting, another version of it, or comes from somebody who was not called."""
    if reply.uid != uid:
        raise Refused(_("The reply is to another meeting."))
    if reply.attendee not in {mail.lower() for mail in attendees}:
        raise Refused(_("The reply comes from somebody who was not invited."))
    if reply.sequence < sequence:
        raise Refused(_("The meeting has been changed since this reply. Answer the newest invitation."))
    if reply.sequence > sequence:
        raise Refused(_("The reply is to an invitation that was never sent."))


def _expect_a_reply(calendars: list[Part]) -> None:
    methods = {calendar.value("METHOD").upper() for calendar in calendars}
    if methods == {"COUNTER"}:
        raise Refused(_("This proposes another time. Sign in, and say so there."))
    if methods != {"REPLY"}:
        raise Refused(_("This is not a reply to an invitation."))


def _who_answers(event: Part) -> Line:
    """One attendee; where a deputy is named beside the one who stays away, the one who stays away."""
    attendees = event.all("ATTENDEE")
    if len(attendees) > 1:
        attendees = [line for line in attendees if line.params.get("PARTSTAT", "").upper() == "DELEGATED"]
    if len(attendees) != 1 or not _mail(attendees[0].value):
        raise Refused(_("The reply does not say who answers."))
    return attendees[0]


def _mail(value: str) -> str:
    """ "mailto:Lis@skole.dk" is "lis@skole.dk"; anything else is no address."""
    scheme, _colon, address = value.strip().strip('"').lower().partition(":")
    return address.strip() if scheme == "mailto" and "@" in address else ""


def _number(value: str) -> int:
    """RFC 5545 3.8.7.4: none means 0."""
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Refused(_("The reply is to an invitation that was never sent."))
    return int(value)
