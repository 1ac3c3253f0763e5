"""The real analysis, by the shipped definitions, gives back the published margins; definitions read wrongly do not."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from familieplan.population.analysis import risk, target
from familieplan.population.definitions.loading import load, shipped
from familieplan.population.engine import started
from familieplan.population.results import Count, Table
from familieplan.population.source import Source
from familieplan.population.synthetic.margins import Margin, margins
from tests.population.measuring import HOUSEHOLD, LEGAL, MANY
from tests.population.measuring import measured as by_sql

CHILDREN, ADULTS = {"group": "children"}, {"group": "adults"}
ALL, TARGET, OTHER = {"among": "all"}, {"among": "target"}, {"among": "other"}
AREAS = {"level": "vulnerable_areas"}
# margin: table, measure, which line
LINES: dict[str, tuple[str, str, dict[str, str]]] = {
    "children_in_target": ("target", "in_target", CHILDREN | ALL),
    "adults_in_target": ("target", "in_target", ADULTS | ALL),
    "children_with_vulnerable_parent": ("target", "in_target", CHILDREN | ALL),
    "adults_with_vulnerable_child": ("target", "in_target", ADULTS | ALL),
    "both_parents_vulnerable": ("constellations", "both_parents_vulnerable", CHILDREN),
    "two_or_more_children": ("constellations", "two_or_more_children", ADULTS),
    "with_other_child": ("constellations", "with_other_child", CHILDREN),
    "with_adult": ("constellations", "with_adult", CHILDREN),
    "children_home_based": ("contacts", "home_based", CHILDREN | TARGET),
    "children_placed": ("contacts", "placed", CHILDREN | TARGET),
    "children_notified": ("contacts", "notified", CHILDREN | TARGET),
    "children_notified_about_parent": ("contacts", "notified_parent", CHILDREN | TARGET),
    "other_children_notified_about_parent": ("contacts", "notified_parent", CHILDREN | OTHER),
    "children_convicted": ("contacts", "decided_or_served", CHILDREN | TARGET),
    "other_children_convicted": ("contacts", "decided_or_served", CHILDREN | OTHER),
    "adults_employed": ("contacts", "employed", ADULTS | TARGET),
    "adults_disability_pension": ("contacts", "disability_pension", ADULTS | TARGET),
    "adults_temporary": ("contacts", "temporary_support", ADULTS | TARGET),
    "adults_cash_assistance": ("contacts", "cash_assistance", ADULTS | TARGET),
    "adults_education_assistance": ("contacts", "education_assistance", ADULTS | TARGET),
    "adults_measures": ("contacts", "employment_measures", ADULTS | TARGET),
    "adults_social": ("contacts", "any_social_service", ADULTS | TARGET),
    "adults_home_support": ("contacts", "home_support", ADULTS | TARGET),
    "adults_drug_treatment": ("contacts", "drugs", ADULTS | TARGET),
    "adults_convicted": ("contacts", "decided_or_served", ADULTS | TARGET),
    "child_cost": ("means", "municipal_costs", CHILDREN | TARGET),
    "adult_cost": ("means", "municipal_costs", ADULTS | TARGET),
    "special_risk": ("risk", "special_risk", ALL),
    "special_risk_in_areas": ("risk", "special_risk", ALL | AREAS),
    "special_risk_in_areas_danish": ("risk", "special_risk", {"among": "danish"} | AREAS),
    "special_risk_in_areas_other": ("risk", "special_risk", {"among": "descendant"} | AREAS),
}


def measured(folder: Path, definition: str | Path, variant: str | None = None) -> dict[str, Count]:
    """Margin → line, of those margins that the definition is about."""
    with started("duckdb") as engine:
        told = load(definition, variant)
        room = target if told.kind == "target" else risk
        tables: Iterable[Table] = room.analyse(Source(folder, engine), told, 2022)
        found = {table.name: table for table in tables}
    return {
        name: found[table].one(measure, **where) for name, (table, measure, where) in LINES.items() if table in found
    }


def met(margin: Margin, line: Count) -> bool:
    kroner = (line.total or 0) / max(line.base, 1)
    value = {"count": line.persons, "share": line.share or 0, "kroner": kroner}[margin.kind]
    return margin.met(value, line.base, persons=MANY)


def missed(lines: dict[str, Count]) -> set[str]:
    return {name for name, line in lines.items() if not met(margins()[name], line)}


def test_every_margin_is_measured() -> None:
    assert margins().keys() - LINES.keys() == {"vulnerable_in_target"}  # of children and adults together


def test_the_shipped_target_group_gives_back_the_margins(many: Path) -> None:
    lines = measured(many, "target_2022")
    assert not missed(lines)
    both = lines["children_in_target"], lines["adults_in_target"]
    base = sum(line.base for line in both)
    assert margins()["vulnerable_in_target"].met(sum(line.persons for line in both) / base, base, persons=MANY)


def test_the_shipped_risk_gives_back_the_margins(many: Path) -> None:
    assert not missed(measured(many, "special_risk"))


@pytest.mark.parametrize(
    ("definition", "said", "instead", "caught_by"),
    [
        ("special_risk", "at_least = 3", "at_least = 2", "special_risk"),
        ("target_2022", "ages = [0, 23]", "ages = [0, 17]", "children_in_target"),
        ("target_2022", 'link = "legal_parent"', 'link = "household"', "children_in_target"),
        ("target_2022", 'facts = ["home_based", "placed"]', 'facts = ["placed"]', "children_in_target"),
        ("target_2022", ', readiness = ["activity"]', "", "adults_with_vulnerable_child"),
    ],
    ids=["two factors", "up to 17", "household", "only placed", "any cash"],
)
def test_a_wrong_definition_misses_a_margin(
    many: Path, tmp_path: Path, definition: str, said: str, instead: str, caught_by: str
) -> None:
    text = shipped()[definition].read_text(encoding="utf-8")
    assert said in text
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace(said, instead), encoding="utf-8")
    assert caught_by in missed(measured(many, wrong))


def test_two_challenges_are_another_group(many: Path) -> None:
    assert "adults_in_target" in missed(measured(many, "target_2022", "two_challenges"))


def test_the_household_is_who_is_registered_there(few: Path, tmp_path: Path) -> None:
    text = shipped()["target_2022"].read_text(encoding="utf-8")
    (tmp_path / "household.toml").write_text(text.replace('"legal_parent"', '"household"'), encoding="utf-8")
    ours, by_hand = measured(few, tmp_path / "household.toml"), by_sql(few, (LEGAL, HOUSEHOLD))
    for name in ("children_in_target", "adults_in_target", "both_parents_vulnerable", "two_or_more_children"):
        assert ours[name].base == by_hand[name].base
    assert ours["adults_in_target"].persons == by_hand["adults_in_target"].value
