"""What is printed can be read: letters of a size, nothing on top of another, pages that are full."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import typst

from familieplan.population import paper
from familieplan.population.report import drawing, pdf, plots
from familieplan.population.report.findings import read
from familieplan.population.report.parts import Bar, Chart, Line, Trend
from familieplan.population.report.sections import Report
from familieplan.population.words import Words

EXAMPLE, PAGES = Path(pdf.__file__).parent / "example", 8
EN, DA = Words("en"), Words("da")
BARE = {"told": json.dumps({"title": "x", "lang": "da", "foot": ""})}
TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")


def places(number: int = 98, few: int = 10) -> Chart:
    """The last of them with few people; number 40 is the one that is compared."""
    shown = number - few
    bars = [
        Bar(f"Place {one}", 40 - one / 4 if one < shown else None, str(one) if one < shown else "0–4", 21.6,
            stands_out=one == 40)
        for one in range(number)
    ]  # fmt: skip
    return Chart("places", "dots", "", "", "‰", bars, "", "Danmark 21,6")


def trend(*values: list[float | None]) -> Trend:
    lines = [Line(label, [2020, 2021, 2022], one) for label, one in zip(("Children", "Parents"), values, strict=True)]
    return Trend("trend", "", "", lines, "")


def written(svg: str) -> list[tuple[str, float, float, float]]:
    """What, where to the right and down, in letters of which size."""
    found = []
    for looks, text in TEXT.findall(svg):
        x, y = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", looks).groups()  # type: ignore[union-attr]
        size = re.search(r'font-size="([\d.]+)px"', looks).group(1)  # type: ignore[union-attr]
        found.append((text, float(x), float(y), float(size)))
    return found


def bars(*labels: str) -> Chart:
    return Chart("x", "bars", "", "", "%", [Bar(one, 41.8, "41.8 %", 60.0, "60 %") for one in labels], "")


def test_letters_are_eight_points_or_more_on_paper() -> None:
    source = "#context [#metadata((page.width - page.margin.left.length - page.margin.right.length).pt())<wide>]"
    across = typst.query((paper.style() + source).encode(), "<wide>", field="value", one=True, sys_inputs=BARE)
    scale = float(json.loads(across)) / drawing.WIDE
    for svg in (plots.dots(places(), DA), plots.bars(bars("Placed"), DA), plots.trend(trend([1, 2, 3], [3, 2, 1]), DA)):
        assert float(re.search(r' width="([\d.]+)"', svg).group(1)) == drawing.WIDE  # type: ignore[union-attr]
        assert min(size for *_, size in written(svg)) * scale >= 8


def test_a_hundred_places_stand_in_two_columns_on_one_page() -> None:
    svg = plots.dots(places(), EN)
    names = [(x, y) for text, x, y, _ in written(svg) if text.startswith("Place")]
    columns = sorted({x for x, _ in names})
    assert len(columns) == 2
    for column in columns:
        down = sorted(y for x, y in names if x == column)
        assert len(down) == 49
        assert min(low - high for high, low in pairwise(down)) >= 12
    assert float(re.search(r'height="([\d.]+)"', svg).group(1)) < 700  # type: ignore[union-attr]


def test_the_place_and_denmark_stand_out_and_few_people_have_no_dot() -> None:
    svg = plots.dots(places(), DA)
    assert [looks for looks, text in TEXT.findall(svg) if text == "Place 40" and 'font-weight="700"' in looks]
    assert not [looks for looks, text in TEXT.findall(svg) if text == "Place 41" and 'font-weight="700"' in looks]
    assert [text for text, *_ in written(svg)].count("Danmark 21,6") == 2
    assert [text for text, *_ in written(svg)].count("0–4") == 10
    assert svg.count('aria-roledescription="point"') == 88


def test_no_label_is_longer_than_its_room() -> None:
    """A letter of IBM Plex is 4.4 points wide at nine, over the labels there are."""
    long = "Mors boligforhold: SFI's, eller i et udsat boligområde i kommunen"
    svg = plots.bars(bars(long, "Anbragt"), DA)
    lines = [(text, y) for text, x, y, _ in written(svg) if x == 0]
    assert len(lines) == 3
    assert max(len(text) for text, _ in lines) * 4.4 < plots.LABELS
    assert min(low - high for (_, high), (_, low) in pairwise(sorted(lines, key=lambda line: line[1]))) >= 11


@pytest.mark.parametrize("last", [100.0, 101.0, 110.0, 140.0])
def test_names_at_the_ends_of_lines_do_not_meet(last: float) -> None:
    ends = [y for text, _, y, _ in written(plots.trend(trend([90, 95, 100], [140, 120, last]), EN)) if " 1" in text]
    assert len(ends) == 2
    assert abs(ends[0] - ends[1]) >= 13


def test_what_is_far_apart_stays_where_it_is() -> None:
    assert drawing.apart([50, 10], 13) == [50, 10]
    assert drawing.apart([10, 10, 40], 12) == [4, 16, 40]
    assert drawing.apart([20, 10, 21], 12) == [17, 5, 29]


def test_a_year_with_few_people_is_a_gap() -> None:
    def strokes(svg: str) -> list[str]:
        return re.findall(r'aria-roledescription="line mark"[^>]* d="([^"]*)"', svg)

    whole, gap = (strokes(plots.trend(trend([90, middle, 100], [1, 2, 3]), EN)) for middle in (95, None))
    assert [path.count("L") for path in whole] == [2, 2]
    assert [path.count("L") for path in gap] == [0, 0, 2]


def test_scales_end_at_round_figures() -> None:
    assert drawing.ticks(63) == (0, 20, 40, 60, 80)
    assert drawing.ticks(50) == (0, 10, 20, 30, 40, 50)
    assert drawing.ticks(0) == (0, 0.2)
    assert [drawing.figure(tick, DA) for tick in drawing.ticks(0.7)] == ["0", "0,2", "0,4", "0,6", "0,8"]
    assert drawing.figure(2500, DA) == "2.500"


def test_a_number_and_its_unit_stay_on_a_line() -> None:
    assert paper.tied("41,8 pct. af 3,4 mio. kr.") == "41,8\u00a0pct. af 3,4\u00a0mio.\u00a0kr."
    assert paper.tied("§ 2.1.2, s. 12: Denmark, 2022") == "§\u00a02.1.2, s.\u00a012: Denmark,\u00a02022"
    assert paper.tied("5 krav, 40 procent, ved. 12") == "5 krav, 40 procent, ved. 12"


@pytest.mark.parametrize("before", [0, 301, 640, 652])
@pytest.mark.parametrize("rows", [3, 46, 47, 48, 49, 94, 95, 96])
def test_no_row_of_a_table_stands_alone(rows: int, before: int) -> None:
    """Three rows or more on the first page and on the last."""
    template = f"""#v({before}pt)
#let all = range({rows}).map(one => ([#one #context [#metadata(here().page())<row>]], [1]))
#settled([== By place], sheet(([Place], [Number]), ()), sheet(([Place], [Number]), all), {rows})
#sheet(([Place], [Number]), all)"""
    document = (paper.style() + template).encode()
    found = json.loads(typst.query(document, "<row>", field="value", sys_inputs=BARE))
    on = [found.count(page) for page in sorted(set(found))]
    assert len(found) == rows
    assert min(on[0], on[-1]) >= 3


def test_figures_in_large_letters_stand_in_line() -> None:
    """Whether what is said above and below them takes a line or two."""
    template = """#let value = [#context [#metadata(here().position().y.pt())<down>]]
#figures((
  (label: "Parents", note: "of all"),
  (label: "Children and young people who are in the target group", note: "7.5 of 1,000"),
  (label: "Paid back", note: "from then on the benefits outweigh all of the costs that there were"),
).map(one => (..one, value: value)))"""
    found = typst.query((paper.style() + template).encode(), "<down>", field="value", sys_inputs=BARE)
    assert len(set(json.loads(found))) == 1
    assert len(json.loads(found)) == 3


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_report_of_all_municipalities_has_no_empty_pages(language: str) -> None:
    """The shipped example: six plots on three pages, a page for each plot of places, the tables."""
    report = Report(read(EXAMPLE / "findings.json"), Words(language))
    document = pdf.render(report, pdf.drawn(report))
    assert max(map(int, re.findall(rb"/Count (\d+)", document))) == PAGES


def test_the_place_stands_out_in_the_table() -> None:
    rows = '(("Morland", "5"), ("Solby", "0–4"), ("Nørre Morland", "10"))'
    for marked, strong in (('"Morland"', ["Morland", "5"]), ("none", [])):
        source = f'#sheet(("Place", "Number"), {rows}, marked: {marked})'
        found = typst.query((paper.style() + source).encode(), "strong", field="body", sys_inputs=BARE)
        assert [one["text"] for one in json.loads(found)] == strong
