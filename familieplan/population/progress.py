"""Where long work is, in the language asked for: a line on stderr for each step, of how many, since when."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TextIO

from familieplan.population.engine import Engine
from familieplan.population.words import Words

Told = Callable[[str], object]
ENGLISH = Words("en")
COUNTED = {
    "target": "{year}: the target group",
    "risk": "{year}: children in special risk",
    "domains": "{year}: the seven domains and the types",
}
"""Kind of a definition → the step in which a year is counted by it."""


class Steps:
    """``step = Steps(12, on_stderr)``; each call is one step that begins: "[ 3/12]    41 s  2022: …"."""

    def __init__(self, total: int, told: Told, say: Words = ENGLISH) -> None:
        self.total, self.told, self.say = total, told, say
        self.number, self.started = 0, time.monotonic()

    def __call__(self, step: str, **values: object) -> None:
        self.number += 1
        self.told(f"[{self.number:2}/{self.total}] {self._seconds()}  {self.say(step, **values)} …")

    def done(self) -> None:
        self.told(f"{' ' * len(f'[{self.number:2}/{self.total}]')} {self._seconds()}  {self.say('done')}")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.started:5.0f} s"


def on_stderr(line: str) -> None:
    clean = "\r\x1b[K" if sys.stderr.isatty() else ""  # of what `steps_told` has left
    print(clean + line, file=sys.stderr, flush=True)


@contextmanager
def steps_told(engine: Engine, to: TextIO, say: Words = ENGLISH) -> Iterator[None]:
    """On a terminal one line that moves while we compute: how many steps are done, and since when. In a log nothing."""
    if not to.isatty():
        yield
        return
    begun, numbers, before = time.monotonic(), count(1), engine.stepped

    def tell() -> None:
        seconds = round(time.monotonic() - begun)
        print(
            "\r  " + say("{steps} steps, {seconds} s", steps=next(numbers), seconds=seconds),
            end="",
            file=to,
            flush=True,
        )

    engine.stepped = tell
    try:
        yield
    finally:
        engine.stepped = before
        print(file=to, flush=True)
