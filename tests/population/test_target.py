"""Who is in the target group, and who just is not. Numbers one can count by hand."""

from datetime import date
from pathlib import Path

import pytest

from familieplan.population.analysis import target
from familieplan.population.definitions.loading import load
from familieplan.population.engine import started
from familieplan.population.results import Table
from familieplan.population.source import Source
from tests.population.families import ALL_YEAR, YEAR, Register, three_families


@pytest.fixture
def town() -> Register:
    return three_families()


def members(town: Register, folder: Path, variant: str = "one_challenge") -> tuple[set[str], set[str]]:
    """Children and adults of the target group."""
    with started() as engine:
        people = target.members(Source(town.write(folder / "x"), engine), load("target_2022", variant), YEAR)
        children, adults = (
            {row["person_id"] for row in engine.rows(frame) if row["in_target"]}
            for frame in (people.children, people.adults)
        )
    return children, adults


def tables(town: Register, folder: Path, variant: str = "one_challenge") -> dict[str, Table]:
    with started() as engine:
        found = target.analyse(Source(town.write(folder / "x"), engine), load("target_2022", variant), YEAR)
    return {table.name: table for table in found}


KJAER, KRAG = {"brian", "lone"}, {"maria"}


def test_a_vulnerable_child_and_a_vulnerable_parent(town: Register, tmp_path: Path) -> None:
    assert members(town, tmp_path) == ({"mikkel", "sofie", "anton"}, KJAER | KRAG)  # not Oskar: his parents manage


def test_with_two_challenges_marias_one_is_too_few(town: Register, tmp_path: Path) -> None:
    assert members(town, tmp_path, "two_challenges") == ({"mikkel", "sofie"}, KJAER)


def test_numbers_of_the_nation_and_by_place(town: Register, tmp_path: Path) -> None:
    found = tables(town, tmp_path)["target"]
    assert found.one("in_target", group="children")[7:9] == (3, 4)
    assert found.one("vulnerable", group="children")[7:9] == (4, 4)  # everybody of 0–23
    assert found.one("vulnerable", group="adults")[7:9] == (3, 5)
    assert found.one("in_target", group="children", level="municipality", place="801")[7:9] == (3, 4)
    assert found.one("in_target", group="children", level="housing_area", place="elme")[7:9] == (1, 1)
    assert found.one("in_target", group="children", level="vulnerable_areas")[7:9] == (1, 1)


def test_with_whom(town: Register, tmp_path: Path) -> None:
    found = tables(town, tmp_path)["constellations"]
    assert found.one("both_parents_vulnerable").persons == 2  # Mikkel and Sofie, of three
    assert found.one("one_of_one").persons == 1  # Anton
    assert found.one("two_or_more_children")[7:9] == (2, 3)  # Brian and Lone
    assert found.one("with_other_child")[7:9] == (2, 3)
    assert found.one("with_adult")[7:9] == (3, 3)


def test_a_placed_child_is_not_asked_with_whom_it_lives(town: Register, tmp_path: Path) -> None:
    town.row("placements", person_id="sofie", place="foster", **ALL_YEAR)
    found = tables(town, tmp_path)["constellations"]
    assert found.one("with_adult")[7:9] == (2, 2)
    assert found.one("with_other_child")[7:9] == (1, 2)  # Mikkel still lives with her by register


def test_a_young_person_alone_is_not_asked_either(town: Register, tmp_path: Path) -> None:
    town.without("residence", "mikkel")
    town.home("own", "mikkel")
    found = tables(town, tmp_path)["constellations"]
    assert found.one("with_adult")[7:9] == (2, 2)
    assert found.one("with_other_child").persons == 0


def test_ones_own_challenges_are_no_vulnerable_adult_at_home(town: Register, tmp_path: Path) -> None:
    town.person("ida", 2002)
    town.parent("ida", "brian", "father")
    town.helped("ida")
    town.row("psychiatry", person_id="ida", diagnosis="F32", **ALL_YEAR)
    town.home("flat", "ida", "dennis")
    town.without("residence", "dennis")
    town.home("flat2", "dennis")
    town.without("residence", "ida")
    town.row("residence", person_id="ida", address_id="flat2", household_id="flat2", valid_from=date(2022, 1, 1))
    assert tables(town, tmp_path)["constellations"].one("with_adult")[7:9] == (3, 4)


def moves_in(town: Register, name: str, born: int, household: str = "juhl") -> None:
    """A grown person with a challenge, with Camilla, who has none, and Oskar, 7."""
    town.person(name, born, "male")
    town.row("psychiatry", person_id=name, diagnosis="F32", **ALL_YEAR)
    town.row("residence", person_id=name, address_id=household, household_id=household, valid_from=date(2022, 1, 1))


@pytest.mark.parametrize(
    ("who", "counted"), [("step-parent", True), ("brother", False), ("step-brother", False), ("grandfather", False)]
)
def test_a_vulnerable_adult_at_home_is_a_parent_or_a_step_parent(
    town: Register, tmp_path: Path, who: str, counted: bool
) -> None:
    """Figure 5. Oskar is in the target group by his father, who is at sea."""
    town.row("psychiatry", person_id="dennis", diagnosis="F32", **ALL_YEAR)
    moves_in(town, "him", 1970 if who in {"step-parent", "grandfather"} else 2000)
    if who == "brother":
        town.parent("him", "camilla")
    if who == "step-brother":
        town.person("john", 1975, "male")
        town.parent("him", "john", "father")
        town.row("residence", person_id="john", address_id="juhl", household_id="juhl", valid_from=date(2022, 1, 1))
    if who == "grandfather":
        town.parent("camilla", "him", "father")
    assert tables(town, tmp_path)["constellations"].one("with_adult")[7:9] == (3 + counted, 4)


def test_a_young_mother_is_no_other_child_to_her_own(town: Register, tmp_path: Path) -> None:
    """Figure 4 is of siblings and step-siblings."""
    town.person("eva", 2002)
    town.person("baby", 2021)
    town.parent("baby", "eva")
    town.helped("eva", "baby")
    town.row("psychiatry", person_id="eva", diagnosis="F32", **ALL_YEAR)
    town.home("eva", "eva", "baby")
    assert tables(town, tmp_path)["constellations"].one("with_other_child")[7:9] == (2, 4)  # Mikkel and Sofie


@pytest.mark.parametrize(("born", "counted"), [(1999, True), (1998, False)])
def test_a_child_is_at_most_23(town: Register, tmp_path: Path, born: int, counted: bool) -> None:
    town.person("ida", born)
    town.parent("ida", "maria")
    town.helped("ida")
    assert ("ida" in members(town, tmp_path)[0]) is counted


@pytest.mark.parametrize(("born", "counted"), [(2004, True), (2005, False)])
def test_a_parent_is_at_least_18(town: Register, tmp_path: Path, born: int, counted: bool) -> None:
    town.person("ung", born)
    town.person("baby", 2021)
    town.parent("baby", "ung")
    town.helped("baby")
    town.row("psychiatry", person_id="ung", diagnosis="F32", **ALL_YEAR)
    children, adults = members(town, tmp_path)
    assert ("baby" in children) is ("ung" in adults) is counted


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        (date(2021, 3, 1), date(2021, 12, 31), False),
        (date(2021, 3, 1), date(2022, 1, 1), True),
        (date(2022, 12, 31), None, True),
        (date(2023, 1, 1), None, False),
    ],
)
def test_help_counts_when_it_touches_the_year(
    town: Register, tmp_path: Path, first: date, last: date | None, counted: bool
) -> None:
    town.without("social_children", "anton")
    town.row("social_children", person_id="anton", measure="home_based", valid_from=first, valid_to=last)
    assert ("anton" in members(town, tmp_path)[0]) is counted


def test_two_stretches_are_one_person(town: Register, tmp_path: Path) -> None:
    town.row("psychiatry", person_id="maria", diagnosis="F32", valid_from=date(2022, 3, 1))
    town.row("social_children", person_id="anton", measure="home_based", valid_from=date(2022, 5, 1))
    found = tables(town, tmp_path)
    assert found["target"].one("in_target", group="adults").persons == 3
    assert found["target"].one("in_target", group="children").persons == 3


def test_other_help_than_at_home_is_not_enough(town: Register, tmp_path: Path) -> None:
    town.without("social_children", "anton")
    town.row("social_children", person_id="anton", measure="relief", **ALL_YEAR)
    assert "anton" not in members(town, tmp_path)[0]


def test_a_stepfather_is_no_parent_by_law(town: Register, tmp_path: Path) -> None:
    town.row("residence", person_id="brian", address_id="juhl", household_id="juhl", valid_from=date(2022, 6, 1))
    assert "oskar" not in members(town, tmp_path)[0]


def test_a_parent_by_law_counts_wherever_they_live(town: Register, tmp_path: Path) -> None:
    town.row("convictions", person_id="dennis", decided=date(2022, 2, 2), offence="drugs", outcome="suspended")
    assert "oskar" in members(town, tmp_path)[0]


def test_a_fine_is_no_sentence(town: Register, tmp_path: Path) -> None:
    town.row("convictions", person_id="dennis", decided=date(2022, 2, 2), offence="drugs", outcome="fine")
    assert "oskar" not in members(town, tmp_path)[0]


def test_an_adoption_ends_the_earlier_link(town: Register, tmp_path: Path) -> None:
    town.tables["parents"] = [row for row in town.tables["parents"] if row["child_id"] != "anton"]
    town.parent("anton", "maria", valid_to=date(2022, 12, 30))
    town.parent("anton", "camilla", "adoptive_parent", since=date(2022, 12, 31))
    assert "anton" not in members(town, tmp_path)[0]


def test_two_mothers_are_both_parents(town: Register, tmp_path: Path) -> None:
    town.parent("anton", "lone", "co_parent")
    assert tables(town, tmp_path)["constellations"].one("both_parents_vulnerable").persons == 3


@pytest.mark.parametrize(("day", "counted"), [(date(2022, 1, 1), True), (date(2021, 12, 31), False)])
def test_a_mother_who_died_in_the_year_was_a_parent_in_it(
    town: Register, tmp_path: Path, day: date, counted: bool
) -> None:
    town.died("maria", day)
    town.tables["parents"] = [row for row in town.tables["parents"] if row["child_id"] != "anton"]
    town.parent("anton", "maria", valid_to=day)  # a register may end the link with her life
    assert ("anton" in members(town, tmp_path)[0]) is counted


def test_a_diagnosis_outside_chapter_f_is_no_mental_disorder(town: Register, tmp_path: Path) -> None:
    town.without("psychiatry", "maria")
    town.row("psychiatry", person_id="maria", diagnosis="G40", **ALL_YEAR)
    assert "anton" not in members(town, tmp_path)[0]


def test_contacts_beside_the_others(town: Register, tmp_path: Path) -> None:
    town.row("notifications", person_id="anton", received=date(2022, 4, 4), about="parent")
    town.row("notifications", person_id="anton", received=date(2022, 5, 5), about="parent")
    found = tables(town, tmp_path)
    assert found["contacts"].one("notified", among="target")[7:9] == (1, 3)
    assert found["contacts"].one("notified", among="other")[7:9] == (0, 1)
    assert found["contacts"].one("temporary_support", among="target")[7:9] == (2, 3)  # Lone and Maria
    assert found["means"].one("notifications", among="target", group="children").total == 2


def test_crime_is_counted_among_those_of_15_to_23(town: Register, tmp_path: Path) -> None:
    for child in ("anton", "mikkel"):
        town.row("convictions", person_id=child, decided=date(2022, 2, 2), offence="property", outcome="other")
    found = tables(town, tmp_path)["contacts"].one("decided_or_served", group="children", among="target")
    assert found[7:9] == (0, 0)  # nobody of them is that old


def test_costs_are_the_municipalitys_on_three_areas(town: Register, tmp_path: Path) -> None:
    for payer, area, amount in (
        *(("municipality", "social", 500_000.0), ("municipality", "health", 40_000.0)),
        *(("state", "social", 1.0), ("municipality", "justice", 2.0), ("municipality", "employment", -30_000.0)),
    ):
        town.row("costs", person_id="anton", year=YEAR, area=area, payer=payer, amount=amount)
    town.row("costs", person_id="anton", year=YEAR - 1, area="social", payer="municipality", amount=7.0)
    found = tables(town, tmp_path)["means"].one("municipal_costs", group="children", among="target")
    assert found[7:] == (1, 3, 510_000.0)
