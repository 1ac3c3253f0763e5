"""Counts that may be shown: result tables after suppression, with names, definitions and where they come from.

Nothing else leaves the report: the PDF, the plots, the files and the leaders' page are made from this.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from familieplan.population.report.suppression import LEAST, Cell, Sum, hidden
from familieplan.population.results import Count, Table
from familieplan.population.trouble import Trouble

WITHIN = {"municipality": "nation", "housing_area": "vulnerable_areas"}
EXCLUSIVE = ("factors_", "n_domains_")  # measures of which everybody has one
ONE_OF = {"both_parents_vulnerable", "one_of_one", "one_of_two"}  # and of these, whoever is in the target group
COMPARED = ("vulnerable", "in_target", "special_risk")  # of places
ORIGINS = ("danish", "immigrant", "descendant")
KINDS = {"risk": "risk", "risk_factors": "risk", "domains": "domains", "types": "domains"}  # others: target


class Row(NamedTuple):
    """A count as it may be shown; None stands for few people."""

    table: str
    year: int
    level: str
    place: str
    group: str
    among: str
    measure: str
    persons: int | None
    base: int | None
    total: float | None

    @property
    def share(self) -> float | None:
        return self.persons / self.base if self.persons is not None and self.base else None


@dataclass(frozen=True)
class Stamp:
    """Which definition, and whether it is the shipped one."""

    name: str
    label_da: str
    label_en: str
    variant_da: str
    variant_en: str
    source: str
    sha256: str
    changed: bool
    changes: tuple[tuple[str, ...], ...] = ()
    """What, as shipped, and here: the limits and codes that are not the shipped ones."""


@dataclass(frozen=True)
class Findings:
    rows: list[Row]
    labels: Mapping[str, tuple[str, str]]
    """``target/convicted`` → in Danish and English: definitions may use one name for two things."""
    places: Mapping[str, str]
    """``municipality/101`` → its name."""
    definitions: list[Stamp]
    focus: str = ""
    """The municipality that is compared with the nation; none: the nation alone."""
    sampled: float | None = None
    """The share of the population that was drawn; None: everybody."""
    invented: bool = False
    read: Mapping[str, int] = field(default_factory=dict)

    def find(self, measure: str, **where: object) -> Row | None:
        wanted = {"measure": measure, "level": "nation", "year": self.year, **where}
        rows = self._of.get(measure, [])
        return next((row for row in rows if all(getattr(row, key) == value for key, value in wanted.items())), None)

    @cached_property
    def _of(self) -> dict[str, list[Row]]:
        """Rows by measure: a chart of a hundred places asks often."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.measure].append(row)
        return found

    @cached_property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    @property
    def year(self) -> int:
        return self.years[-1]

    def needed(self) -> "Findings":
        """What the leaders' page shows: everything of the nation and of the focus, of other places what is compared."""
        rows = [
            row for row in self.rows
            if row.level == "nation" or (row.level, row.place) == ("municipality", self.focus)
            or (row.among == "all" and row.measure in COMPARED and row.year == self.year)
        ]  # fmt: skip
        labels = {key: self.labels[key] for key in map(named, rows) if key in self.labels}
        return replace(self, rows=rows, labels=labels)

    def written(self) -> str:
        """As JSON, one row a line."""
        told = {**asdict(self), "rows": []}
        rows = ",\n".join(json.dumps(list(row), ensure_ascii=False) for row in self.rows)
        return json.dumps(told, ensure_ascii=False, indent=1).replace('"rows": []', f'"rows": [\n{rows}\n]', 1) + "\n"


def read(path: Path) -> Findings:
    """As `written` has written it."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Findings(
            **{
                **told,
                "rows": [Row(*row) for row in told["rows"]],
                "labels": {key: (da, en) for key, (da, en) in told["labels"].items()},
                "definitions": [_stamp(stamp) for stamp in told["definitions"]],
            }
        )
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise Trouble("{path} is not what `population report` writes as findings.json.", path=path.name) from problem


def _stamp(told: dict[str, Any]) -> Stamp:
    return Stamp(**{**told, "changes": tuple(map(tuple, told.get("changes", ())))})


def named(row: Row) -> str:
    """Where `Findings.labels` has the name of its measure."""
    return f"{KINDS.get(row.table, 'target')}/{row.measure}"


def shown(tables: Iterable[Table], special_from: int) -> list[Row]:
    """Every count that may be shown. One variant of a definition only: the difference of two would be a third count.

    ``special_from``: so many factors are special risk, by the definition.
    """
    rows = []
    for year in sorted({row.year for table in tables for row in table.rows}):
        rows += _shown([(table.name, row) for table in tables for row in table.rows if row.year == year], special_from)
    return rows


def _shown(counts: list[tuple[str, Count]], special_from: int) -> list[Row]:
    variants = {(table, row.variant) for table, row in counts}
    if len(variants) > len({table for table, _ in variants}):
        raise Trouble(
            "A report shows one variant of a definition: two side by side would tell who is in one of them only."
        )
    bases = _Bases(counts)
    values = dict(_values(counts, bases))
    rests: list[Cell] = [("rest", _key(table, row)) for table, row in counts]
    away = hidden(values, list(_sums(counts, bases, values, special_from)), LEAST, unsaid=rests)
    return [
        Row(
            table, row.year, row.level, row.place, row.group, row.among, row.measure,
            None if _key(table, row) in away else row.persons,
            None if bases.of(table, row) in away else row.base,
            None if bases.of(table, row) in away or 0 < row.base < LEAST else row.total,
        )
        for table, row in counts
    ]  # fmt: skip


def _key(table: str, row: Count) -> Cell:
    return table, row.level, row.place, row.group, row.among, row.measure


class _Bases:
    """The base of a row is often a count of its own: those in the target group are the base of what is said of them."""

    def __init__(self, counts: Iterable[tuple[str, Count]]) -> None:
        self.persons = {_key(table, row): row.persons for table, row in counts}

    def of(self, table: str, row: Count) -> Cell:
        as_count: Cell = None
        if row.measure == "in_target":
            as_count = ("target", row.level, row.place, row.group, "all", "vulnerable")
        elif row.among == "target":
            as_count = ("target", row.level, row.place, row.group, "all", "in_target")
        if self.persons.get(as_count) == row.base:
            return as_count
        return "base", row.level, row.place, row.group, row.among, row.base


def _values(counts: Iterable[tuple[str, Count]], bases: _Bases) -> Iterator[tuple[Cell, int]]:
    for table, row in counts:
        key = _key(table, row)
        yield key, row.persons
        yield bases.of(table, row), row.base
        yield ("rest", key), row.base - row.persons


def _sums(
    counts: list[tuple[str, Count]], bases: _Bases, values: Mapping[Cell, int], special_from: int
) -> Iterator[Sum]:
    """Those that hold: what does not add up gives nothing away."""
    found = {Sum(bases.of(table, row), (_key(table, row), ("rest", _key(table, row)))) for table, row in counts}
    over_places: dict[tuple[Cell, ...], list[tuple[str, Count]]] = defaultdict(list)
    for table, row in counts:
        over_places[table, row.level, row.group, row.among, row.measure].append((table, row))
    for (table_of, level, *rest), parts in over_places.items():
        whole = over_places.get((table_of, WITHIN.get(str(level)), *rest))
        if whole:
            for of in (_key, bases.of):
                found.add(Sum(of(*whole[0]), tuple(of(*part) for part in parts)))
    found |= set(_within(counts, bases, special_from))
    yield from (
        one for one in found
        if len(set(one.parts)) == len(one.parts) and sum(values[part] for part in one.parts) == values[one.total]
    )  # fmt: skip


def _within(counts: list[tuple[str, Count]], bases: _Bases, special_from: int) -> Iterator[Sum]:
    """Measures that exclude each other make up the base; origins make up all."""
    one_of: dict[Cell, list[Cell]] = defaultdict(list)
    for table, row in counts:
        for prefix in EXCLUSIVE:
            if row.measure.startswith(prefix):
                one_of[bases.of(table, row), prefix, table].append(_key(table, row))
        if table == "types" or row.measure in ONE_OF:
            one_of[bases.of(table, row), "one_of", table].append(_key(table, row))
        yield from _of_factors(table, row, bases, special_from)
        if row.among == "all":
            parts = tuple(_key(table, row._replace(among=origin)) for origin in ORIGINS)
            if all(part in bases.persons for part in parts):
                yield Sum(_key(table, row), parts)
    for place, cells in one_of.items():
        assert isinstance(place, tuple)  # noqa: S101 - as made above
        yield Sum(place[0], tuple(cells))


def _of_factors(table: str, row: Count, bases: _Bases, special_from: int) -> Iterator[Sum]:
    """So many factors or more are special risk; who has no mother has none of the numbers."""
    factors = [_key(table, row._replace(measure=f"factors_{number}")) for number in range(6)]
    if not all(one in bases.persons for one in factors):
        return
    if row.measure == "special_risk":
        yield Sum(_key(table, row), tuple(factors[special_from:]))
        yield Sum(("rest", _key(table, row)), tuple(factors[:special_from]))
    if row.measure == "without_mother":
        yield Sum(("rest", _key(table, row)), tuple(factors))
