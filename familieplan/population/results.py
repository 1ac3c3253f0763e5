"""Results: counts of persons, never persons. How they look, and how they are written.

Every result table has the same columns (`Count`), so that rounding, trends, comparison and plots are written once:

    year      the year counted
    variant   of the definition: one_challenge | two_challenges; cfbu | sfi; …
    level     nation | vulnerable_areas | municipality | housing_area
    place     "" for the two first, else the municipality's or the area's id as text; "unknown" where it is not known
    group     whom it counts: children | adults
    among     which of them: target | other (vulnerable, but not in the target group) | all
    measure   what holds of those counted, e.g. "in_target", "placed", "both_parents_vulnerable"
    persons   how many of the base the measure holds of
    base      persons in question; share = persons / base
    total     for sums only (kroner, number of notifications): the sum over the base; mean = total / base

Places: where a person is registered on 31 December; who died in the year is at none.

The tables, by the function that makes them (each `(source, definition, year) -> list[Table]`):

analysis.target.analyse
    target          among all: `vulnerable` (base: everybody of the age), `in_target` (base: the vulnerable). Figure 1
    challenges      adults, target and other: each of table 1's challenges; `at_least_two`
    constellations  S4 figures 2–5. children: `both_parents_vulnerable`, `one_of_one`, `one_of_two`;
                    adults: `two_or_more_children`; children neither placed nor alone: `with_other_child`
                    (a sibling or step-sibling), `with_adult` (a parent or step-parent)
    contacts        S4 figures 6–7: target and other, each fact the definition lists as a contact, of the age it says
    means           S4: `municipal_costs` and `notifications` with `total`
analysis.risk.analyse
    risk            children: `special_risk`, `factors_0` … `factors_5` (base: children with a mother), `without_mother`
                    (base: all children); among all | danish | immigrant | descendant (the child's own origin)
    risk_factors    each of the five factors (base: children with a mother)
analysis.domains.analyse
    domains         each domain with a proxy; `n_domains_0` …
    types           the three types, `none`, `mixed`

Row by row, for checking, never written: `target.members`, `risk.children`, `domains.children` of `analysis`.

An output folder is whole or not there: it is made as `NAME.partial-…` and renamed at the end.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import duckdb

from familieplan.population.trouble import Trouble


class Count(NamedTuple):
    """One line of a result table; see above."""

    year: int
    variant: str
    level: str
    place: str
    group: str
    among: str
    measure: str
    persons: int
    base: int
    total: float | None = None

    @property
    def share(self) -> float | None:
        return self.persons / self.base if self.base else None


COLUMNS = ", ".join(f'"{name}"' for name in Count._fields)
SQL_TYPES = ("INTEGER", *["VARCHAR"] * 6, "BIGINT", "BIGINT", "DOUBLE")


@dataclass(frozen=True)
class Table:
    """A named result."""

    name: str
    rows: tuple[Count, ...]

    def one(self, measure: str, **where: Any) -> Count:
        """The line of a measure, of the nation unless another level is asked for."""
        wanted = {"measure": measure, "level": "nation", **where}
        found = [row for row in self.rows if all(getattr(row, key) == value for key, value in wanted.items())]
        if len(found) != 1:
            raise LookupError(f"{len(found)} lines of {self.name} are {wanted}")
        return found[0]


def together(tables: Iterable[Table]) -> list[Table]:
    """Tables of one name become one: years below each other."""
    rows: dict[str, list[Count]] = {}
    for table in tables:
        rows.setdefault(table.name, []).extend(table.rows)
    return [Table(name, tuple(lines)) for name, lines in rows.items()]


@contextmanager
def folder(out: Path) -> Iterator[Path]:
    """A folder to write in; it is called `out` once everything is there, and is gone when something went wrong."""
    must_be_free(out)
    partial = Path(mkdtemp(prefix=f"{out.name}.partial-", dir=out.parent))
    try:
        yield partial
        partial.rename(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def must_be_free(out: Path) -> None:
    """Trouble when nothing can be written to `out`."""
    if out.exists():
        raise Trouble("{out} exists already. Name another folder by --out, or move that one away.", out=out)
    if not out.parent.is_dir():
        raise Trouble("{folder} is no folder. Make it, or name another by --out.", folder=out.parent)


def write(into: Path, tables: Iterable[Table]) -> None:
    """Each table as `NAME.parquet`. Exact counts: rounding is the report's."""
    with duckdb.connect(":memory:") as connection:
        for table in tables:
            columns = [list(column) for column in zip(*table.rows, strict=True)] or [[] for _ in Count._fields]
            unnested = ", ".join(
                f'unnest(?::{kind}[]) AS "{name}"' for name, kind in zip(Count._fields, SQL_TYPES, strict=True)
            )
            path = str(into / f"{table.name}.parquet")
            connection.execute(f"COPY (SELECT {unnested}) TO '{quoted(path)}' (FORMAT parquet)", columns)


def read(path: Path) -> Table:
    """A table that `write` has written."""
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM read_parquet(?)", [str(path)]).fetchall()  # noqa: S608
    return Table(path.stem, tuple(Count(*row) for row in rows))


def quoted(text: str) -> str:
    return text.replace("'", "''")


def about(
    into: Path, *, command: Sequence[str], definitions: Iterable[dict[str, Any]], rows: dict[str, int] | None = None
) -> None:
    """`about.json`: how this came to be, without any person; files by their names. `rows`: how many each table read
    had, where the results stay at the desk.
    """
    told = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": [Path(one).name if "/" in one else one for one in command],
        "definitions": list(definitions),
        **({} if rows is None else {"rows_read": rows}),
        "versions": {"python": sys.version.split()[0]} | {name: version(name) for name in ("duckdb", "narwhals")},
    }
    (into / "about.json").write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
