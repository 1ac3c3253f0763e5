"""The potential on paper: A4, tagged (PDF/UA-1), with every figure it rests on."""

from dataclasses import asdict
from importlib.resources import files

from familieplan.population import paper
from familieplan.population.budget.remarks import assumptions, foot, remarks, sources
from familieplan.population.budget.sheet import Sheet


def render(sheet: Sheet) -> bytes:
    say, parameters = sheet.say, sheet.potential.parameters
    never_alone, *further = remarks(sheet.potential, say)
    template = files("familieplan.population.budget").joinpath("budget.typ").read_text("utf-8")
    return paper.pdf(template, {
        "lang": say.language,
        "title": sheet.title,
        "kicker": say("Budget potential"),
        "label": parameters.label.in_(say.language),
        "never_alone": never_alone,
        "remarks": further,
        "question": [list(pair) for pair in sheet.question],
        "figures": [asdict(figure) for figure in sheet.figures],
        "grids": [asdict(grid) for grid in sheet.grids],
        "swings": [asdict(swing) for swing in sheet.swings],
        "range": [list(pair) for pair in sheet.range_rows],
        "fits": sheet.fits,
        "assumptions": list(assumptions(parameters, say)),
        "sources": sources(parameters, say),
        "foot": foot(parameters, say),
        "words": words(sheet),
    })  # fmt: skip


def words(sheet: Sheet) -> dict[str, object]:
    say = sheet.say
    return {
        "question": say("What was asked"),
        "tornado": say("What hangs on what"),
        "tornado_note": say(
            "The potential in 1,000 kr. when one figure is 20 % lower or higher and the others stay. The line is the "
            "potential itself, {net}. 20 % more units or a price 20 % higher is the same.",
            net=say.thousands(sheet.potential.net),
        ),
        "capped": say("* The figure met its limit (100 %) before 20 %.") if sheet.has_capped else "",
        "tornado_header": [say("Figure"), "", say("20 % lower"), say("20 % higher")],
        "range": say("How far off it may be"),
        "fit": say("The fit to the published sums"),
        "fit_header": [say("Published"), say("Ours, kr."), ""],
        "fit_note": say("Plain sums, when all come into work and none would have anyway."),
        "figures": say("Every figure behind this"),
        "figures_header": [say("Figure"), "", say("Value"), say("Low"), say("High"), say("Source")],
        "sources": say("Sources"),
        "sources_header": [say("No."), say("Source"), say("Year"), say("Owner"), say("Kind")],
    }
