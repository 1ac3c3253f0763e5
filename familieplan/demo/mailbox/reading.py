"""What the demo's mail server has laid into its folder (a Maildir)."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from icalendar import Calendar

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Appointment:
    """The calendar part: what a calendar makes of it, and the whole text."""

    method: str
    starts: datetime | date | None
    ends: datetime | date | None
    place: str
    summary: str
    source: str


@dataclass(frozen=True, slots=True)
class Letter:
    id: UUID
    to: str
    subject: str
    at: datetime
    text: str
    appointment: Appointment | None


def letters(folder: Path, *, to: str = "") -> list[Letter]:
    """The newest first; a letter that came twice is one, as in any mailbox that knows Message-ID."""
    found: dict[UUID, Letter] = {}
    for one in _all(folder):
        if not to or one.to == to:
            found.setdefault(one.id, one)
        if len(found) == AT_MOST:
            break
    return list(found.values())


def letter(folder: Path, id: UUID) -> Letter | None:
    return next((one for one in _all(folder) if one.id == id), None)


def _all(folder: Path) -> Iterator[Letter]:
    came = (folder / "new").glob("*") if (folder / "new").is_dir() else ()
    for path in sorted(came, key=lambda one: one.stat().st_mtime, reverse=True):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        try:
            yield _read(message)
        except ValueError:  # not one of ours
            continue


def _read(message: EmailMessage) -> Letter:
    """Raises ``ValueError`` for a message that the product has not written."""
    text = message.get_body(("plain",))
    calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    return Letter(
        id=UUID(str(message["Message-ID"]).strip("<>").partition("@")[0]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])).astimezone(),
        text=text.get_content() if text else "",
        appointment=_appointment(calendar.get_content()) if calendar else None,
    )


def _appointment(source: str) -> Appointment:
    calendar = Calendar.from_ical(source)
    event: dict[str, Any] = next(iter(calendar.walk("VEVENT")), {})
    starts, ends = event.get("DTSTART"), event.get("DTEND")
    return Appointment(
        method=str(calendar.get("METHOD", "")),
        starts=starts.dt if starts else None,
        ends=ends.dt if ends else None,
        place=str(event.get("LOCATION", "")),
        summary=str(event.get("SUMMARY", "")),
        source=source.replace("\r\n", "\n"),
    )
