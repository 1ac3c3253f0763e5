"""Where sessions are kept (SESSION_ENGINE): the table holds the hash of the cookie and sealed contents."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from familieplan.accounts import crypto, rules
from familieplan.accounts.models import Session, User
from familieplan.core.parts import kept

SESSION, USER = Session._meta.concrete_fields, User._meta.concrete_fields
S, U = len(SESSION), len(USER)
FIND = "SELECT {}, {}, p.name, p.roles, p.units {} {} {} WHERE s.key_hash = %(key)s".format(
    ", ".join([f"s.{field.column}" for field in SESSION] + [f"u.{field.column}" for field in USER]),
    "EXISTS (SELECT FROM accounts_event e WHERE e.user_id = u.id AND e.read_at IS NULL)",
    "FROM accounts_session s",
    "LEFT JOIN accounts_user u ON u.id = s.user_id",
    "LEFT JOIN LATERAL people.actor_profile(u.holder, u.kind) p ON u.id IS NOT NULL",
)
# Being seen is written once a minute, not once a click.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Profile:
    """What people.actor_profile says of a user's holder, who is there today."""

    name: str
    roles: frozenset[str]
    units: tuple[UUID, ...]
    has_news: bool  # something was done with the account that its holder has not read


class SessionStore(SessionBase):
    """One row for each browser. One statement fetches session, user and who the user is."""

    row: Session | None = None
    profile: Profile | None = None
    browser = ""

    @property
    def user(self) -> User | None:
        """The signed-in user: active, and with the password unchanged since."""
        claimed = self.get(SESSION_KEY)
        user = self.row.user if self.row else None
        if user is None or claimed != str(user.pk) or not user.is_active:
            return None
        return user if constant_time_compare(self.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()) else None

    def load(self) -> dict[str, Any]:
        self.row, self.profile = _find(crypto.digest(self.session_key or ""))
        try:
            if self.row and not self._is_over(self.row):
                return dict(json.loads(crypto.unseal("session", bytes(self.row.data), bound_to=self.row.key_hash)))
        except crypto.CannotUnseal:
            pass
        self.row = self.profile = self._session_key = None
        return {}

    def seen(self) -> None:
        """Somebody is using it."""
        now = timezone.now()
        if self.row and now - self.row.seen_at >= SEEN_EVERY:
            Session.objects.filter(pk=self.row.pk).update(seen_at=now)

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        content = json.dumps(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        key_hash = crypto.digest(self.session_key)
        values = {
            "data": crypto.seal("session", content, bound_to=key_hash),
            "user_id": json.loads(content).get(SESSION_KEY),
        }
        if must_create:
            Session.objects.create(key_hash=key_hash, browser=self.browser, **values)
        elif not Session.objects.filter(key_hash=key_hash).update(**values):
            raise UpdateError  # ended by its owner while this request was under way
        return None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=crypto.digest(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=crypto.digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """`actions.forget_expired` does it for all tables of accounts."""

    def _get_new_session_key(self) -> str:
        return secrets.token_urlsafe(32)  # 256 bits: no need to ask whether it is taken

    @staticmethod
    def _is_over(row: Session) -> bool:
        idle: dict[str, timedelta] = settings.FAMILIEPLAN_SESSION_IDLE
        return rules.is_over(
            started_at=row.started_at,
            seen_at=row.seen_at,
            idle=idle[row.user.kind if row.user else "nobody"],
            longest=settings.FAMILIEPLAN_SESSION_LONGEST,
            now=timezone.now(),
        )


def _find(key_hash: str) -> tuple[Session | None, Profile | None]:
    """Written by hand: Django's query builder took longer than PostgreSQL, and every page asks this."""
    with kept(FIND, {"key": key_hash}) as cursor:
        found = cursor.fetchone()
    if found is None:
        return None, None
    ours, theirs, (has_news, name, roles, units) = found[:S], found[S : S + U], found[S + U :]
    session = Session.from_db("default", [field.attname for field in SESSION], ours)
    session.user = User.from_db("default", [field.attname for field in USER], theirs) if session.user_id else None
    return session, Profile(name, frozenset(roles or ()), tuple(units or ()), has_news) if name else None
