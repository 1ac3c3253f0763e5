"""From one row for each person to counts by place: one pass over the persons, the sums of places in Python."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import narwhals as nw

from familieplan.population.analysis.places import PLACE
from familieplan.population.engine import Engine, Frame, Row
from familieplan.population.results import Count

NATION, AREAS, MUNICIPALITY, AREA = "nation", "vulnerable_areas", "municipality", "housing_area"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Measure:
    """What is counted: rows of `base` of which `holds` is true; `sum`: a column added up over the base."""

    name: str
    holds: nw.Expr
    base: nw.Expr | None = None
    total: str = ""


@dataclass(frozen=True)
class About:
    """What every line says of itself."""

    year: int
    variant: str
    group: str


def counted(
    engine: Engine, persons: Frame, measures: Sequence[Measure], about: About, by: str = "", among: Sequence[str] = ()
) -> list[Count]:
    """Counts at every level. `persons` holds the columns of PLACE; with `by`, a text column, one count for each value.

    `among`: values that are always told of, even when nobody is there.
    """
    rows = _sums(engine, persons, measures, by)
    summed: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0] * (3 * len(measures)))
    for value in among or ("all",):
        summed[NATION, "", value] = [0.0] * (3 * len(measures))
    for row in rows:
        for level, place in _levels(row):
            cell = summed[level, place, str(row[by]) if by else "all"]
            for n, number in enumerate(row[f"n_{n}"] for n in range(3 * len(measures))):
                cell[n] += number or 0
    return [
        Count(
            about.year,
            about.variant,
            level,
            place,
            about.group,
            value,
            measure.name,
            int(cell[3 * n]),
            int(cell[3 * n + 1]),
            cell[3 * n + 2] if measure.total else None,
        )
        for (level, place, value), cell in sorted(summed.items())
        for n, measure in enumerate(measures)
    ]


def _sums(engine: Engine, persons: Frame, measures: Iterable[Measure], by: str) -> list[Row]:
    numbers: list[nw.Expr] = []
    for measure in measures:
        base = nw.lit(True) if measure.base is None else measure.base
        numbers += [
            (measure.holds & base).fill_null(False).cast(nw.Int64).alias(f"n_{len(numbers)}"),
            base.fill_null(False).cast(nw.Int64).alias(f"n_{len(numbers) + 1}"),
            (nw.col(measure.total).fill_null(0) if measure.total else nw.lit(0))
            .cast(nw.Float64)
            .alias(f"n_{len(numbers) + 2}"),
        ]
    keys = [*PLACE, *filter(None, [by])]
    wide = persons.select(*keys, *numbers)
    return engine.rows(wide.group_by(*keys).agg(*(nw.col(f"n_{n}").sum() for n in range(len(numbers)))))


def _levels(row: Row) -> Iterator[tuple[str, str]]:
    municipality, area, vulnerable = (row[name] for name in PLACE)
    yield NATION, ""
    yield MUNICIPALITY, UNKNOWN if municipality is None else str(municipality)
    if area is not None:
        yield AREA, str(area)
    if vulnerable:
        yield AREAS, ""
