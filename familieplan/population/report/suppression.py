"""Few people are not counted aloud, and cannot be found again by adding and subtracting what is (law 8).

Cells are known by any key; sums say which cells add up to which. What is hidden: every count of 1–4, and so many more
that no hidden count follows from the visible ones and that what is hidden in a sum is never 1–4 together.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST = 5
Cell = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """``parts`` add up to ``total``."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.parts, self.total)


def hidden(counts: Mapping[Cell, int], sums: Sequence[Sum], least: int = LEAST) -> set[Cell]:
    """The cells that may not be shown."""
    away = {cell for cell, count in counts.items() if 0 < count < least}
    while (more := _by_one_sum(counts, sums, away, least) or _by_several(counts, sums, away)) is not None:
        away.add(more)
    return away


def _by_one_sum(counts: Mapping[Cell, int], sums: Sequence[Sum], away: set[Cell], least: int) -> Cell | None:
    """The next cell to hide because a single sum tells too much."""
    for one in sums:
        inside = [cell for cell in one.cells if cell in away]
        if not inside or len(inside) == len(one.cells):
            continue
        together = sum(counts[cell] for cell in one.parts if cell in away)
        if (len(inside) == 1 or (one.total not in away and together < least)) and (
            found := _next(counts, one, away)
        ) is not None:
            return found
    return None


def _next(counts: Mapping[Cell, int], one: Sum, away: set[Cell]) -> Cell | None:
    """The smallest that counts somebody; a zero hides nothing; the total only where there is nothing else."""
    parts = [cell for cell in one.parts if cell not in away and counts[cell] > 0]
    if parts:
        return min(parts, key=lambda cell: (counts[cell], str(cell)))
    zeros = [cell for cell in one.parts if cell not in away]
    return one.total if one.total not in away else zeros[0] if zeros else None


def _by_several(counts: Mapping[Cell, int], sums: Sequence[Sum], away: set[Cell]) -> Cell | None:
    """The next cell to hide because several sums together give one of the hidden away."""
    for cell in determined(sums, away):
        for one in sums:
            if cell in one.cells and (found := _next(counts, one, away)) is not None:
                return found
    return None


def determined(sums: Iterable[Sum], away: set[Cell]) -> Iterator[Cell]:
    """The hidden cells that follow from the visible: an equation with one unknown, after elimination."""
    solved: dict[Cell, dict[Cell, Fraction]] = {}  # each with its own leading unknown
    for one in sums:
        row = {cell: Fraction(1) for cell in one.parts if cell in away}
        if one.total in away:
            row[one.total] = row.get(one.total, Fraction(0)) - 1
        _reduce(row, solved)
        if row:
            lead = next(iter(row))
            row = {cell: value / row[lead] for cell, value in row.items()}
            for other in solved.values():
                if lead in other:
                    _subtract(other, row, other[lead])
            solved[lead] = row
    yield from (lead for lead, row in solved.items() if len(row) == 1)


def _reduce(row: dict[Cell, Fraction], solved: Mapping[Cell, dict[Cell, Fraction]]) -> None:
    for cell in [cell for cell in row if cell in solved]:
        if cell in row:
            _subtract(row, solved[cell], row[cell])


def _subtract(row: dict[Cell, Fraction], other: Mapping[Cell, Fraction], times: Fraction) -> None:
    for cell, value in other.items():
        left = row.get(cell, Fraction(0)) - times * value
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
