"""Counts that may be shown: result tables in fives, with names, definitions and where they come from.

Nothing else leaves the report: the PDF, the plots, the files and the leaders' page are made from this.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from familieplan.population.report.fives import ENOUGH
from familieplan.population.trouble import Trouble

COMPARED = ("vulnerable", "in_target", "special_risk")  # of places
KINDS = {"risk": "risk", "risk_factors": "risk", "domains": "domains", "types": "domains"}  # others: target


class Row(NamedTuple):
    """Counts in fives: 0 stands for 0 to 4. ``total``: two figures of it, None of few people."""

    table: str
    year: int
    level: str
    place: str
    group: str
    among: str
    measure: str
    persons: int
    base: int
    total: float | None

    @property
    def share(self) -> float | None:
        """None where it is of too few, or there are too few to say it of."""
        return min(1.0, self.persons / self.base) if self.persons and self.base >= ENOUGH else None


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
    variant: str = ""
    said: tuple[tuple[str, ...], ...] = ()
    """In words: each sentence in Danish and English."""
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
    whole: str
    """Of whom the extracts are: the ``nation``, ``several`` municipalities, or one municipality's code."""
    focus: str = ""
    """The municipality that is compared with the whole; none: the whole alone."""
    sampled: float | None = None
    """The share of the population that was drawn; None: everybody."""
    invented: bool = False
    despite: list[tuple[str, str]] = field(default_factory=list)
    """Faults of the extracts that were computed in spite of, in Danish and English."""

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
                "despite": [(da, en) for da, en in told["despite"]],
                "definitions": [_stamp(stamp) for stamp in told["definitions"]],
            }
        )
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise Trouble("{path} is not what `population report` writes as findings.json.", path=path.name) from problem


def _stamp(told: dict[str, Any]) -> Stamp:
    return Stamp(**{**told, **{name: tuple(map(tuple, told[name])) for name in ("said", "changes")}})


def named(row: Row) -> str:
    """Where `Findings.labels` has the name of its measure."""
    return f"{KINDS.get(row.table, 'target')}/{row.measure}"
