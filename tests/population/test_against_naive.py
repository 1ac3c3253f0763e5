"""The analysis against a naive account of the same sources (`naive/`), person by person: which child, which adult,
which factor. Towns with far more of what is rare: twins, half-siblings, adoptions, moves, deaths, parents under 18, two
mothers, foster families, missing mothers, dates on the edges of the year.
"""

import os
import time
import zlib
from collections.abc import Iterator

import pytest

from familieplan.population.definitions.loading import load
from tests.population import telling
from tests.population.telling import Town, same

# Another town in every run, the same in all of its processes: pytest-xdist names the run.
SEED = zlib.crc32(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(time.time())).encode())
TOWNS = {"50,000 persons": (50_000, 1, False), f"seed {SEED}": (4_000, SEED, False), "numbers as ids": (4_000, 2, True)}


@pytest.fixture(scope="module", params=list(TOWNS.values()), ids=list(TOWNS))
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    persons, seed, numbers = request.param
    yield from telling.built(tmp_path_factory.mktemp("town"), persons, seed, numbers)


@pytest.mark.parametrize(("variant", "at_least"), [("one_challenge", 1), ("two_challenges", 2)])
def test_who_is_in_the_target_group_and_why(town: Town, variant: str, at_least: int) -> None:
    ours = telling.told_of_target(town, load("target_2022", variant))
    for told, naively_told in zip(ours, telling.naively_told_of_target(town.tables, at_least), strict=True):
        same(told, naively_told)


def test_whom_children_live_with(town: Town) -> None:
    same(telling.told_of_homes(town, load("target_2022")), telling.naively_told_of_homes(town.tables))


@pytest.mark.parametrize("group", ["children", "adults"])
def test_what_they_are_in_contact_with(town: Town, group: str) -> None:
    told = telling.told_of_contacts(town, load("target_2022"), group)
    same(told, telling.naively_told_of_contacts(town.tables, group))


@pytest.mark.parametrize("variant", ["cfbu", "sfi"])
def test_which_children_are_in_special_risk_and_why(town: Town, variant: str) -> None:
    told = telling.told_of_risk(town, load("special_risk", variant))
    same(told, telling.naively_told_of_risk(town.tables, variant))


def test_which_domains_burden_which_family(town: Town) -> None:
    same(telling.told_of_domains(town, load("domains")), telling.naively_told_of_domains(town.tables))
