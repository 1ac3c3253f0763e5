"""Time on the processor, not on the wall: what other programs on the machine do is mostly left out.

What is compared is measured in turns, so that a busy minute falls on both; the median of many turns is told.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

Clock = Callable[[], float]  # seconds


def of_this_process() -> float:
    return time.process_time()


def of_backend(pid: int) -> Clock:
    """The PostgreSQL process behind a connection. Where the system does not tell (not Linux): the wall."""
    spent = Path(f"/proc/{pid}/schedstat")

    def read() -> float:
        with suppress(OSError):
            return int(spent.read_text().split()[0]) / 1e9
        return time.perf_counter()

    return read


def in_turns(
    *timed: tuple[Clock, Callable[[], object]], rounds: int, batch: int = 1, warm_up: int = 10
) -> tuple[float, ...]:
    """The median of each in milliseconds, each turn being ``batch`` calls."""
    for _clock, call in timed:
        for _ in range(warm_up):
            call()
    spent: list[list[float]] = [[] for _ in timed]
    for _ in range(rounds):
        for (clock, call), of_this in zip(timed, spent, strict=True):
            start = clock()
            for _ in range(batch):
                call()
            of_this.append((clock() - start) / batch * 1000)
    return tuple(median(one) for one in spent)
