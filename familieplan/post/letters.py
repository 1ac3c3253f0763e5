"""What a letter says: that there is something, and where to sign in. Never what, and about whom."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from familieplan.post.enums import LetterKind


@dataclass(frozen=True, slots=True)
class Letter:
    """One about to be sent. ``email`` is empty where there is no address; ``language`` where none was chosen."""

    id: UUID
    holder: UUID
    email: str
    language: str
    kind: LetterKind
    about: UUID
    sequence: int
    created_at: datetime


def written(letter: Letter, calendar: bytes | None) -> EmailMessage:
    """The message, the same each time it is written: its id is the letter's, its date the letter's day.

    The header classes of ``email.policy.SMTP`` refuse a line break in an address, so nobody can slip a header in.
    """
    message = EmailMessage(policy=SMTP)
    with translation.override(letter.language or settings.LANGUAGE_CODE):
        message["Subject"] = _("There is something for you in Familiens Plan")
        text = _("There is something for you in Familiens Plan.\n\nSign in to see it: %(address)s\n\n"
                 "What it is about, we never write in a mail.\n")  # fmt: skip
        message.set_content(text % {"address": settings.SITE_URL}, cte="quoted-printable")
        message["Content-Language"] = translation.get_language()
    message["From"] = settings.MAIL_FROM
    message["To"] = letter.email
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{urlsplit(settings.SITE_URL).hostname}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    if calendar is not None:
        message.add_attachment(
            calendar.decode(), subtype="calendar", cte="base64", filename="calendar.ics",
            params={"method": letter.kind.method},
        )  # fmt: skip
    return message
