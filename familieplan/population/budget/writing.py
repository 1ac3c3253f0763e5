"""The potential as files: PDF to read, CSV and Parquet to work on with; whole or not there."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from familieplan.population.budget import pdf
from familieplan.population.budget.remarks import foot
from familieplan.population.budget.sheet import Sheet
from familieplan.population.results import folder, quoted

CELLS = (
    *("year", "area", "payer", "person", "what"),
    *("benefit", "cost", "net", "discount_factor", "present_value", "cost_given"),
)
UNKNOWN = ("cost", "net")  # empty where nobody has said what the effort costs
BARS = ("figure", "label", "potential_20_percent_lower", "potential_20_percent_higher", "met_its_limit")
FIGURES = ("key", "value", "low", "high", "source", "source_year", "owner", "kind")


def write(out: Path, sheet: Sheet) -> None:
    potential = sheet.potential
    costed = potential.costed
    cells = [
        (
            one.year, one.area, one.payer, one.person, one.what, one.benefit,
            *((one.cost, one.net) if costed else (None, None)), one.factor, one.present, costed,
        )
        for one in potential.cells
    ]  # fmt: skip
    bars = [(bar.key, bar.label.in_(sheet.say.language), bar.lower, bar.higher, bar.capped) for bar in sheet.bars]
    with folder(out) as into:
        table(into / "potential", CELLS, cells, UNKNOWN)
        table(into / "tornado", BARS, bars)
        table(into / "figures", FIGURES, _figures(sheet))
        (into / "potential.pdf").write_bytes(pdf.render(sheet))
        (into / "about.json").write_text(json.dumps(_about(sheet), indent=2, ensure_ascii=False) + "\n", "utf-8")


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[str] = ()) -> None:
    """PATH.csv, and from it PATH.parquet. `numbers`: columns that are numbers when all of them are empty, too."""
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    with duckdb.connect(":memory:") as connection:
        source, target = (quoted(str(path.with_suffix(suffix))) for suffix in (".csv", ".parquet"))
        types = f", types = {dict.fromkeys(numbers, 'DOUBLE')}" if numbers else ""
        connection.execute(f"COPY (FROM read_csv('{source}', header = true{types})) TO '{target}' (FORMAT parquet)")


def _figures(sheet: Sheet) -> Iterable[Sequence[object]]:
    parameters = sheet.potential.parameters
    for key, number in parameters.numbers.items():
        source = parameters.sources[number.source]
        series = [";".join(f"{one:g}" for one in values or ()) for values in (number.value, number.low, number.high)]
        yield key, *series, source.title, source.year, source.owner, source.kind


def _about(sheet: Sheet) -> dict[str, object]:
    case, parameters, within = sheet.potential.case, sheet.potential.parameters, sheet.range
    return {
        "what": foot(parameters, sheet.say),
        "parameters": {"name": parameters.name, "sha256": parameters.digest, "changed": parameters.changed},
        "case": {
            "parents": case.parents,
            "success": case.success,
            "anyway": case.anyway,
            "years": sheet.potential.years,
        },
        "potential": sheet.potential.net,
        "cost_of_the_effort": sheet.potential.cost if sheet.potential.costed else None,
        "net_of_costs": sheet.potential.costed,
        "range": {"p5": within.p5, "p50": within.p50, "p95": within.p95, "draws": within.draws, "seed": within.seed}
        if within
        else None,
    }
