"""Where long work is: one line on stderr for each step, of how many, since when."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TextIO

from familieplan.population.engine import Engine

Told = Callable[[str], object]


class Steps:
    """``told = Steps(12, on_stderr)``; each call is one step that begins: "[ 3/12]    41 s  2022: …"."""

    def __init__(self, total: int, told: Told) -> None:
        self.total, self.told = total, told
        self.number, self.started = 0, time.monotonic()

    def __call__(self, step: str) -> None:
        self.number += 1
        self.told(f"[{self.number:2}/{self.total}] {self._seconds()}  {step} …")

    def done(self) -> None:
        self.told(f"{' ' * len(f'[{self.number:2}/{self.total}]')} {self._seconds()}  done")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.started:5.0f} s"


def on_stderr(line: str) -> None:
    clean = "\r\x1b[K" if sys.stderr.isatty() else ""  # of what `steps_told` has left
    print(clean + line, file=sys.stderr, flush=True)


@contextmanager
def steps_told(engine: Engine, to: TextIO) -> Iterator[None]:
    """On a terminal one line that moves while we compute: how many steps are done, and since when. In a log nothing."""
    if not to.isatty():
        yield
        return
    begun, numbers, before = time.monotonic(), count(1), engine.stepped

    def tell() -> None:
        print(f"\r  {next(numbers)} steps, {time.monotonic() - begun:.0f} s", end="", file=to, flush=True)

    engine.stepped = tell
    try:
        yield
    finally:
        engine.stepped = before
        print(file=to, flush=True)
