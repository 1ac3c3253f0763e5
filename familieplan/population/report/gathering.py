"""From a folder of extracts to what may be shown: the analyses of every year, names of places and measures."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import narwhals as nw

from familieplan.population.definitions.loading import load
from familieplan.population.definitions.model import Definition, Named
from familieplan.population.faults.findings import Fault
from familieplan.population.progress import COUNTED
from familieplan.population.report.findings import Findings, Stamp
from familieplan.population.report.fives import OF_NOBODY, Fives, key_of, usual_key
from familieplan.population.report.focus import found, towns
from familieplan.population.report.shown import MANY, shown, whole_of
from familieplan.population.report.spelled import spelled
from familieplan.population.results import Table, together
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

SHIPPED = {"target": "target_2022", "risk": "special_risk", "domains": "domains"}
AREA = "housing_area_id"


@dataclass(frozen=True)
class Wish:
    """What a report is to be about. ``definitions``: files that take the place of shipped ones of their kind.
    ``focus``: code or name of a municipality.
    """

    years: list[int]
    definitions: list[Path]
    variant: str | None = None
    focus: str = ""
    sampled: float | None = None
    key: Path = field(default_factory=usual_key)


def gathered(
    source: Source, wish: Wish, despite: Iterable[Fault] = (), told: Callable[..., object] = lambda line, **_: None
) -> Findings:
    """``despite``: what `faults.refuse` let pass."""
    definitions = chosen(wish)
    focus = found(towns(source), wish.focus) if wish.focus else ""
    counts = together(_tables(source, definitions, wish.years, told))
    told("what may be shown")
    whole, invented = whole_of(counts), of_nobody(source.folder)
    if focus and whole not in MANY and focus != whole:
        name = towns(source).get(whole, whole)
        raise Trouble("These are the extracts of {whole}: they say nothing of another municipality.", whole=name)
    fives = Fives(OF_NOBODY if invented else key_of(wish.key))
    towns_of = _towns_of_areas(source)
    return Findings(
        rows=shown(counts, fives, towns_of),
        labels=dict(_labels(definitions)),
        places=dict(_places(source, towns_of)),
        definitions=[_stamp(definition) for definition in definitions],
        whole=whole,
        focus=focus if whole in MANY else whole,
        sampled=wish.sampled,
        invented=invented,
        despite=[(fault.told("da"), fault.told("en")) for fault in despite],
    )


def chosen(wish: Wish) -> list[Definition]:
    """One of each kind: the shipped, or yours of that kind. The variant is the target group's."""
    own: dict[str, Path] = {}
    for path in wish.definitions:
        kind = load(path).kind
        if kind in own:
            raise Trouble(
                "{first} and {path} both define the {kind}. A report holds to one.",
                first=own[kind],
                path=path,
                kind=kind,
            )
        own[kind] = path
    return [
        load(own.get(kind, Path(name)), wish.variant if kind == "target" else None) for kind, name in SHIPPED.items()
    ]


def _tables(
    source: Source, definitions: list[Definition], years: list[int], told: Callable[..., object]
) -> Iterator[Table]:
    for year in years:
        for definition in definitions:
            told(COUNTED[definition.kind], year=year)
            yield from import_module(f"familieplan.population.analysis.{definition.kind}").analyse(
                source, definition, year
            )


def _places(source: Source, towns_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`municipality/461` → its name; an area's says where it is: two towns have a Birkely."""
    towns, areas = (dict(_names(source, *of)) for of in (("municipalities", "municipality"), ("housing_areas", AREA)))
    yield from ((f"municipality/{town}", name) for town, name in towns.items())
    for area, town in towns_of.items():
        yield f"housing_area/{area}", f"{towns.get(town, town)}: {areas.get(area, area)}"


def _towns_of_areas(source: Source) -> dict[str, str]:
    """Housing area → the municipality it lies in."""
    of_areas = source.frame("addresses").filter(~nw.col(AREA).is_null()).group_by(AREA)
    rows = source.engine.rows(of_areas.agg(nw.col("municipality").min()))
    return {str(row[AREA]): str(row["municipality"]) for row in rows}


def _names(source: Source, table: str, column: str) -> Iterator[tuple[str, str]]:
    if source.find(table):
        for row in source.engine.rows(source.frame(table).select(column, "name")):
            yield str(row[column]), str(row["name"])


def _labels(definitions: Iterable[Definition]) -> Iterator[tuple[str, tuple[str, str]]]:
    for one in definitions:
        named: list[Named] = [*one.facts.values(), *one.sums, *one.domains, *one.types]
        yield from ((f"{one.kind}/{each.name}", (each.label_da, each.label_en)) for each in named)


def _stamp(one: Definition) -> Stamp:
    return Stamp(
        one.name, one.label_da, one.label_en, one.variant.label_da, one.variant.label_en, one.source, one.sha256,
        one.changed, one.variant.name, tuple(zip(*(spelled(one, Words(each)) for each in ("da", "en")), strict=True)),
        one.changes,
    )  # fmt: skip


def of_nobody(folder: Path) -> bool:
    """Has `synthesise` made these people up?"""
    try:
        told = json.loads((folder / "about.json").read_text("utf-8"))
        return any(one.get("nobody") for one in told["definitions"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False
