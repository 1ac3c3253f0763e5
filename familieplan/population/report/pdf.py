"""The report on paper: A4, tagged (PDF/UA-1); every plot also in words."""

from dataclasses import asdict
from importlib.resources import files

from familieplan.population import paper
from familieplan.population.report.parts import Chart, Trend
from familieplan.population.report.plots import DRAWN, MANY, trend
from familieplan.population.report.sections import Report
from familieplan.population.report.telling import changes, definitions, foot, grids, remarks, spelled


def drawn(report: Report) -> dict[str, str]:
    """Every plot as SVG, by its id."""
    plots = {chart.id: DRAWN[chart.kind](chart, report.say) for chart in report.charts}
    if report.trend:
        plots[report.trend.id] = trend(report.trend, report.say)
    return plots


def render(report: Report, plots: dict[str, str]) -> bytes:
    say = report.say
    trends = [report.trend] if report.trend else []
    parts: list[Chart | Trend] = [*trends, *report.charts]
    template = files("familieplan.population.report").joinpath("report.typ").read_text("utf-8")
    return paper.pdf(template, {
        "lang": say.language,
        "title": report.title,
        "kicker": say("Population analysis"),
        "lead": say("How many families, where, and what they live with – counted in registers, never by name."),
        "remarks": list(remarks(report)),
        "figures": [asdict(figure) for figure in report.figures],
        "plots": [
            _plot(report, part, plots[part.id])
            for part in parts
        ],
        "grids": [asdict(grid) for grid in grids(report)],
        "marked": report.where if report.findings.focus else None,
        "definitions": definitions(report),
        "definitions_header": [say("Definition"), say("Variant"), say("Source"), say("File and hash"), ""],
        "spelled": spelled(report),
        "changes": changes(report),
        "changes_header": [say("Definition"), say("What"), say("As shipped"), say("Here")],
        "foot": foot(report),
        "words": {
            "definitions": say("Definitions"), "changes": say("What was changed in them"),
            "read_with": say("Read it with this in mind")},
    })  # fmt: skip


def _plot(report: Report, part: Chart | Trend, svg: str) -> dict[str, object]:
    note = f"{part.note} {report.legend(part)}"
    said = f"{part.title}. {note} {part.said}"
    whole_page = isinstance(part, Chart) and len(part.bars) > MANY
    return {"title": part.title, "note": note, "said": said, "svg": svg, "whole_page": whole_page}
