"""P6: from the press of "save" to the words on twelve screens, with one board and with thirty at once.

Everything between runs as in service, on this machine's processors together with the screens themselves: web process,
database, notification, stream process, and each screen's own reading of its part, by its own reader. What a browser
needs to paint a part is not in it.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

import psycopg

from familieplan.bench import servers
from familieplan.bench.figures import Figure, beside
from familieplan.bench.meeting import begun
from familieplan.bench.screens import Answers, Filled, Screen
from familieplan.demo.generate import Generated
from familieplan.launcher import processes
from familieplan.launcher.environment import Environment
from familieplan.launcher.ports import any_free

SCREENS, BOARDS, STREAMS = 12, 30, 500
EVERY = 20.0  # seconds between two statements at one board: nine people speak, one writes down
NOTHING = "/principles/"
PATIENCE = 60.0  # seconds until words that have not come are lost


@dataclass
class Board:
    """One family's meeting: ``part`` is what each screen reads, ``form`` where something is said."""

    family: UUID
    part: str
    form: str
    screens: list[Screen]
    answers: Answers = field(default_factory=dict)
    said_at: dict[str, float] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)

    async def watch(self, screen: Screen, ready: asyncio.Semaphore) -> None:
        seen: set[str] = set()
        async for _drawers in screen.follow(self.family):
            page = await screen.ask(self.part)
            now = time.perf_counter()
            for word in self.said_at.keys() - seen:
                if word in page:
                    seen.add(word)
                    self.waits[word].append((now - self.said_at[word]) * 1000)
            ready.release()

    async def say(self) -> None:
        """The coordinator writes it down, and it comes to every screen. Raises ``TimeoutError`` when it does not."""
        word = f"ord{uuid4().hex[:8]}"
        self.waits[word] = []
        sent = self.answers | {"text": [f"Vi prøver {word}"], "once": [str(uuid4())]}
        self.said_at[word] = time.perf_counter()
        await self.screens[0].ask(self.form, sent)
        async with asyncio.timeout(PATIENCE):
            while len(self.waits[word]) < len(self.screens):
                await asyncio.sleep(0.005)

    def forget(self) -> None:
        self.said_at.clear()
        self.waits.clear()


def measured(environment: Environment, generated: Generated, rounds: int) -> Iterator[Figure]:
    """The reference of the milliseconds: a bare NOTIFY to one listener, under the same load in the same run."""
    around = _let_in(environment["FAMILIEPLAN_SUPERUSER_URL"], generated)
    pages, streams = any_free(), any_free()
    with processes.live(environment, streams) as live, processes.gunicorn(environment, pages, threads=1):
        boards = [_board(generated, n, logins, pages, streams) for n, logins in enumerate(around)]
        got = asyncio.run(_all(boards, rounds, environment["DATABASE_URL"]))
        bare = got.bare
        for name, waits in (("one_", got.alone), ("", got.together)):
            n = len(waits)
            yield beside(f"P6.{name}p50_ms", median(waits), "ms", median(bare), n=n, seed=generated.seed)
            yield beside(f"P6.{name}p99_ms", _p99(waits), "ms", _p99(bare), n=n, seed=generated.seed)
        if got.nothing:
            yield beside("P6.cpu_ms", got.cpu, "ms", got.nothing, n=len(got.alone), seed=generated.seed)
        ratio = median(got.together) / median(bare)
        yield Figure(
            "P6.ratio", round(ratio, 1), "×", round(median(bare), 3), round(ratio, 1), len(bare), generated.seed
        )
        if Path(f"/proc/{live.pid}/status").exists():
            empty, full = asyncio.run(_weighed(live.pid, boards))
            yield beside("P6.kb_per_screen", (full - empty) / STREAMS, "kB", empty, n=STREAMS, seed=generated.seed)


@dataclass
class Measured:
    """Waits in ms: of one board by itself, of all at once, and of the bare loop beside all. ``cpu``: ms of all servers,
    for each screen of the one board; ``nothing``: for a page with nothing in it."""

    alone: list[float]
    together: list[float]
    bare: list[float]
    cpu: float
    nothing: float


async def _all(boards: list[Board], rounds: int, database: str) -> Measured:
    for board in boards:
        board.answers = Filled.of(await board.screens[0].ask(board.form))
    async with _watched(boards[:1]):
        before = servers.spent()
        for _ in range(rounds):
            await boards[0].say()
            await asyncio.sleep(0.2)
        alone, cpu = _waits(boards), servers.spent() - before
    before = servers.spent()
    for _ in range(rounds):
        await boards[0].screens[0].ask(NOTHING)
    nothing = servers.spent() - before
    async with _watched(boards), asyncio.TaskGroup() as together:
        turns = max(1, rounds // 12)
        every = min(EVERY, rounds)
        talks = [together.create_task(_talk(board, turns, every)) for board in boards]
        bare = together.create_task(_bare(database, talks))
    per_screen, per_page = 1000 / (rounds * SCREENS), 1000 / rounds
    return Measured(alone, _waits(boards), bare.result(), cpu * per_screen, nothing * per_page)


@asynccontextmanager
async def _watched(boards: list[Board]) -> AsyncIterator[None]:
    """Every screen follows and has read once."""
    ready = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(board.watch(screen, ready)) for board in boards for screen in board.screens]
    for _ in tasks:
        await ready.acquire()
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if not isinstance(ended, asyncio.CancelledError):
                raise AssertionError("a screen lost its stream") from (ended if isinstance(ended, Exception) else None)


async def _talk(board: Board, turns: int, every: float) -> None:
    await asyncio.sleep(random.uniform(0, every))  # noqa: S311 - boards do not speak in time
    for _ in range(turns):
        _spoken, _pause = await asyncio.gather(board.say(), asyncio.sleep(random.uniform(0.5, 1.5) * every))  # noqa: S311


def _waits(boards: list[Board]) -> list[float]:
    waits = [wait for board in boards for word in board.waits.values() for wait in word]
    for board in boards:
        board.forget()
    return waits


async def _bare(database: str, beside: list[asyncio.Task[None]]) -> list[float]:
    """NOTIFY on one connection, heard on another, as long as the others talk: what there is no less than."""
    waits: list[float] = []
    async with (
        await psycopg.AsyncConnection.connect(database, autocommit=True) as says,
        await psycopg.AsyncConnection.connect(database, autocommit=True) as hears,
    ):
        await hears.execute("LISTEN bench")
        while not all(task.done() for task in beside):
            started = time.perf_counter()
            await says.execute("NOTIFY bench")
            async for _ in hears.notifies(stop_after=1):
                pass
            waits.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(0.2)
    return waits


async def _weighed(pid: int, boards: list[Board]) -> tuple[float, float]:
    """The stream process in kB without a stream, and with five hundred."""
    await asyncio.sleep(1)
    empty = _kb(pid)
    screens = [(board.family, board.screens[0]) for board in boards]
    ready = asyncio.Semaphore(0)

    async def hold(family: UUID, screen: Screen) -> None:
        async for _ in screen.follow(family):
            ready.release()

    held = [asyncio.create_task(hold(*one)) for one in islice(cycle(screens), STREAMS)]
    for _ in held:
        await ready.acquire()
    full = _kb(pid)
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    return empty, full


def _kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])


def _p99(waits: list[float]) -> float:
    return quantiles(waits, n=100)[98]


def _board(generated: Generated, n: int, logins: list[str], pages: int, streams: int) -> Board:
    family, topic = generated.id("family", n), generated.id("topic2", n)
    board = f"/families/{family}/meetings/{begun(generated, n)}/board/{topic}/"
    return Board(
        family,
        part=board,
        form=f"{board}say/strength/",
        screens=[Screen(login, pages, streams) for login in islice(cycle(logins), SCREENS)],
    )


def _let_in(superuser_url: str, generated: Generated) -> list[list[str]]:
    """Accounts for those around the boards, the coordinator first; some of them may have one already."""
    around = [
        [generated.id("coordinator", n // 13), generated.id("mother", n), generated.id("father", n)]
        for n in range(min(BOARDS, generated.families))
    ]
    with psycopg.connect(superuser_url) as superuser:
        for coordinator, *parents in around:
            for holder in (coordinator, *parents):
                superuser.execute(
                    "INSERT INTO accounts_user (id, login, password, kind, holder, is_active, language, created_at) "
                    "VALUES (gen_random_uuid(), 'bench-' || %(h)s, '!', %(k)s, %(h)s, true, '', now()) "
                    "ON CONFLICT (holder) DO NOTHING",
                    {"h": holder, "k": "staff" if holder == coordinator else "person"},
                )
        logins: dict[UUID, str] = dict(superuser.execute("SELECT holder, login FROM accounts_user").fetchall())
    return [[logins[holder] for holder in board] for board in around]
