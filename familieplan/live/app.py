"""The stream process: `GET /live/families/<uuid>/` as server-sent events (HTML, § 9.2).

`event: changed`, `data:` drawers that have changed, or nothing: read all anew. Every stream begins with the latter, so
a page that comes, comes back or wakes up needs no memory of what it missed. `event: here` is a sign of life. No event
says more: what has changed, each page asks the web process, as its own reader.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import Error

from familieplan.access.boot import refuse_unguarded
from familieplan.live.door import may_ask, who_follows
from familieplan.live.ear import Ear
from familieplan.live.stream import Stream, Streams

PATH = re.compile(r"/live/families/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
BURST = 0.03  # seconds: the first change is told at once, what follows it so soon is told together
BEAT = 15.0
NOT_HERE = b"Not found\n"

Answer = TypeVar("Answer")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Live:
    """The ASGI application. Threads are for recognising sessions only, each with one connection to the database."""

    def __init__(self) -> None:
        self.streams = Streams()
        self.ear = Ear(self.streams)
        self._threads = ThreadPoolExecutor(4, "door")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._in_thread(refuse_unguarded)
        tasks = [asyncio.create_task(self.ear.run()), asyncio.create_task(self._look_after())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path = PATH.fullmatch(scope["path"])
        asked = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin, host, cookie = (asked.get(name, "") for name in ("origin", "host", "cookie"))
        allowed = may_ask(origin, host, hosts=settings.ALLOWED_HOSTS, origins=settings.LIVE_ORIGINS)
        if not path or scope["method"] != "GET" or not allowed:
            return await _refuse(send, 404)
        family = UUID(path[1])
        try:
            holder = await self._in_thread(who_follows, cookie, family)
        except Error:
            return await _refuse(send, 503)
        if holder is None:
            return await _refuse(send, 404)
        await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
        return await self._carry(Stream(family, holder, cookie), receive, send)

    async def _carry(self, stream: Stream, receive: Receive, send: Send) -> None:
        now = asyncio.get_running_loop().time()
        stream.beat_at, stream.check_at = now + BEAT, now + settings.LIVE_CHECK_SECONDS
        self.streams.add(stream)
        leaves = asyncio.create_task(_until_gone(stream, receive))
        welcome = asyncio.create_task(self.ear.welcome(stream))
        try:
            await _write(send, "retry: 2000\n\n")
            await _tell(stream, send)
        finally:
            self.streams.remove(stream)
            leaves.cancel()
            welcome.cancel()

    async def _look_after(self) -> None:
        """Signs of life, and whether everybody still may be here, for all streams in one task."""
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(0.5)
            now = clock()
            for stream in self.streams:
                if now >= stream.beat_at:
                    stream.beat_at = now + BEAT
                    stream.woken.set()
                if now >= stream.check_at:
                    stream.check_at = now + settings.LIVE_CHECK_SECONDS
                    await self._check(stream)

    async def _check(self, stream: Stream) -> None:
        with contextlib.suppress(Error):  # no database, no events: asked again in half a minute
            if await self._in_thread(who_follows, stream.cookie, stream.family) != stream.holder:
                stream.end()

    async def _in_thread(self, call: Callable[..., Answer], *arguments: object) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)


async def _tell(stream: Stream, send: Send) -> None:
    """Events are numbered by stream: a common count would tell of what others were told."""
    number = 0
    while True:
        drawers = await stream.next()
        if stream.is_over:
            return await _write(send, "", more=False)
        if drawers:
            number += 1
            await _write(send, f"id: {number}\nevent: changed\ndata: {' '.join(drawers)}\n\n")
            await asyncio.sleep(BURST)
        else:
            await _write(send, "event: here\ndata:\n\n")


async def _until_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _write(send: Send, text: str, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def _refuse(send: Send, status: int) -> None:
    """The same answer for a family that is not there, not theirs, or for nobody signed in."""
    length = str(len(NOT_HERE)).encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", length), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": NOT_HERE})


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # a proxy passes every event on at once
    ]
    if origin in settings.LIVE_ORIGINS:
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"origin"),
        ]
    return headers
