"""One open stream, and all of them: what each still has to tell. Nothing here waits for anybody."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

EVERYTHING = ""  # in place of a drawer: read all anew
MOST = 20  # drawers; whoever takes them this slowly reads all anew instead


@dataclass(eq=False, slots=True)
class Stream:
    """``holder`` follows ``family``. What is to be told is a set, so a slow reader's never grows."""

    family: UUID
    holder: UUID
    cookie: str
    check_at: float = 0.0  # on the loop's clock, in seconds
    beat_at: float = 0.0
    is_over: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    _pending: dict[str, None] = field(default_factory=dict)

    def tell(self, drawer: str) -> None:
        if EVERYTHING not in self._pending:
            self._pending[drawer] = None
        if drawer == EVERYTHING or len(self._pending) > MOST:
            self._pending = {EVERYTHING: None}
        self.woken.set()

    def end(self) -> None:
        self.is_over = True
        self.woken.set()

    async def next(self) -> list[str]:
        """The drawers to tell of; none when it is only time for a sign of life, or over."""
        await self.woken.wait()
        self.woken.clear()
        pending, self._pending = self._pending, {}
        return list(pending)


class Streams:
    """All that are open, by family."""

    def __init__(self) -> None:
        self._of: defaultdict[UUID, set[Stream]] = defaultdict(set)

    def __iter__(self) -> Iterator[Stream]:
        return iter([stream for streams in self._of.values() for stream in streams])

    @property
    def families(self) -> list[UUID]:
        return list(self._of)

    def of(self, family: UUID) -> set[Stream]:
        return self._of.get(family, set())

    def add(self, stream: Stream) -> None:
        self._of[stream.family].add(stream)

    def remove(self, stream: Stream) -> None:
        self._of[stream.family].discard(stream)
        if not self._of[stream.family]:
            del self._of[stream.family]

    def tell_all(self) -> None:
        for stream in self:
            stream.tell(EVERYTHING)

    def end_all(self) -> None:
        for stream in self:
            stream.end()
