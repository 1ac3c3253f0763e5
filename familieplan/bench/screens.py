"""Screens around boards: browsers as small as can be, many in one process, against the servers as in service."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from familieplan.bench.visitor import sign_in
from familieplan.launcher.ports import ADDRESS

Answers = dict[str, list[str]]


@dataclass
class Screen:
    """Somebody signed in. ``pages`` and ``streams`` are the ports of the two servers."""

    login: str
    pages: int
    streams: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cookies[settings.SESSION_COOKIE_NAME] = sign_in(self.login)

    async def ask(self, path: str, answers: Answers | None = None) -> str:
        """As htmx asks; with ``answers`` a form is sent. Raises ``AssertionError`` when it is not answered by 200."""
        body = urlencode(answers, doseq=True).encode() if answers is not None else b""
        method = "GET" if answers is None else "POST"
        form = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}") if body else ()
        reader, writer = await asyncio.open_connection(ADDRESS, self.pages, limit=2**20)
        writer.write(self._head(method, path, "HX-Request: true", "Connection: close", *form) + body)
        head, _, content = (await reader.read(-1)).partition(b"\r\n\r\n")
        writer.close()
        status, *headers = head.decode("latin-1").split("\r\n")
        if " 200 " not in status:
            raise AssertionError(f"{method} {path}: {status}")
        for header in headers:
            name, _, value = header.partition(": ")
            if name.lower() == "set-cookie":
                kept, _, rest = value.partition("=")
                self.cookies[kept] = rest.partition(";")[0]
        return content.decode()

    async def follow(self, family: UUID) -> AsyncIterator[list[str]]:
        """The drawers of each event; none of them: everything."""
        reader, writer = await asyncio.open_connection(ADDRESS, self.streams)
        writer.write(self._head("GET", f"/live/families/{family}/"))
        status = await reader.readline()
        if b" 200 " not in status:
            raise AssertionError(f"stream: {status!r}")
        event = b""
        try:
            async for line in reader:
                if line.startswith(b"event: "):
                    event = line
                elif line.startswith(b"data:") and event == b"event: changed\n":
                    yield line[5:].decode().split()
        finally:
            writer.close()

    def _head(self, method: str, path: str, *more: str) -> bytes:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = (f"{method} {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookie}", "Accept-Language: da", *more)
        return "\r\n".join((*lines, "", "")).encode("latin-1")


class Filled(HTMLParser):
    """A form as it would be sent untouched: ``Filled.of(page)``."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: Answers = {}
        self._select = ""

    @classmethod
    def of(cls, page: str) -> Answers:
        parser = cls()
        parser.feed(page)
        return parser.answers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            self._keep(self._select, said.get("value", ""))
        elif tag == "textarea" or (tag == "input" and kind not in {"checkbox", "radio"}):
            self._keep(name, said.get("value", ""))
        elif tag == "input" and "checked" in said:
            self._keep(name, said.get("value", "on"))

    def _keep(self, name: str, value: str) -> None:
        if name:
            self.answers.setdefault(name, []).append(value)
