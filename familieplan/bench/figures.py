"""One figure: what was measured, beside something else measured in the same run."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

# What issues A, B and F ask for: at the most; and for what is quicker than another, at the least.
BUDGETS = {
    "P1.cpu_ms": 12.0,
    "P1.queries": 12,
    "P2.cpu_ms": 15,
    "P2.queries": 7,  # six, and whether one may begin an early meeting
    "P3.cpu_ms": 85,
    "P4.ratio": 1.1,
    "P5.ratio": 1.1,
    "P6.p99_ms": 150,
    "P11.mb": 120,
    "P7.ratio_sql": 1.2,
    "P7.mb": 2048,
    "P7.seconds": 60,
}
AT_LEAST = {"P7.ratio_pandas": 5}


@dataclass(frozen=True, slots=True)
class Figure:
    """``reference`` is in the unit of ``value`` (of a ratio: in ms); ``n`` is how often it was measured."""

    id: str
    value: float
    unit: str
    reference: float
    ratio: float
    n: int
    seed: int


def beside(id: str, value: float, unit: str, reference: float, *, n: int, seed: int) -> Figure:
    return Figure(id, round(value, 3), unit, round(reference, 3), round(value / reference, 3), n, seed)


def proportion(id: str, value: float, reference: float, *, n: int, seed: int) -> Figure:
    """A figure that is itself a ratio: ``value`` and ``reference`` are milliseconds of one work done in two ways."""
    ratio = round(value / reference, 3)
    return Figure(id, ratio, "×", round(reference, 3), ratio, n, seed)


def write(path: Path, figures: Iterable[Figure]) -> None:
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2, ensure_ascii=False) + "\n")


HEADING = f"{'':<20}{'measured':>16}{'beside':>12}{'ratio':>8}   at the most"


def line(figure: Figure) -> str:
    """A row of the table that is printed."""
    held = ""
    if (budget := BUDGETS.get(figure.id)) is not None:
        held = f"{budget:<5} {'held' if figure.value <= budget else 'NOT HELD'}"
    if (least := AT_LEAST.get(figure.id)) is not None:
        held = f"≥ {least:<3} {'held' if figure.value >= least else 'NOT HELD'}"
    return f"{figure.id:<20}{figure.value:>9.2f} {figure.unit:<10}{figure.reference:>8.2f}{figure.ratio:>8.2f}   {held}"
