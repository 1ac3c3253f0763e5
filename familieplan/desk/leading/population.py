"""The leaders' page on the whole population: what `population report` found, in fives. No person is in it.

The municipality names the report's folder by POPULATION_REPORT; without it the shipped example of invented people is
shown, and said to be one.
"""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from familieplan.people.guards import role_or_404
from familieplan.population.report.findings import Findings, read
from familieplan.population.report.parts import Chart
from familieplan.population.report.sections import Report
from familieplan.population.report.telling import definitions, foot, grids, remarks, spelled
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

PAGE = "desk/leading/population.html"
# All of invented Denmark: `population synthesise --scale 1 --seed 1`, then `population report --year 2022 --place 461`.
EXAMPLE = Path(str(files("familieplan.population.report"))) / "example" / "findings.json"


@require_GET
def population(request: HttpRequest) -> HttpResponse:
    """Aggregates only: there is no way from here to a family."""
    role_or_404(request, "leader")
    say = Words(translation.get_language() or "")
    try:
        report = Report(found(), say)
    except Trouble as trouble:
        return render(request, PAGE, {"report": None, "trouble": trouble.said(say)})
    return render(request, PAGE, {
        "report": report,
        "trouble": "",
        "is_example": not settings.POPULATION_REPORT,
        "remarks": list(remarks(report)),
        "charts": report.charts,
        "trends": by_year(report),
        "grids": grids(report),
        "definitions": definitions(report),
        "spelled": dict(spelled(report)),
        "foot": foot(report),
        "has_paper": paper().is_file(),
    })  # fmt: skip


@require_GET
def population_pdf(request: HttpRequest) -> HttpResponse:
    """The paper of the same folder, as the command has written it."""
    role_or_404(request, "leader")
    if not paper().is_file():
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{_("population")}.pdf"'}
    return HttpResponse(paper().read_bytes(), content_type="application/pdf", headers=headers)


def found() -> Findings:
    path = Path(settings.POPULATION_REPORT) / "findings.json" if settings.POPULATION_REPORT else EXAMPLE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as problem:
        raise Trouble("{path} is not what `population report` writes as findings.json.", path=path.name) from problem


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Findings:
    """Once for each version of the file."""
    return read(path)


def paper() -> Path:
    return (Path(settings.POPULATION_REPORT) if settings.POPULATION_REPORT else EXAMPLE.parent) / "report.pdf"


def by_year(report: Report) -> list[Chart]:
    """The trend as bars, a chart for each line of it: readable on a phone, and in words."""
    trend = report.trend
    if trend is None:
        return []
    return [
        Chart(f"trend-{number}", "bars", f"{trend.title}: {line.label}", trend.note, "", report.bars_of(line), "")
        for number, line in enumerate(trend.lines)
    ]
