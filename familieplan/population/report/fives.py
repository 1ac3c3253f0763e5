"""Counts in fives: no count of few people is said, and none follows from what is said (law 8; decision 20).

Every count – of a place, of the nation, of those that a share is of – goes to one of the two multiples of five beside
it, the nearer one more often: 12 becomes 10 three times of five and 15 twice, so that many together are right. Each is
rounded by itself: nothing adds up, and whoever adds and subtracts is left with a range. Where it went is settled by the
place, the count and the extracts' own secret: the same people are the same figure in every table, every report and
every year it is made again, and asking twice tells nothing new.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from math import floor, log10

import narwhals as nw

from familieplan.population.analysis.facts import alive
from familieplan.population.source import Source

FIVE = 5
ENOUGH = 50
"""Shares and sums are said of so many and more: of fewer, rounding alone would move a share by more than 8 points."""


@dataclass(frozen=True)
class Fives:
    """How the counts of one year are rounded. ``secret``: what nobody outside can know."""

    secret: bytes

    def __call__(self, count: int, level: str, place: str) -> int:
        above = count % FIVE
        return count - above + (FIVE if self._chance(f"{level}/{place}/{count}") < above / FIVE else 0)

    def _chance(self, about: str) -> float:
        """From 0 to 1, always the same of the same."""
        return int.from_bytes(blake2b(about.encode(), key=self.secret, digest_size=8).digest()) / 2**64


def secret_of(source: Source, year: int) -> bytes:
    """How many of those who live were born on which day: another extract of the same people has the same."""
    born = alive(source, year).group_by("born").agg(nw.len().alias("persons"))
    return secret((str(row["born"]), int(row["persons"])) for row in source.engine.rows(born))


def secret(births: Iterable[tuple[str, int]]) -> bytes:
    return blake2b(repr(sorted(births)).encode(), digest_size=32).digest()


def two_figures(total: float) -> float:
    """1 234 567 → 1 200 000: what one of them has is not seen in it."""
    return round(total, 1 - floor(log10(abs(total)))) if total else 0.0
