"""Plots as SVG by altair, drawn without a browser: bars with the nation's tick, dots by municipality, a trend.

Told apart by shape and lightness as well as by colour. The labels are real text; IBM Plex where it is at hand.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt

from familieplan.population.report.drawing import (
    GREEN,
    INK,
    LINE,
    PALE,
    PLAIN,
    RULE,
    SMALL,
    SOFT,
    TINT,
    WARM,
    WIDE,
    Datum,
    Scale,
    apart,
    at,
    figure,
    rows_of,
    svg,
    texts,
    ticks,
)  # fmt: skip
from familieplan.population.report.parts import Bar, Chart, Line, Trend
from familieplan.population.words import Words

LABELS, FIGURES = 204, 120  # beside the bars, in points: what they are, and how many here and in Denmark
LETTERS = 46  # of a label on a line; a longer one takes more lines
ROW, FOOT = 17, 18  # points down the paper: of a bar, of the figures below
BETWEEN, NAMES, RATES = 26, 92, 34  # of places in two columns
MANY, PITCH, DENSE = 40, 13.2, 8.4  # more places than this stand closer, in two columns: a hundred on a page
AXIS, ENDS, TALL, YEARS = 40, 158, 110, 20  # of a trend: its scale, room for names, height, the years


def bars(chart: Chart, say: Words) -> str:
    rows: list[Datum] = []
    bottom = 2.0
    for bar in chart.bars:
        label = _wrapped(bar.label)
        tall = ROW + LINE * label.count("\n")
        rows.append({**_datum(bar), "text": label, "figure": bar.text, "y": bottom + tall / 2})
        bottom += tall
    scale = Scale(LABELS, WIDE - LABELS - FIGURES, ticks(chart.most))
    base = rows_of(rows).encode(y=at())
    layers = scale.ruler(0, bottom, say)
    layers.append(base.transform_filter("isValid(datum.value)").mark_bar(color=GREEN, size=9).encode(
        x=scale.x("value:Q"), x2=alt.datum(0)
    ))  # fmt: skip
    for field, there in (("low", _interval), ("nation", _tick)):
        if any(row[field] is not None for row in rows):
            layers += there(base.transform_filter(f"isValid(datum.{field})"), scale)
    layers.append(texts(rows, 0))
    layers.append(texts([{**row, "text": row["figure"]} for row in rows], WIDE - FIGURES + 12, fontWeight=600))
    of_all = [{**row, "text": bar.nation_text} for row, bar in zip(rows, chart.bars, strict=True) if bar.nation_text]
    layers.append(texts(of_all, WIDE, SMALL, align="right", color=WARM))
    return svg(layers, bottom + FOOT)


def _interval(base: Any, scale: Scale) -> list[Any]:
    """Light around it, so that it is seen on the bar too."""
    return [
        base.mark_rule(color=colour, strokeWidth=width).encode(x=scale.x("low:Q"), x2="high:Q")
        for colour, width in (("white", 3.4), (INK, 1.3))
    ]


def _tick(base: Any, scale: Scale) -> list[Any]:
    return [
        base.mark_tick(color=colour, thickness=width, size=14, orient="vertical", opacity=1).encode(
            x=scale.x("nation:Q")
        )
        for colour, width in (("white", 4.4), (WARM, 2.2))
    ]


def dots(chart: Chart, say: Words) -> str:
    """Each place a dot on a thin line from Denmark's, many in two columns; few people have none."""
    many = len(chart.bars) > MANY
    half = -(-len(chart.bars) // 2) if many else len(chart.bars)
    pitch = PITCH if many else ROW
    wide = (WIDE - BETWEEN) / 2 if many else WIDE
    upper = 16.0  # what the line says stands above it
    bottom = upper + half * pitch
    layers: list[Any] = []
    for number, column in enumerate((chart.bars[:half], chart.bars[half:]) if many else (chart.bars,)):
        left = number * (wide + BETWEEN)
        rows = [{**_datum(bar), "y": upper + pitch * (place + 0.5)} for place, bar in enumerate(column)]
        names = NAMES if many else LABELS
        scale = Scale(left + names, wide - names - RATES, ticks(chart.most))
        layers.append(_band(rows, left, left + wide))
        layers += scale.ruler(upper, bottom, say)
        layers += _whole(chart, scale, (upper, bottom))
        layers += _column(rows, scale, (left, left + wide), DENSE if many else PLAIN)
    return svg(layers, bottom + FOOT)


def _band(rows: Sequence[Datum], left: float, right: float) -> Any:
    """Behind the place that is compared."""
    there = rows_of(rows).transform_filter("datum.stands_out").encode(y=at())
    return there.mark_bar(color=TINT, size=12).encode(x=alt.value(left - 3), x2=alt.value(right + 3))


def _whole(chart: Chart, scale: Scale, ends: tuple[float, float]) -> list[Any]:
    """Denmark's line, and above it what it says."""
    nation, (top, bottom) = chart.bars[0].nation, ends
    if nation is None:
        return []
    told = rows_of([{"nation": nation, "text": chart.line}])
    return [
        told.mark_rule(color=WARM, strokeWidth=1.2, strokeDash=[4, 2.5]).encode(
            x=scale.x("nation:Q"), y=alt.value(top), y2=alt.value(bottom)
        ),
        told.mark_text(color=WARM, fontSize=SMALL, fontWeight=600, baseline="middle").encode(
            x=scale.x("nation:Q"), y=alt.value(top - 9), text="text:N"
        ),
    ]


def _column(rows: Sequence[Datum], scale: Scale, sides: tuple[float, float], size: float) -> list[Any]:
    left, right = sides
    shown = rows_of(rows).encode(y=at()).transform_filter("isValid(datum.value)")
    layers = []
    if rows[0]["nation"] is not None:
        layers.append(shown.mark_rule(color=PALE, strokeWidth=1).encode(x=scale.x("value:Q"), x2="nation:Q"))
    for out, colour, shape, area in ((False, GREEN, "circle", 30), (True, WARM, "diamond", 80)):
        layers.append(
            shown.transform_filter(f"datum.stands_out === {str(out).lower()}")
            .mark_point(filled=True, opacity=1, color=colour, shape=shape, size=area)
            .encode(x=scale.x("value:Q"))
        )
        here = [row for row in rows if row["stands_out"] is out]
        looks: dict[str, Any] = {"fontWeight": 700, "color": WARM} if out else {}
        figures = {"fontWeight": 600, **looks, "align": "right"}
        layers.append(texts([{**row, "text": row["label"]} for row in here], left, size, **looks))
        layers.append(texts([{**row, "text": row["figure"]} for row in here], right, size, **figures))
    return layers


def trend(one: Trend, say: Words) -> str:
    """A line for each group, named at its end; a gap where few people are. Figures stand outside of the lines."""
    upward = ticks(max((value for line in one.lines for value in _known(line)), default=1))
    bottom = 14.0 + TALL

    def down(value: float) -> float:
        return bottom - TALL * value / upward[-1]

    years = one.lines[0].years
    step = (WIDE - AXIS - ENDS - 40) / max(len(years) - 1, 1)
    across = {year: AXIS + 20 + step * place for place, year in enumerate(years)}
    layers = [
        rows_of([{"y": down(tick)} for tick in upward]).mark_rule(color=RULE, strokeWidth=0.6).encode(
            x=alt.value(AXIS), x2=alt.value(WIDE - ENDS), y=at()
        ),
        texts(
            [{"y": down(tick), "text": figure(tick, say)} for tick in upward], AXIS - 8, SMALL,
            align="right", color=SOFT,
        ),
        *(
            texts([{"y": bottom + 14, "text": str(year)}], x, PLAIN, align="center", color=SOFT)
            for year, x in across.items()
        ),
    ]  # fmt: skip
    looks = list(zip(one.lines, (GREEN, WARM), ([1, 0], [5, 3]), strict=False))
    for line, colour, dash in looks:
        points = [
            {"x": across[year], "y": down(value), "run": line.values[:place].count(None)}
            for place, (year, value) in enumerate(zip(line.years, line.values, strict=True)) if value is not None
        ]  # fmt: skip
        base = rows_of(points).encode(x=alt.X("x:Q", scale=None, axis=None), y=at())
        layers.append(base.mark_line(color=colour, strokeWidth=2, strokeDash=dash).encode(detail="run:N"))
        layers.append(base.mark_point(color=colour, filled=True, opacity=1, size=36))
    for line, colour, _ in looks:
        layers += _beside_points(line, one.lines, colour, across, down, say)
    ended = [(line, colour, _known(line)[-1]) for line, colour, _ in looks if _known(line)]
    places = apart([down(value) for *_, value in ended], LINE + 2)
    layers += [
        texts([{"y": y, "text": f"{line.label} {say.number(value)}"}], WIDE - ENDS + 2, color=colour, fontWeight=600)
        for (line, colour, value), y in zip(ended, places, strict=True)
    ]  # fmt: skip
    return svg(layers, bottom + YEARS)


def _beside_points(
    line: Line,
    lines: Sequence[Line],
    colour: str,
    across: dict[int, float],
    down: Callable[[float], float],
    say: Words,
) -> list[Any]:
    """The larger figure of a year above its point, the other below; the last stands with the line's name."""
    known = [place for place, value in enumerate(line.values) if value is not None]
    found: list[Any] = []
    for place in known[:-1]:
        value = line.values[place] or 0.0
        others = [other.values[place] or 0.0 for other in lines if other is not line]
        above = all(value > other for other in others) or (line is lines[0] and value in others)
        spot = {"y": down(value) + (-10 if above else 11), "text": say.number(value)}
        found += [
            texts([spot], across[line.years[place]], SMALL, align="center", color=colour, **around)
            for around in ({"stroke": "white", "strokeWidth": 3}, {})
        ]
    return found


def _datum(bar: Bar) -> Datum:
    return {
        "label": bar.label, "value": bar.value, "figure": bar.text, "nation": bar.nation, "low": bar.low,
        "high": bar.high, "stands_out": bar.stands_out,
    }  # fmt: skip


def _known(line: Line) -> list[float]:
    return [value for value in line.values if value is not None]


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, LETTERS, break_on_hyphens=False))


DRAWN = {"bars": bars, "dots": dots}
