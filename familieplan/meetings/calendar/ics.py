"""Invitations as calendars understand them (RFC 5545, 5546): a time, and where when it may be told. Nothing else."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from familieplan.meetings.calendar.zone import danish, is_said_once, vtimezone

MAIL = re.compile(r"[^\s@<>,;:\"\\\x00-\x1f\x7f]+@[^\s@<>,;:\"\\\x00-\x1f\x7f]+")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One letter to one person. ``sequence`` grows with each new time or place, decided at ``stamped_at``.

    Without ``attendee``: for one's own calendar (``publish``).
    """

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    minutes: int
    organizer: str
    organizer_name: str
    site: str
    attendee: str = ""
    place: str = ""
    language: str = "da"
    reminder_hours: int = 24

    def __post_init__(self) -> None:
        """ValueError for what can be no invitation: it would be our own mistake."""
        if self.minutes <= 0 or self.sequence < 0 or self.reminder_hours < 0:
            raise ValueError("minutes, sequence and reminder count from zero")
        if self.starts_at.tzinfo is None or self.stamped_at.tzinfo is None:
            raise ValueError("a time without a zone")
        if not all(MAIL.fullmatch(one) for one in (self.organizer, self.attendee or self.organizer)):
            raise ValueError("a mail address that is none")


def uid_of(meeting: UUID, host: str) -> str:
    """The same through every change of the meeting: calendars know it by this."""
    return f"{meeting}@{host}"


def request(invitation: Invitation) -> bytes:
    """METHOD:REQUEST: the first letter, and with a higher sequence each later one."""
    event = _event(invitation, "CONFIRMED")
    event.add_component(_reminder(invitation))
    return _calendar("REQUEST", event)


def cancel(invitation: Invitation) -> bytes:
    """METHOD:CANCEL: the meeting is off, or this person is no longer called. Takes a sequence of its own."""
    return _calendar("CANCEL", _event(invitation, "CANCELLED"))


def publish(invitation: Invitation) -> bytes:
    """METHOD:PUBLISH: into one's own calendar. Nobody is asked, so it names no attendee (RFC 5546 3.2.1)."""
    event = _event(invitation, "CONFIRMED")
    event.add_component(_reminder(invitation))
    return _calendar("PUBLISH", event)


def content_type(method: str) -> str:
    """Of the mail's part; calendars show their buttons only when it names the method (RFC 6047 2.4)."""
    return f'text/calendar; charset="utf-8"; method={method}'


def _calendar(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Familiens Plan//Familiens Plan//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if "TZID" in event["DTSTART"].params:
        calendar.add_component(vtimezone())
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(invitation: Invitation, status: str) -> Event:
    starts, ends = _said(invitation)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamped_at.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    summary, description = _words(invitation)
    event.add("summary", summary, {"LANGUAGE": invitation.language})
    event.add("description", description, {"LANGUAGE": invitation.language})
    if invitation.place:
        event.add("location", CONTROL.sub(" ", invitation.place))
    event.add("organizer", _organizer(invitation))
    if invitation.attendee:
        event.add("attendee", _attendee(invitation))
    event.add("status", status)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _said(invitation: Invitation) -> tuple[datetime, datetime]:
    """Start and end on the Danish clock; by UTC where that clock cannot say them."""
    starts = invitation.starts_at.astimezone(UTC)
    ends = starts + timedelta(minutes=invitation.minutes)
    return (danish(starts), danish(ends)) if is_said_once(starts) and is_said_once(ends) else (starts, ends)


def _words(invitation: Invitation) -> tuple[str, str]:
    with override(invitation.language):
        summary = _("Meeting in Familiens Plan – sign in")
        return summary, f"{summary}: {invitation.site}"


def _organizer(invitation: Invitation) -> vCalAddress:
    address = vCalAddress(f"mailto:{invitation.organizer}")
    address.params["CN"] = vText(CONTROL.sub(" ", invitation.organizer_name).replace('"', "'").replace("\n", " "))
    return address


def _attendee(invitation: Invitation) -> vCalAddress:
    address = vCalAddress(f"mailto:{invitation.attendee}")
    address.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    )
    return address


def _reminder(invitation: Invitation) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _words(invitation)[0])
    alarm.add("trigger", -timedelta(hours=invitation.reminder_hours))
    return alarm
