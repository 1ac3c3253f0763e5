"""The only writer of accounts. The database asks once more whether the actor may (sql/accounts.sql)."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from familieplan.access.actor import Actor
from familieplan.accounts import crypto
from familieplan.accounts.models import Event, EventKind, Kind, Session, User
from familieplan.audit import log

LINK_LASTS = timedelta(days=7)
LOGIN = re.compile(r"[^\s\x00-\x1f]{2,150}")


@dataclass(frozen=True, slots=True)
class Invited:
    """`token` goes into the link and is kept nowhere."""

    user: UUID
    token: str


@transaction.atomic
def invite(*, kind: Kind, holder: UUID, login: str, by: Actor) -> Invited:
    """Open an account and give back a one-time link; for an account that exists, a new link."""
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise ValidationError({"login": _("A user name is one word of at least two characters.")})
    token = secrets.token_urlsafe(32)
    with _refusals():
        user = _ask("accounts.invite", kind, holder, login, crypto.digest(token), timezone.now() + LINK_LASTS)
    _log(by, "invited to sign in", user)
    return Invited(user=user, token=token)


@transaction.atomic
def accept(*, token: str, password: str) -> UUID:
    """The invited chooses a password. The link is spent, and every earlier session ends."""
    validate_password(password, User(login=invited(token) or ""))
    user: UUID | None = _ask("accounts.accept_invitation", crypto.digest(token), make_password(password))
    if user is None:
        raise ValidationError(_("The link has been used, or it is too old. Ask for a new one."))
    return user


def invited(token: str) -> str | None:
    """The user name a link is for, or None."""
    login: str | None = _ask("accounts.invited", crypto.digest(token))
    return login


@transaction.atomic
def deactivate(*, user: UUID, by: Actor) -> None:
    """Close an account: its sessions, its links and, for staff, every grant end in this transaction."""
    _set_active(user, active=False)
    _log(by, "closed an account", user)


@transaction.atomic
def reactivate(*, user: UUID, by: Actor) -> None:
    """Open it again. Sessions and links do not come back; team memberships have their own dates."""
    _set_active(user, active=True)
    _log(by, "opened an account again", user)


@transaction.atomic
def forget_second_factor(*, user: UUID, by: Actor) -> bool:
    """The telephone is lost: the next sign-in starts with a new second factor.

    ``False``: the account opens a family, and it waits for another administrator to agree within a day.
    """
    with _refusals():
        done: bool = _ask("accounts.forget_second_factor", user)
    _log(by, "forgot a second factor" if done else "asked to forget a second factor", user)
    return done


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody else has done with one's account. Without a name: at the server, or by whoever had a link."""

    at: datetime
    what: EventKind
    by: str
    is_read: bool


def what_was_done(*, user: User) -> list[Told]:
    """The newest first. It stays after it has been read: nobody can read it away for the one it is about."""
    with connection.cursor() as cursor:
        cursor.execute(WHAT_WAS_DONE, [user.pk])
        return [Told(at, EventKind(what), by, is_read) for at, what, by, is_read in cursor.fetchall()]


WHAT_WAS_DONE = """
SELECT e.at, e.what, coalesce(s.name, ''), e.read_at IS NOT NULL FROM accounts_event e
LEFT JOIN people_staff s ON s.id = e.by WHERE e.user_id = %s ORDER BY e.at DESC LIMIT 20
"""


def has_read(*, user: User) -> None:
    Event.objects.filter(user=user, read_at=None).update(read_at=timezone.now())


def end_session(*, session: UUID, user: User) -> bool:
    """One's own session on another machine."""
    return Session.objects.filter(pk=session, user=user).delete()[0] > 0


def end_other_sessions(*, user: User, keep: str | None) -> int:
    """All sessions of an account but the one whose cookie is `keep`, in one statement."""
    others = Session.objects.filter(user=user)
    if keep:
        others = others.exclude(key_hash=crypto.digest(keep))
    return others.delete()[0]


def set_language(*, user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


def forget_expired() -> int:
    """Sessions, links and counters that have run out; how many sessions went."""
    gone: int = _ask("accounts.forget_expired")
    return gone


def _set_active(user: UUID, *, active: bool) -> None:
    with _refusals():
        holder = _ask("accounts.set_active", user, active)
        if holder:
            _ask("accounts.staff_leaves", holder, not active)


def _ask(function: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(values))})", values)
        return cursor.fetchone()[0]


def _log(by: Actor, what: str, user: UUID) -> None:
    """In the log of the one who did it. A command on the server has no log of its own."""
    if by.kind in Kind.values:
        log.record(None, what, user)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the database refuses, as what a view expects."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({"login": _("That user name is taken. Choose another.")}) from error
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise PermissionDenied from error
        raise
