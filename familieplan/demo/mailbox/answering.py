"""What a calendar sends back when a button in it is pressed (RFC 5546, 3.2.3): a real mail, to the real address."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.conf import settings
from icalendar import Calendar, Event

from familieplan.demo.mailbox.reading import Letter
from familieplan.post import smtp

ANSWERS = {"yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}


def send(letter: Letter, answer: str) -> None:
    """``answer``: a key of ANSWERS. Raises ``smtp.Refused`` or ``smtp.Unreachable``, as any calendar would hear."""
    if letter.appointment is None or settings.SMTP is None:
        raise smtp.Unreachable
    asked: dict[str, Any] = Calendar.from_ical(letter.appointment.source).walk("VEVENT")[0]
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = letter.to, str(asked["ORGANIZER"]).partition(":")[2]
    message["Subject"] = ANSWERS[answer].capitalize()
    message.set_content(ANSWERS[answer].capitalize())
    reply = _reply(asked, ANSWERS[answer])
    message.add_alternative(reply.decode(), subtype="calendar", cte="base64", params={"method": "REPLY"})
    smtp.hand_in(message, settings.SMTP)


def _reply(asked: dict[str, Any], partstat: str) -> bytes:
    event, calendar = Event(), Calendar()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE"):
        event[name] = asked[name]
    event["ATTENDEE"].params["PARTSTAT"] = partstat
    event.add("dtstamp", datetime.now(UTC))
    for name, value in (("prodid", "-//Familiens Plan//Demo//DA"), ("version", "2.0"), ("method", "REPLY")):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
