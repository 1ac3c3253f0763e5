"""Everybody of tests/street.py with an account and an address; what was written to whom, what their calendars say."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import uuid4

import psycopg

from familieplan.access.context import acting_as
from familieplan.accounts import actions as accounts
from familieplan.accounts.models import Kind
from familieplan.post import actions as post
from tests.calendar import strict
from tests.street import JOB, Street

EVERYBODY = ("Mette", "Jens", "Lis", "Olga", "Sara", "Jonas", "Freja")


def address(name: str) -> str:
    return f"{name.lower()}@mail.example"


def give_accounts(street: Street, *names: str) -> None:
    for name in names or EVERYBODY:
        actor = street.actor(name)
        with acting_as(JOB):
            kind = Kind.STAFF if actor.is_staff else Kind.PERSON
            invited = accounts.invite(kind=kind, holder=actor.id, login=f"{name.lower()}-{uuid4().hex[:6]}", by=JOB)
            account = accounts.accept(token=invited.token, password="tolv gule cykler")
        by = type(actor)(actor.holder, actor.kind, name, actor.roles, actor.units, account)
        with acting_as(by):
            post.keep_address(email=address(name), by=by)


def written(database: psycopg.Connection, street: Street) -> Counter[tuple[str, str]]:
    """How many letters of which kind to whom have been written; afterwards none are left."""
    names = {actor: name for name, actor in (street.staff | street.persons).items()}
    rows = database.execute("SELECT u.holder, l.kind FROM post_letter l JOIN accounts_user u ON u.id = l.user_id")
    found = Counter((names[holder], kind) for holder, kind in rows.fetchall())
    database.execute("TRUNCATE post_letter, procrastinate_jobs CASCADE")
    return found


def to(kind: str, *names: str) -> Counter[tuple[str, str]]:
    return Counter((name, kind) for name in names)


@dataclass(frozen=True)
class Entry:
    """What a calendar makes of an attachment, read by the strict reader."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    place: str
    organizer: str
    attendee: str

    @property
    def reply_to(self) -> str:
        return self.organizer.removeprefix("mailto:")


def entry(letter: EmailMessage) -> Entry:
    [part] = letter.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    calendar = strict.read(raw)
    event = calendar.only("VEVENT")
    assert part["Content-Type"].params["method"] == calendar.value("METHOD")
    return Entry(
        method=calendar.value("METHOD"),
        uid=event.text("UID"),
        sequence=int(event.value("SEQUENCE")),
        starts_at=strict.instant(calendar, event, "DTSTART"),
        place=event.text("LOCATION") if "LOCATION" in event.lines else "",
        organizer=event.lines["ORGANIZER"][1],
        attendee=event.lines["ATTENDEE"][1],
    )


def answer(to_: Entry, partstat: str, *, words: str = "", **changed: str) -> bytes:
    """The mail a calendar sends back. ``changed``: uid, sequence, reply_to, attendee, sender."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//DA", "METHOD:REPLY", "BEGIN:VEVENT"),
        f"UID:{changed.get('uid', to_.uid)}",
        f"SEQUENCE:{changed.get('sequence', to_.sequence)}",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"ORGANIZER:mailto:{changed.get('reply_to', to_.reply_to)}",
        f"ATTENDEE;PARTSTAT={partstat}:{changed.get('attendee', to_.attendee)}",
        *([f"COMMENT:{words}"] if words else []),
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    message = EmailMessage()
    message["From"] = changed.get("sender", to_.attendee.removeprefix("mailto:"))
    message["To"] = changed.get("reply_to", to_.reply_to)
    message["Subject"] = "Accepteret"
    message.set_content("Svar")
    message.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()
