"""From a folder of extracts to what may be shown: the analyses of every year, names of places and measures."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from familieplan.population.definitions.loading import load
from familieplan.population.definitions.model import Definition, Named
from familieplan.population.report.findings import Findings, Stamp, shown
from familieplan.population.results import Table, together
from familieplan.population.source import Source
from familieplan.population.trouble import Trouble

SHIPPED = {"target": "target_2022", "risk": "special_risk", "domains": "domains"}
NAMED = {"municipality": ("municipalities", "municipality"), "housing_area": ("housing_areas", "housing_area_id")}


@dataclass(frozen=True)
class Wish:
    """What a report is to be about. ``definitions``: files that take the place of shipped ones of their kind."""

    years: list[int]
    definitions: list[Path]
    variant: str | None = None
    focus: str = ""
    sampled: float | None = None


def gathered(source: Source, wish: Wish, told: Callable[[str], object] = lambda line: None) -> Findings:
    definitions = chosen(wish)
    places = dict(_places(source))
    if wish.focus and f"municipality/{wish.focus}" not in places:
        raise Trouble(
            "There is no municipality {focus} in the extracts. Write its code as municipalities has it.",
            focus=wish.focus,
        )
    counts = together(_tables(source, definitions, wish.years, told))
    told("what may be shown")
    return Findings(
        rows=shown(counts, _special_from(definitions)),
        labels=dict(_labels(definitions)),
        places=places,
        definitions=[_stamp(definition) for definition in definitions],
        focus=wish.focus,
        sampled=wish.sampled,
        invented=of_nobody(source.folder),
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
    source: Source, definitions: list[Definition], years: list[int], told: Callable[[str], object]
) -> Iterator[Table]:
    for year in years:
        for definition in definitions:
            told(f"{year}: {definition.label_en}")
            yield from import_module(f"familieplan.population.analysis.{definition.kind}").analyse(
                source, definition, year
            )


def _places(source: Source) -> Iterator[tuple[str, str]]:
    for level, (table, column) in NAMED.items():
        if source.find(table):
            for row in source.engine.rows(source.frame(table).select(column, "name")):
                yield f"{level}/{row[column]}", str(row["name"])


def _labels(definitions: Iterable[Definition]) -> Iterator[tuple[str, tuple[str, str]]]:
    for one in definitions:
        named: list[Named] = [*one.facts.values(), *one.sums, *one.domains, *one.types]
        yield from ((f"{one.kind}/{each.name}", (each.label_da, each.label_en)) for each in named)


def _special_from(definitions: Iterable[Definition]) -> int:
    return next(one.groups["mother"].at_least for one in definitions if one.kind == "risk")


def _stamp(one: Definition) -> Stamp:
    return Stamp(
        one.name, one.label_da, one.label_en, one.variant.label_da, one.variant.label_en, one.source, one.sha256,
        one.changed, one.changes,
    )  # fmt: skip


def of_nobody(folder: Path) -> bool:
    """Has `synthesise` made these people up?"""
    try:
        told = json.loads((folder / "about.json").read_text("utf-8"))
        return any(one.get("nobody") for one in told["definitions"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False
