"""Plots as SVG by altair, drawn without a browser: bars with the nation's tick, dots by municipality, a trend.

Told apart by shape and lightness as well as by colour. The labels are real text; IBM Plex where it is at hand.
"""

import textwrap
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from familieplan.population import paper
from familieplan.population.report.parts import Chart, Line, Trend
from familieplan.population.words import Words

INK, SOFT, RULE, GREEN, PALE, WARM = "#2b2320", "#655850", "#ddd2c6", "#1f5c57", "#9dbfba", "#a3421d"
BESIDE, ACROSS, AFTER = 256, 264, 90  # labels, the plot itself, room for figures: every plot is equally wide
LETTERS = 46  # of a label on a line; a longer one takes two
ROW, DENSE = 24, 8.2  # a hundred places on a page


@cache
def _fonts() -> None:
    found = paper.fonts()
    if found:
        vl_convert.register_font_directory(str(found))


def bars(chart: Chart, say: Words) -> str:
    rows = [
        {
            "label": _wrapped(bar.label),
            "value": bar.value,
            "text": bar.text,
            "nation": bar.nation,
            "low": bar.low,
            "high": bar.high,
        }
        for bar in chart.bars
    ]
    order = [_wrapped(bar.label) for bar in chart.bars]
    base = _chart(rows).encode(y=alt.Y("label:N", sort=order, title=None, axis=_labels()))
    scale = alt.Scale(domain=[0, chart.most], nice=True)
    layers: list[Any] = [
        base.mark_bar(color=GREEN, height=13, cornerRadiusEnd=2).encode(
            x=alt.X("value:Q", scale=scale, title=None, axis=_figures(say("{share} %", share="")))
        )
    ]
    if any(bar.low is not None for bar in chart.bars):
        layers.append(base.mark_rule(color=INK, strokeWidth=1.4).encode(x="low:Q", x2="high:Q"))
    if any(bar.nation is not None for bar in chart.bars):
        layers.append(base.mark_tick(color=WARM, thickness=3, size=21).encode(x="nation:Q"))
    layers.append(_beside(base, 11))
    return _svg(alt.layer(*layers), height=ROW * len(rows))


def dots(chart: Chart, say: Words) -> str:
    """Each place a dot on a thin line from Denmark's; few people have none."""
    rows = [
        {"label": bar.label, "value": bar.value, "nation": bar.nation, "stands_out": bar.stands_out, "text": bar.text}
        for bar in chart.bars
    ]
    order = [bar.label for bar in chart.bars]
    dense = len(rows) > 40
    size = 7 if dense else 11
    base = _chart(rows).encode(y=alt.Y("label:N", sort=order, title=None, axis=_labels(size)))
    shown = base.transform_filter("isValid(datum.value)")
    x = alt.X("value:Q", title=None, axis=_figures(), scale=alt.Scale(domain=[0, chart.most * 1.05], nice=True))
    colour = alt.condition("datum.stands_out", alt.value(WARM), alt.value(GREEN))
    layers: list[Any] = [
        shown.mark_rule(color=PALE, strokeWidth=1).encode(x=x, x2="nation:Q"),
        shown.mark_point(filled=True, opacity=1).encode(
            x=x, color=colour, shape=alt.condition("datum.stands_out", alt.value("diamond"), alt.value("circle")),
            size=alt.condition("datum.stands_out", alt.value(130), alt.value(34 if dense else 70)),
        ),
        _beside(base, size),
    ]  # fmt: skip
    if chart.bars[0].nation is not None:
        line = _chart([{"nation": chart.bars[0].nation}]).encode(x="nation:Q")
        layers.insert(0, line.mark_rule(color=WARM, strokeWidth=1.6, strokeDash=[5, 3]))
    return _svg(alt.layer(*layers), height=(DENSE if dense else ROW) * len(rows))


def trend(one: Trend, say: Words) -> str:
    """A line for each group, named at its end; a gap where few people are. Figures stand outside of the lines."""
    upper = max(one.lines, key=lambda line: sum(_known(line)))
    rows = [
        {"year": str(year), "value": value, "label": line.label, "text": say.number(value), "above": line is upper}
        for line in one.lines for year, value in zip(line.years, line.values, strict=True) if value is not None
    ]  # fmt: skip
    ends = [{**_end(line), "above": line is upper} for line in one.lines if _known(line)]
    labels = [line.label for line in one.lines]
    colour = alt.Color("label:N", legend=None, scale=alt.Scale(domain=labels, range=[GREEN, WARM][: len(labels)]))
    x = alt.X(
        "year:O",
        title=None,
        axis=alt.Axis(labelAngle=0, labelFontSize=11, labelColor=SOFT, domainColor=RULE, ticks=False, labelPadding=8),
    )
    y = alt.Y("value:Q", title=None, axis=_upward(say), scale=alt.Scale(zero=True, nice=True))
    dashes = alt.Scale(domain=labels, range=[[1, 0], [6, 3]])
    base = _chart(rows).encode(x=x, y=y, color=colour)
    layers = [
        base.mark_line(strokeWidth=2.5).encode(strokeDash=alt.StrokeDash("label:N", legend=None, scale=dashes)),
        base.mark_point(filled=True, size=60, opacity=1),
        *(
            base.mark_text(dy=aside, fontSize=10).encode(text="text:N").transform_filter(where)
            for where, aside in (("datum.above", -12), ("!datum.above", 14))
        ),
        *(
            _chart(ends).mark_text(align="left", dx=12, dy=aside, fontSize=12, fontWeight=600).encode(
                x="year:O", y="value:Q", text="label:N", color=colour
            ).transform_filter(where)
            for where, aside in (("datum.above", -5), ("!datum.above", 5))
        ),
    ]  # fmt: skip
    return _svg(alt.layer(*layers), height=170)


def _chart(rows: list[dict[str, Any]]) -> Any:
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def _beside(base: Any, size: int) -> Any:
    """The figures in a column of their own."""
    figures = base.mark_text(align="left", dx=10, fontSize=size, fontWeight=600, color=INK)
    return figures.encode(x=alt.value(ACROSS), text="text:N")


def _known(line: Line) -> list[float]:
    return [value for value in line.values if value is not None]


def _end(line: Line) -> dict[str, object]:
    year, value = [(year, value) for year, value in zip(line.years, line.values, strict=True) if value is not None][-1]
    return {"year": str(year), "value": value, "label": line.label}


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, LETTERS))


def _labels(size: int = 11) -> Any:
    return alt.Axis(
        labelExpr="split(datum.label, '\\n')", labelLimit=BESIDE - 12, labelFontSize=size, labelLineHeight=size + 1,
        labelColor=INK, domain=False, ticks=False, labelPadding=8,
        minExtent=BESIDE, maxExtent=BESIDE,
    )  # fmt: skip


def _figures(unit: str = "") -> Any:
    return alt.Axis(
        labelExpr=f"datum.label + '{unit}'", labelFontSize=10, labelColor=SOFT, grid=True,
        gridColor=RULE, gridOpacity=0.7, domain=False, ticks=False, tickCount=4,
    )  # fmt: skip


def _upward(say: Words) -> Any:
    """Thousands as the language parts them."""
    english = "format(datum.value, ',')"
    written = f"replace({english}, /,/g, '.')" if say.language == "da" else english
    return alt.Axis(
        labelExpr=written, labelFontSize=10, labelColor=SOFT, gridColor=RULE, gridOpacity=0.7, domain=False,
        ticks=False, tickCount=4, minExtent=BESIDE, maxExtent=BESIDE,
    )  # fmt: skip


def _svg(chart: Any, height: float) -> str:
    _fonts()
    room = {"left": 0, "top": 8, "bottom": 4, "right": AFTER}
    whole = chart.properties(width=ACROSS, height=height, padding=room, autosize=alt.AutoSizeParams(type="pad"))
    whole = whole.configure(font="IBM Plex Sans").configure_view(stroke=None)
    drawn: str = vl_convert.vegalite_to_svg(whole.to_json())
    return drawn


DRAWN = {"bars": bars, "dots": dots}
