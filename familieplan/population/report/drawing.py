"""What plots are drawn with: a scale of round figures, rows of text, rules. One unit is a point on paper.

Nothing is left to a layout: every plot is as wide as the paper's text, so that its letters keep their size there.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from familieplan.population import paper
from familieplan.population.words import Words

INK, SOFT, RULE, GREEN, PALE, WARM = "#2b2320", "#655850", "#ddd2c6", "#1f5c57", "#9dbfba", "#a3421d"
TINT = "#fdebdb"
WIDE = 493  # A4 less its margins (paper.typ)
SMALL, PLAIN = 8, 9  # letters; nothing smaller
LINE = 11  # from a line of a label to its next

Datum = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from 0 to a round figure, ``across`` points from ``left`` on."""

    left: float
    across: float
    ticks: tuple[float, ...]

    def x(self, field: str) -> Any:
        scale = alt.Scale(domain=[0, self.ticks[-1]], range=[self.left, self.left + self.across], nice=False)
        return alt.X(field, scale=scale, axis=None)

    def ruler(self, top: float, bottom: float, say: Words) -> list[Any]:
        """Fine lines, and below them what they stand for."""
        ticks = [{"tick": tick, "text": figure(tick, say)} for tick in self.ticks]
        lines = rows_of(ticks).mark_rule(color=RULE, strokeWidth=0.6).encode(
            x=self.x("tick:Q"), y=alt.value(top), y2=alt.value(bottom)
        )  # fmt: skip
        told = rows_of(ticks).mark_text(fontSize=SMALL, color=SOFT).encode(
            x=self.x("tick:Q"), y=alt.value(bottom + 10), text="text:N"
        )  # fmt: skip
        return [lines, told]


def ticks(most: float, steps: int = 5) -> tuple[float, ...]:
    """0 and round figures up to the first that is not below ``most``: 0, 20, 40, 60, 80 for 63."""
    rough = (most or 1) / steps
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough * (1 - 1e-9))
    return tuple(step * number for number in range(math.ceil(most / step - 1e-9) + 1)) if most > 0 else (0, step)


def figure(value: float, say: Words) -> str:
    decimals = next(number for number in range(9) if math.isclose(round(value, number), value, abs_tol=1e-9))
    return say.number(value, decimals)


def rows_of(rows: Sequence[Datum]) -> Any:
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def at(field: str = "y") -> Any:
    """Down the paper, in points."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def texts(rows: Iterable[Datum], x: float, size: float = PLAIN, **looks: Any) -> Any:
    """``text`` of each row at its ``y``; several lines are centred on it."""
    lines = [
        {**row, "text": line, "y": row["y"] + LINE * (number - (len(parts) - 1) / 2)}
        for row in rows
        for parts in [str(row["text"]).split("\n")]
        for number, line in enumerate(parts)
    ]
    looks = {"align": "left", "baseline": "middle", "color": INK, **looks}
    return rows_of(lines).mark_text(fontSize=size, **looks).encode(x=alt.value(x), y=at(), text="text:N")


def apart(wanted: Sequence[float], least: float) -> list[float]:
    """The same places, moved as little as keeps every two at least ``least`` from each other."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    groups: list[tuple[list[int], float]] = []  # who stands together, and the middle of them
    for number in order:
        together, middle = [number], wanted[number]
        while groups and middle - groups[-1][1] < least * (len(together) + len(groups[-1][0])) / 2:
            others = groups.pop()[0]
            together = others + together
            middle = sum(wanted[one] for one in together) / len(together)
        groups.append((together, middle))
    placed = {
        number: middle + least * (place - (len(together) - 1) / 2)
        for together, middle in groups
        for place, number in enumerate(together)
    }
    return [placed[number] for number in range(len(wanted))]


@cache
def _fonts() -> None:
    found = paper.fonts()
    if found:
        vl_convert.register_font_directory(str(found))


def svg(layers: Sequence[Any], height: float) -> str:
    _fonts()
    whole = alt.layer(*layers).properties(
        width=WIDE, height=height, padding=0, autosize=alt.AutoSizeParams(type="none")
    ).resolve_scale(x="independent", y="shared")  # fmt: skip
    whole = whole.configure(font="IBM Plex Sans").configure_view(stroke=None)
    drawn: str = vl_convert.vegalite_to_svg(whole.to_json())
    return drawn
