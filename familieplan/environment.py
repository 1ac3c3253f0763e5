"""What the environment says, read in one place. A missing name gives a sentence, not a traceback."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """The value of a variable we cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. `python3 run.py` sets it; see the README for an own server.")
    return value


def flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str, **settings: Any) -> dict[str, Any]:
    """A Django database from `postgresql://user:password@host:port/name?sslmode=…`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("A database address reads postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        **settings,
    }


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in. ``security``: ``smtp`` plain, ``smtp+starttls``, ``smtps``."""

    security: str
    host: str
    port: int
    user: str
    password: str


MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail_server(url: str) -> MailServer | None:
    """A server from ``smtp+starttls://user:password@host:port``; none named is none. What was wrong is not repeated: it
    holds a password."""
    if not url:
        return None
    wrong = "SMTP_URL reads smtp+starttls://user:password@host:port (or smtps://, or smtp:// inside the house)."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(wrong) from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(wrong)
    if parts.scheme == "smtp" and parts.password:
        raise ImproperlyConfigured("SMTP_URL would send the password in the clear: use smtp+starttls:// or smtps://.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.scheme, parts.hostname, port or MAIL_PORTS[parts.scheme], user, password)


def mail_address(name: str) -> str:
    """One plain address, ``plan@municipality.example``; empty where none is given."""
    value = os.environ.get(name, "")
    if value and (parseaddr(value)[1] != value or not value.isascii() or "@" not in value or value != value.strip()):
        raise ImproperlyConfigured(f"{name} is one plain mail address, as plan@municipality.example.")
    return value


def site_address(name: str) -> str:
    """The site's front page, ``https://plan.municipality.example/``; empty where none is given."""
    value = os.environ.get(name, "")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} is the address of the front page, as https://plan.municipality.example/.")
    return value
