"""A browser as small as can be: signed in, and asking the product's own WSGI application in this process.

Imported when there is a database to serve from: the application refuses to load otherwise.
"""

import io
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.accounts.sessions import SessionStore
from familieplan.wsgi import application


def sign_in(name: str) -> str:
    """The session cookie of somebody who has just given password and code."""
    request = HttpRequest()
    request.session = SessionStore()
    with acting_as(SIGNING_IN):
        user = User.objects.get(login=name)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, method="mfa", type="totp")
        request.session.save()
    return str(request.session.session_key)


class Visitor:
    """Somebody with a cookie. ``get`` goes through every middleware, and the connection stays open as in service."""

    def __init__(self, login: str) -> None:
        self.cookies = {settings.SESSION_COOKIE_NAME: sign_in(login)}

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def asks(self, path: str) -> Callable[[], bytes]:
        return lambda: self.get(path)

    def get(self, path: str) -> bytes:
        """The body of the answer. Raises ``AssertionError`` when it is not 200: a refusal is no page to measure."""
        answer = application(self._environ(path), self._start)
        try:
            return b"".join(answer)
        finally:
            answer.close()

    def _start(self, status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
        if not status.startswith("200"):
            raise AssertionError(status)
        for name, value in headers:
            if name == "Set-Cookie":
                kept, rest = value.split("=", 1)
                self.cookies[kept] = rest.partition(";")[0]
        return len  # WSGI's old way of writing, which nothing here uses

    def _environ(self, path: str) -> dict[str, Any]:
        path, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_LANGUAGE": "da",
            "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }
