"""Mistakes put into a copy of the definitions and of the analysis: each makes a difference to the naive account."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from familieplan.population.definitions.loading import load, shipped
from familieplan.population.definitions.model import Definition
from tests.population import telling
from tests.population.telling import ANALYSIS, Analysis, Town, same

OURS = Path(str(importlib.import_module(ANALYSIS).__file__)).parent
COPY = "planted_analysis"
DEFINITIONS = {
    "children to 17": ("target_2022", "ages = [0, 23]", "ages = [0, 17]"),
    "children to 24": ("target_2022", "ages = [0, 23]", "ages = [0, 24]"),
    "parents from 17": ("target_2022", "ages = [18]", "ages = [17]"),
    "anybody on cash assistance": ("target_2022", ', readiness = ["activity"]', ""),
    "no resource course": ("target_2022", '["disability_pension", "resource_course"] }', '["disability_pension"] }'),
    "fines are sentences": ("target_2022", 'outcome = ["prison", "suspended"], ', ""),
    "any diagnosis": (
        "target_2022",
        'table = "psychiatry", where = { diagnosis = { starts_with = ["F"] } }',
        'table = "psychiatry"',
    ),
    "relief is help at home": ("target_2022", '{ measure = ["home_based"] }', '{ measure = ["home_based", "relief"] }'),
    "placed at the end of the year": (
        "target_2022",
        '{ table = "placements", window = "in_year" }',
        '{ table = "placements", window = "on_date" }',
    ),
    "any victim": ("target_2022", '{ table = "victims", where = { offence = ["violence"] }, ', '{ table = "victims", '),
    "crime from 21 only": ("target_2022", "ages = [15, 23]", "ages = [21, 23]"),
    "not in prison": ("target_2022", 'window = "in_year", period = "served"', 'window = "in_year"'),
    "employed at any time": (
        "target_2022",
        'where = { state = ["employed"] }, window = "on_date"',
        'where = { state = ["employed"] }, window = "in_year"',
    ),
    "placed children at home": ("target_2022", 'without = ["placed"]', "without = []"),
    "risk from two factors": ("special_risk", "at_least = 3", "at_least = 2"),
    "risk of the 18-year-old": ("special_risk", "ages = [0, 17]", "ages = [0, 18]"),
    "no education assistance": ("special_risk", '"education_assistance", ', ""),
    "vocational is basic": ("special_risk", '"vocational", ', ""),
    "traffic is crime": ("special_risk", '"drugs", "other"]', '"drugs", "traffic", "other"]'),
    "sound flats": ("special_risk", '["private_rental"], defects = [true]', '["private_rental"]'),
    "four years of treatment": ("domains", "years = 5", "years = 4"),
    "placed are at home": ("domains", 'without = ["placed"]', "without = []"),
    "five are all": ("domains", "at_least = 6", "at_least = 5"),
    "no defects": ("domains", '    { table = "homes", where = { defects = [true] }, window = "on_date" },\n', ""),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    yield from telling.built(tmp_path_factory.mktemp("planted"), 6_000, 5)


def hold_up(town: Town, name: str, definition: Definition) -> None:
    """All that this definition tells, against the naive account of the shipped one."""
    match name:
        case "target_2022":
            for told, naively_told in zip(
                telling.told_of_target(town, definition), telling.naively_told_of_target(town.tables, 1), strict=True
            ):
                same(told, naively_told)
            same(telling.told_of_homes(town, definition), telling.naively_told_of_homes(town.tables))
            for group in ("children", "adults"):
                told = telling.told_of_contacts(town, definition, group)
                same(told, telling.naively_told_of_contacts(town.tables, group))
        case "special_risk":
            same(telling.told_of_risk(town, definition), telling.naively_told_of_risk(town.tables))
        case "domains":
            same(telling.told_of_domains(town, definition), telling.naively_told_of_domains(town.tables))


@pytest.mark.parametrize("name", ["target_2022", "special_risk", "domains"])
def test_without_a_mistake_there_is_no_difference(town: Town, name: str) -> None:
    hold_up(town, name, load(name))


@pytest.mark.parametrize(("name", "said", "instead"), list(DEFINITIONS.values()), ids=list(DEFINITIONS))
def test_a_mistake_in_a_definition_is_noticed(town: Town, tmp_path: Path, name: str, said: str, instead: str) -> None:
    text = shipped()[name].read_text(encoding="utf-8")
    assert said in text
    planted = tmp_path / "planted.toml"
    planted.write_text(text.replace(said, instead), encoding="utf-8")
    with pytest.raises(AssertionError, match="differ"):
        hold_up(town, name, load(planted))


CODE = {
    "the last day is not in it": ("facts", "nw.col(last) >= day", "nw.col(last) > day", "special_risk"),
    "the first day is not in it": ("facts", "(nw.col(first) <= day)", "(nw.col(first) < day)", "special_risk"),
    "ended on the first of January": (
        "facts",
        "nw.col(last).fill_null(last_day(year)) < since",
        "nw.col(last).fill_null(last_day(year)) <= since",
        "target_2022",
    ),
    "began on the last of December": (
        "facts",
        "return (nw.col(first) <= last_day(year)) & ~ended",
        "return (nw.col(first) < last_day(year)) & ~ended",
        "target_2022",
    ),
    "open ends are no ends": ("facts", "nw.col(last).is_null() | ", "", "special_risk"),
    "a year older": ("facts", "nw.lit(year) - nw.col", "nw.lit(year + 1) - nw.col", "target_2022"),
    "the dead of the year are not counted": (
        "facts",
        'nw.col("died") >= first_day(year)',
        'nw.col("died") > last_day(year)',
        "target_2022",
    ),
    "links at the end of the year only": (
        "parents",
        'nw.min_horizontal(nw.col("child_died").fill_null(end), nw.col("parent_died").fill_null(end), end)',
        "end",
        "target_2022",
    ),
    "a child's death does not matter": ("parents", 'nw.col("child_died").fill_null(end), ', "", "target_2022"),
    "the dead live on": ("places", '.join(dead, on=PERSON, how="anti")', "", "special_risk"),
    "areas that were on the list": (
        "places",
        'covers(last_day(year), "vulnerable_from", "vulnerable_to")',
        'nw.col("vulnerable_from") <= last_day(year)',
        "special_risk",
    ),
    "two vulnerable parents": ("target", "(nw.col(decides) >= 1)", "(nw.col(decides) >= 2)", "target_2022"),
    "the child is its own company": ("families", 'nw.col("children") - 1 - ', 'nw.col("children") - ', "target_2022"),
    "a young mother is a sibling": ("families", ' - _or_0("child_parents")', "", "target_2022"),
    "a grown sibling is a parent": ("families", 'nw.when(nw.col("is_child").is_null()).then(', "(", "target_2022"),
    "a grandparent is a step-parent": ("families", ' - _or_0("head_grandparents")', "", "target_2022"),
    "step-parents without a parent": ("families", '~nw.col("parents").is_null() & ', "", "target_2022"),
    "alone is with others": ("families", '.filter(nw.col("size") >= 2)', "", "target_2022"),
    "a mother is her own partner": ("risk", '.filter(nw.col("parent_id") != nw.col("mother_id"))', "", "special_risk"),
    "no adoptive mother": (
        "risk",
        "nw.concat([_only(by_role), _only(adopting)])",
        "_only(by_role)",
        "special_risk",
    ),
    "adoptive fathers are mothers": ("risk", '.filter(nw.col("sex") == "female")', "", "special_risk"),
    "the long dead are parents": (
        "parents",
        '.join(_called("parent_id", gone), on="parent_id", how="anti")',
        "",
        "target_2022",
    ),
    "one of two mothers": ("risk", '.filter(nw.col("mother_id") == nw.col("last_id"))', "", "special_risk"),
    "no data is no risk": (
        "risk",
        '(~nw.col("factors").is_null()).alias("has_mother")',
        'nw.lit(True).alias("has_mother")',
        "special_risk",
    ),
    "parents of a family are not asked": (
        "domains",
        '*(f"parent_{name}" for name in domain.parents)',
        '*(f"parent_{name}" for name in domain.parents[:1])',
        "domains",
    ),
    "placed or not": (
        "domains",
        "return told.filter(*(~nw.col(name) for name in group.without)) if group.without else told",
        "return told",
        "domains",
    ),
}


@pytest.fixture
def planted(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a copy of the analysis, under another name, which the town is told by."""
    shutil.copytree(OURS, tmp_path / COPY)
    for path in (tmp_path / COPY).glob("*.py"):
        path.write_text(path.read_text(encoding="utf-8").replace(ANALYSIS, COPY), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path / COPY
    town.by = Analysis()
    for name in [name for name in sys.modules if name.partition(".")[0] == COPY]:
        del sys.modules[name]


@pytest.mark.parametrize(("module", "said", "instead", "name"), list(CODE.values()), ids=list(CODE))
def test_a_mistake_in_the_analysis_is_noticed(
    town: Town, planted: Path, module: str, said: str, instead: str, name: str
) -> None:
    path = planted / f"{module}.py"
    text = path.read_text(encoding="utf-8")
    assert said in text
    path.write_text(text.replace(said, instead), encoding="utf-8")
    importlib.invalidate_caches()
    town.by = Analysis(COPY)
    with pytest.raises(AssertionError, match="differ"):
        hold_up(town, name, load(name))
