"""Few people are not counted aloud, and cannot be found again by adding and subtracting what is (law 8).

Cells are known by any key; sums say which cells add up to which. What is hidden: every count of 1–4, and so many more
that none of these follows from the visible ones by all sums together, and that what is hidden in a sum with any of them
is never 1–4 together.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
PRIME = 2**61 - 1  # figures are worked with modulo this: a chance is wrong once in 10¹⁸
Cell = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """``parts`` add up to ``total``."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.parts, self.total)


def hidden(
    counts: Mapping[Cell, int], sums: Sequence[Sum], least: int = LEAST, unsaid: Iterable[Cell] = ()
) -> set[Cell]:
    """The cells that may not be shown. ``unsaid``: those that nobody shows anyway, though they can be worked out."""
    containing: dict[Cell, list[Sum]] = defaultdict(list)
    for one in sums:
        for cell in one.cells:
            containing[cell].append(one)
    few = {cell for cell, count in counts.items() if 0 < count < least}
    away = few | set(unsaid)
    waiting = [one for cell in few for one in containing[cell]]
    unknowns = Unknowns(sums)
    while waiting:
        while waiting:
            one = waiting.pop()
            if _tells(counts, one, few, away, least) and (more := _next(counts, one, away)) is not None:
                away.add(more)
                waiting += containing[more]
        for cell in few.intersection(unknowns.determined(away)):
            ways = [(one, more) for one in containing[cell] if (more := _next(counts, one, away)) is not None]
            if ways:
                _sum, more = min(ways, key=lambda way: (way[1] == way[0].total, counts[way[1]], str(way[1])))
                away.add(more)
                waiting += containing[more]
    return away


def _tells(counts: Mapping[Cell, int], one: Sum, few: set[Cell], away: set[Cell], least: int) -> bool:
    """A single hidden cell of a sum follows from the others; few together are still few."""
    inside = [cell for cell in one.cells if cell in away]
    if few.isdisjoint(inside) or len(inside) == len(one.cells):
        return False
    together = sum(counts[cell] for cell in one.parts if cell in away)
    return len(inside) == 1 or (one.total not in away and together < least)


def _next(counts: Mapping[Cell, int], one: Sum, away: set[Cell]) -> Cell | None:
    """The smallest that counts somebody; a zero hides nothing; the total only where there is nothing else."""
    parts = [cell for cell in one.parts if cell not in away and counts[cell] > 0]
    if parts:
        return min(parts, key=lambda cell: (counts[cell], str(cell)))
    zeros = [cell for cell in one.parts if cell not in away]
    return one.total if one.total not in away else zeros[0] if zeros else None


class Unknowns:
    """What follows of the hidden from the visible. Cells that no sum holds together are worked out apart, and once."""

    def __init__(self, sums: Iterable[Sum]) -> None:
        self.sums = list(sums)
        self._known: dict[frozenset[Cell], list[Cell]] = {}

    def determined(self, away: set[Cell]) -> list[Cell]:
        """The hidden cells that follow from the visible by all sums together."""
        rows = [
            {
                **dict.fromkeys((cell for cell in one.parts if cell in away), 1),
                **({one.total: PRIME - 1} if one.total in away else {}),
            }
            for one in self.sums
        ]
        found: list[Cell] = []
        for together in _together([row for row in rows if row]):
            cells = frozenset(cell for row in together for cell in row)
            if cells not in self._known:
                self._known[cells] = _determined(together, cells)
            found += self._known[cells]
        return found


def determined(sums: Iterable[Sum], away: set[Cell]) -> list[Cell]:
    return Unknowns(sums).determined(away)


def _together(rows: list["Equation"]) -> Iterable[list["Equation"]]:
    """Equations that share unknowns, one after another, are of one group."""
    parent: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for row in rows:
        first, *others = row
        for cell in others:
            parent[root(cell)] = root(first)
    groups: dict[Cell, list[Equation]] = defaultdict(list)
    for row in rows:
        groups[root(next(iter(row)))].append(row)
    return groups.values()


def _determined(rows: list["Equation"], cells: frozenset[Cell]) -> list[Cell]:
    """What could the hidden be otherwise? A random answer to the sums with nothing visible in them (a null vector)
    moves every hidden cell that is free to move; what it does not move is known.
    """
    solvable, core = _peeled(rows)
    solvable += _eliminated(core)
    chance = random.Random(len(cells))  # noqa: S311 - no secret: any numbers will do
    pivots = {pivot for pivot, _row in solvable}
    moved = {cell: chance.randrange(1, PRIME) for cell in cells - pivots}
    for pivot, row in reversed(solvable):
        others = sum(value * moved[cell] for cell, value in row.items() if cell != pivot)
        moved[pivot] = -others * pow(row[pivot], -1, PRIME) % PRIME
    return [cell for cell in cells if moved[cell] == 0]


Equation = dict[Cell, int]


def _peeled(rows: list[Equation]) -> tuple[list[tuple[Cell, Equation]], list[Equation]]:
    """Equations with an unknown that stands nowhere else give that one, last of all; and what is left of them."""
    standing: dict[Cell, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for cell in row:
            standing[cell].add(number)
    alone = [cell for cell, where in standing.items() if len(where) == 1]
    found: list[tuple[Cell, Equation]] = []
    taken: set[int] = set()
    while alone:
        cell = alone.pop()
        if len(standing[cell]) != 1:
            continue
        number = standing[cell].pop()
        taken.add(number)
        found.append((cell, rows[number]))
        for other in rows[number]:
            standing[other].discard(number)
            if len(standing[other]) == 1:
                alone.append(other)
    return found, [row for number, row in enumerate(rows) if number not in taken]


def _eliminated(rows: list[Equation]) -> list[tuple[Cell, Equation]]:
    """Each with a pivot that later ones do not have: short ones first, by what stands in few, or they grow long."""
    found: list[tuple[Cell, Equation]] = []
    solved: dict[Cell, Equation] = {}
    standing = Counter(cell for row in rows for cell in row)
    for given in sorted(rows, key=len):
        row = dict(given)
        while (pivot := next((cell for cell in row if cell in solved), None)) is not None:
            by = row[pivot] * pow(solved[pivot][pivot], -1, PRIME)
            for cell, value in solved[pivot].items():
                row[cell] = (row.get(cell, 0) - by * value) % PRIME
            row = {cell: value for cell, value in row.items() if value}
        if row:
            lead = min(row, key=lambda cell: standing[cell])
            solved[lead] = row
            found.append((lead, row))
    return found
