"""Everybody who has to do with a family finds its coordinator; a unit that tells a place is not told on the way."""

import pytest
from django.test import Client

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.people import actions as people
from familieplan.people import directory
from familieplan.people.models import Staff, Unit
from familieplan.plan.family import family_page
from tests.plan.house import House


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


@pytest.mark.parametrize("name", ["Lis", "Jens", "Sara", "Peter", "Anton"])
def test_the_coordinator_is_on_the_family_page_for_all(house: House, name: str) -> None:
    """Lis has nobody's yes, and Mette's line on the team is about Sara."""
    found = page(house.client(name), house.base)
    assert "Koordinator: <b>Mette</b>, Familieteamet" in found
    assert "tel:12345678" in found


def test_the_coordinator_is_not_told_to_call_herself(house: House) -> None:
    assert "Koordinator: <b>" not in page(house.client("Mette"), house.base)


def test_a_coordinator_at_a_school_opens_a_family_and_the_school_is_told_to_no_stranger(house: House) -> None:
    with acting_as(house.actor("Ada")):
        lis, school = Staff.objects.get(name="Lis"), Unit.objects.get(name="Byskolen")
        directory.give_role(staff=lis, unit=school, role="coordinator", starts=house.today, by=house.actor("Ada"))
    with acting_as(house.actor("Lis")):
        by = house.actor("Lis")
        family, first = people.open_family(unit=school, opened_on=house.today, by=by)
        nora = people.add_person(family=family, given_name="Nora", by=by, id=first)
        jobs = Unit.objects.get(name="Jobcentret")
        jens = Staff.objects.get(name="Jens")
        people.add_to_team(family=family, staff=jens, unit=jobs, about=[nora], starts=house.today, by=by)
        log.open_family(family, "family")
        assert family_page(family=family, actor=by, today=house.today).professionals[0].department == "Byskolen"
    card = page(house.client("Jens"), f"/families/{family}/card/")
    assert "Lis" in card
    assert "Børn og familie" in card
    assert "Byskolen" not in card
    assert "12345678" not in card


def test_a_family_reads_by_name_who_works_with_it(house: House) -> None:
    """The setting about names is for the log: who has looked."""
    with house.as_("Sara") as by:
        found = family_page(family=house.family, actor=by, today=house.today)
    assert {one.name for one in found.professionals} >= {"Mette", "Jens"}
