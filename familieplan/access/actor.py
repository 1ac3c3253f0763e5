"""Who is asking: the person or staff member behind a request, and the signed token that tells the database."""

import hashlib
import hmac
import time
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.conf import settings

ActorKind = Literal["person", "staff", "auth", "job"]
TOKEN_SECONDS = 300  # longer than any request, short enough that a stolen token is worthless soon


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. ``holder`` is a ``people.Person`` id or a ``people.Staff`` id; ``auth`` has none yet."""

    holder: UUID | None
    kind: ActorKind
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    units: tuple[UUID, ...] = ()
    user: UUID | None = None

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_family(self) -> bool:
        return self.kind == "person"

    @property
    def id(self) -> UUID:
        """The holder of somebody who is signed in. Raises ``PermissionError`` for nobody."""
        if self.holder is None:
            raise PermissionError("nobody is signed in")
        return self.holder

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


SIGNING_IN = Actor(holder=None, kind="auth")
JOB = Actor(holder=None, kind="job")  # work behind the scenes: what it may do, each function says itself


def token(actor: Actor, *, backend_pid: int, now: float | None = None) -> str:
    """``kind:holder:user:expires:backend:signature``, valid on one database connection for a few minutes.

    Bound to the connection, so that a token seen elsewhere opens nothing (see ``access/sql/actor.sql``).
    """
    expires = int((time.time() if now is None else now) + TOKEN_SECONDS)
    message = f"{actor.kind}:{actor.holder or ''}:{actor.user or ''}:{expires}:{backend_pid}"
    key = bytes.fromhex(settings.FAMILIEPLAN_ACTOR_KEY)
    signature = hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
    return f"{message}:{signature}"


def key_blocks(key_hex: str) -> tuple[bytes, bytes]:
    """The inner and outer block of HMAC-SHA256 (RFC 2104), which is how PostgreSQL keeps the key."""
    key = bytes.fromhex(key_hex)
    padded = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)
