"""Special risk: five factors about the mother, three make it. Johanne's family, counted by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from familieplan.population.analysis import risk
from familieplan.population.definitions.loading import load
from familieplan.population.engine import started
from familieplan.population.source import Source
from tests.population.families import ALL_YEAR, YEAR, Register


def town() -> Register:
    """Johanne and Emil live with both parents; the mother, Karen, has an education, works and rents a sound flat."""
    register = Register()
    for name, born, sex in (("karen", 1985, "female"), ("jens", 1983, "male"), ("johanne", 2010, "female")):
        register.person(name, born, sex)
    register.parent("johanne", "karen")
    register.parent("johanne", "jens", "father")
    register.home("home", "karen", "jens", "johanne")
    register.row("education", person_id="karen", completed=date(2008, 6, 1), level="vocational")
    return register


def of_johanne(register: Register, folder: Path, variant: str = "cfbu") -> dict[str, Any]:
    with started() as engine:
        source = Source(register.write(folder / "x"), engine)
        rows = engine.rows(risk.children(source, load("special_risk", variant), YEAR))
    return next(row for row in rows if row["person_id"] == "johanne")


def worse(register: Register, *factors: str) -> Register:
    for factor in factors:
        match factor:
            case "not_nuclear":
                register.without("residence", "jens")
                register.home("elsewhere", "jens")
            case "convicted":
                register.row(
                    "convictions", person_id="karen", decided=date(YEAR, 1, 1), offence="property", outcome="fine"
                )
            case "benefits":
                register.row("income_support", person_id="karen", benefit="cash_assistance", **ALL_YEAR)
            case "no_education":
                register.without("education", "karen")
            case "housing":
                register.tables["addresses"][0] |= {"tenure": "other"}
    return register


FACTORS = ("not_nuclear", "convicted", "benefits", "no_education", "housing")


def test_nothing_is_wrong(tmp_path: Path) -> None:
    found = of_johanne(town(), tmp_path)
    assert (found["has_mother"], found["factors"], found["special_risk"]) == (True, 0, False)


@pytest.mark.parametrize("factor", FACTORS)
def test_each_factor_alone_is_one(tmp_path: Path, factor: str) -> None:
    found = of_johanne(worse(town(), factor), tmp_path)
    assert [name for name in FACTORS if found[name]] == [factor]


def test_of_a_mother_who_is_no_person_here_nothing_is_known(tmp_path: Path) -> None:
    abroad, dead = town(), town()
    abroad.without("persons", "karen")
    dead.tables["persons"][0] |= {"died": date(YEAR - 1, 12, 31)}
    for name, register in (("abroad", abroad), ("dead", dead)):
        assert not of_johanne(register, tmp_path / name)["has_mother"], name
    dead.tables["persons"][0] |= {"died": date(YEAR, 1, 1)}
    assert of_johanne(dead, tmp_path / "on the first day")["has_mother"]


def test_two_are_no_special_risk_and_three_are(tmp_path: Path) -> None:
    assert not of_johanne(worse(town(), "benefits", "no_education"), tmp_path / "two")["special_risk"]
    assert of_johanne(worse(town(), "benefits", "no_education", "housing"), tmp_path / "three")["special_risk"]


def test_a_vulnerable_area_counts_as_housing_for_cfbu_only(tmp_path: Path) -> None:
    register = town()
    register.tables["addresses"][0] |= {"housing_area_id": "elme"}
    assert of_johanne(register, tmp_path / "cfbu")["housing"]
    assert not of_johanne(register, tmp_path / "sfi", "sfi")["housing"]


def test_an_area_that_is_off_the_list_does_not(tmp_path: Path) -> None:
    register = town()
    register.tables["addresses"][0] |= {"housing_area_id": "elme"}
    register.tables["housing_areas"][0] |= {"vulnerable_to": date(YEAR, 12, 30)}
    assert not of_johanne(register, tmp_path)["housing"]


@pytest.mark.parametrize(("tenure", "defects", "poor"), [("private_rental", True, True), ("social", True, False)])
def test_defects_count_where_the_flat_is_rented_privately(
    tmp_path: Path, tenure: str, defects: bool, poor: bool
) -> None:
    register = town()
    register.tables["addresses"][0] |= {"tenure": tenure, "defects": defects}
    assert of_johanne(register, tmp_path)["housing"] is poor


def test_basic_school_is_no_education_beyond_it(tmp_path: Path) -> None:
    register = worse(town(), "no_education")
    register.row("education", person_id="karen", completed=date(2001, 6, 1), level="basic")
    assert of_johanne(register, tmp_path)["no_education"]


def test_a_stepfather_makes_no_nuclear_family(tmp_path: Path) -> None:
    register = worse(town(), "not_nuclear")
    register.person("ole", 1980, "male")
    register.row("residence", person_id="ole", address_id="home", household_id="home", valid_from=date(2020, 1, 1))
    assert of_johanne(register, tmp_path)["not_nuclear"]


def test_two_mothers_are_a_nuclear_family_and_one_is_the_mother(tmp_path: Path) -> None:
    register = town()
    register.tables["parents"][1] |= {"role": "co_parent"}
    found = of_johanne(register, tmp_path)
    assert (found["has_mother"], found["not_nuclear"]) == (True, False)


@pytest.mark.parametrize(("sexes", "found"), [(("female", "male"), True), (("female", "female"), False)])
def test_an_adoptive_mother_is_one_when_she_is_the_only_one(
    tmp_path: Path, sexes: tuple[str, str], found: bool
) -> None:
    register = town()
    for link, sex in zip(register.tables["parents"], sexes, strict=True):
        link["role"] = "adoptive_parent"
        next(row for row in register.tables["persons"] if row["person_id"] == link["parent_id"])["sex"] = sex
    assert of_johanne(register, tmp_path)["has_mother"] is found


def test_without_a_mother_nothing_is_known_and_that_is_counted_apart(tmp_path: Path) -> None:
    register = town()
    register.tables["parents"] = register.tables["parents"][1:]
    found = of_johanne(register, tmp_path / "one")
    assert (found["has_mother"], found["factors"], found["not_nuclear"], found["special_risk"]) == (
        *(False, None, None, False),
    )
    with started() as engine:
        tables = risk.analyse(Source(register.write(tmp_path / "x"), engine), load("special_risk"), YEAR)
    assert tables[0].one("without_mother", among="all")[7:9] == (1, 1)
    assert tables[0].one("factors_0", among="all")[7:9] == (0, 0)


@pytest.mark.parametrize(("born", "counted"), [(2005, 1), (2004, 0)])
def test_children_are_at_most_17(tmp_path: Path, born: int, counted: int) -> None:
    register = town()
    register.tables["persons"][2] |= {"born": date(born, 1, 1)}
    with started() as engine:
        tables = risk.analyse(Source(register.write(tmp_path / "x"), engine), load("special_risk"), YEAR)
    assert tables[0].one("special_risk", among="all").base == counted
