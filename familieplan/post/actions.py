"""The only writer of letters and addresses.

A room above says that there is something for somebody, in its own transaction::

    post(to=holder, kind=LetterKind.INVITATION, about=meeting.pk, sequence=meeting.sequence)

Letter and job stand or fall with that transaction; the same said twice is one letter.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.audit import log
from familieplan.post.enums import LetterKind
from familieplan.post.models import ADDRESS, Address

LATE = timedelta(minutes=15)
LONGEST = 254  # RFC 5321, 4.5.3.1.3, without the brackets


def post(*, to: UUID, kind: LetterKind, about: UUID, sequence: int = 0) -> None:
    """A letter to the holder ``to``: a person or a staff member. Nothing happens for who has no account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT post.write(%s, %s, %s, %s)", [to, kind, about, sequence])


@transaction.atomic
def keep_address(*, email: str, by: Actor) -> None:
    """One's own address for notices; an empty one takes it back. Raises ``ValidationError``."""
    if by.user is None:
        raise PermissionError("nobody is signed in")
    if not email.strip():
        Address.objects.filter(user=by.user).delete()
        return
    kept = {"email": plain_address(email), "kept_at": timezone.now()}
    Address.objects.update_or_create(user_id=by.user, defaults=kept)


@transaction.atomic
def give_address(*, staff: UUID, email: str, by: Actor) -> None:
    """A colleague's address at work, written down by an administrator: they are told of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT post.give_address(%s, %s)", [staff, plain_address(email)])
    if by.is_staff:
        log.record(None, "wrote down an address", staff)


def address_of(*, by: Actor) -> str:
    """One's own, or nothing."""
    return Address.objects.filter(user=by.user).values_list("email", flat=True).first() or ""


def comes_back() -> bool:
    """Has the mail server said that it takes nothing for one's own address?"""
    return bool(ask("comes_back")[0][0])


def plain_address(typed: str) -> str:
    """``name@place.example``, a Danish place as its mail server writes it. Raises ``ValidationError``."""
    name, _at, place = typed.strip().rpartition("@")
    with suppress(UnicodeError):
        email = f"{name}@{place.encode('idna').decode()}"
        if len(email) <= LONGEST and re.fullmatch(ADDRESS, email) and EmailValidator.user_regex.match(name):
            return email
    raise ValidationError(_("That is not a mail address. It looks like name@place.dk."))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the mail goes, for administrators. ``failed``: refused within a week."""

    waiting: int
    since: datetime | None
    unreachable: bool
    failed: int

    @property
    def is_late(self) -> bool:
        return self.since is not None and self.since < timezone.now() - LATE


def standing() -> Standing:
    """Raises ``ProgrammingError`` for anybody but an administrator or a job."""
    return Standing(*ask("standing")[0])


def ask(function: str, *values: Any) -> list[tuple[Any, ...]]:
    """What one of our functions in the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM post.{function}({', '.join(['%s'] * len(values))})", values)  # noqa: S608
        return list(cursor.fetchall())
