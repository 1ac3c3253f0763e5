"""The process's one LISTEN connection, and a second one on which it asks who may know of what it hears.

Whatever happens to them – lost, restarted, asleep – they are opened anew, and everybody is told to read all anew: no
stream ever relies on having heard everything.
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Iterable
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

from familieplan.access.actor import JOB, token
from familieplan.live.stream import EVERYTHING, Stream, Streams

CHANNEL = "board"
SAID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{0,10})")  # family:drawer
MOST = 2**31  # a drawer's number is smaller
KEEP_EVERY, KEPT = 20.0, 60.0  # seconds; live.watch() keeps a family for KEPT
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0
log = logging.getLogger(__name__)

Heard = dict[UUID, set[str]]


class Ear:
    """Tells ``streams``; ``run`` never ends by itself."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams
        self._voice: psycopg.AsyncConnection | None = None
        self._heard: Heard = {}
        self._has_heard = asyncio.Event()

    async def run(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                async with await _connect() as ear, await _connect() as voice, asyncio.TaskGroup() as tasks:
                    await ear.execute(f"LISTEN {CHANNEL}")
                    await _sign(voice)
                    self._voice, wait = voice, FIRST_WAIT
                    tasks.create_task(self._hear(ear))
                    tasks.create_task(self._pass_on(voice))
                    tasks.create_task(self._keep(voice))
                    async for _ in _watch(voice, self.streams.families):
                        self.streams.tell_all()
            except* (psycopg.Error, OSError) as lost:
                log.warning("Nothing is heard from the database (%s); trying again.", _kinds(lost))
            self._voice = None
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def welcome(self, stream: Stream) -> None:
        """From now on nothing is missed: only then the newcomer reads for the first time."""
        if self._voice:
            with contextlib.suppress(psycopg.Error):  # run() tells everybody when the database is back
                async for _ in _watch(self._voice, [stream.family]):
                    stream.tell(EVERYTHING)

    async def _hear(self, ear: psycopg.AsyncConnection) -> None:
        async for notify in ear.notifies():
            said = SAID.fullmatch(notify.payload)  # anybody who may connect may notify
            if said and self.streams.of(UUID(said[1])):
                self._heard.setdefault(UUID(said[1]), set()).add(said[2])
                self._has_heard.set()

    async def _pass_on(self, voice: psycopg.AsyncConnection) -> None:
        """One question for all that was heard meanwhile: at once when it is quiet, seldom when it is not."""
        while True:
            await self._has_heard.wait()
            self._has_heard.clear()
            heard, self._heard = self._heard, {}
            known = await _known(
                voice, heard, {stream.holder for family in heard for stream in self.streams.of(family)}
            )
            for family, drawers in heard.items():
                for stream in self.streams.of(family):
                    for drawer in drawers:
                        if drawer == EVERYTHING or (drawer, stream.holder) in known:
                            stream.tell(drawer)

    async def _keep(self, voice: psycopg.AsyncConnection) -> None:
        """The families stay registered. Whoever slept past that (a suspended machine) starts over."""
        clock = asyncio.get_running_loop().time
        while True:
            before = clock()
            await asyncio.sleep(KEEP_EVERY)
            async with asyncio.timeout(KEEP_EVERY):
                await _sign(voice)
                await voice.execute("SELECT live.watch(%s)", [self.streams.families])
            if clock() - before > KEPT:
                raise ConnectionError("slept")


async def _connect() -> psycopg.AsyncConnection:
    """Directly, not through a pooler: LISTEN belongs to a connection. A lost peer is noticed in half a minute."""
    name = settings.DATABASES["default"]
    address = make_conninfo(
        dbname=name["NAME"], user=name["USER"], password=name["PASSWORD"], host=name["HOST"], port=name["PORT"],
        connect_timeout=5, keepalives_idle=10, keepalives_interval=5, keepalives_count=3, tcp_user_timeout=15_000,
        **name["OPTIONS"],
    )  # fmt: skip
    return await psycopg.AsyncConnection.connect(address, autocommit=True)


async def _sign(voice: psycopg.AsyncConnection) -> None:
    """For the connection, not for a transaction: nobody else ever asks on it."""
    signed = token(JOB, backend_pid=voice.info.backend_pid)
    await voice.execute("SELECT set_config('app.actor', %s, false)", [signed])


async def _watch(voice: psycopg.AsyncConnection, families: Iterable[UUID]) -> AsyncIterator[None]:
    """Register; then it is time to read. Writers who looked before that whether somebody watches do not notify: when
    the last of them is done, it is time to read once more."""
    await voice.execute("SELECT live.watch(%s)", [list(families)])
    yield
    last, wait = await _one(voice, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"), 0.0
    while not await _one(voice, "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", last):
        wait = min(2 * wait + 0.01, 0.25)
        await asyncio.sleep(wait)
    if wait:
        yield


async def _one(voice: psycopg.AsyncConnection, statement: str, *values: object) -> object:
    row = await (await voice.execute(statement.encode(), values)).fetchone()
    return row and row[0]


async def _known(voice: psycopg.AsyncConnection, heard: Heard, holders: set[UUID]) -> set[tuple[str, UUID]]:
    """(drawer, holder): who of these holds a key to what was heard of, as it is now."""
    drawers = [int(drawer) for of_family in heard.values() for drawer in of_family if int(drawer or MOST) < MOST]
    if not drawers or not holders:
        return set()
    rows = await voice.execute("SELECT drawer, holder FROM live.may_know(%s::int[], %s)", [drawers, list(holders)])
    return {(str(drawer), holder) for drawer, holder in await rows.fetchall()}


def _kinds(lost: BaseExceptionGroup[BaseException]) -> str:
    return ", ".join(sorted({type(one).__name__ for one in lost.exceptions}))
