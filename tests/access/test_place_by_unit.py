"""Address protection: the school is not told by its name either. Emil is protected, and does not live with Thomas."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.audit import log
from familieplan.demo.municipality import STAFF, id_of
from familieplan.people import actions
from familieplan.people.models import Person, Residence

HOLM = id_of("family", "eight_places")
PAGES = {
    "front": "/",
    "family": f"/families/{HOLM}/",
    "people": f"/families/{HOLM}/people/",
    "consents": f"/families/{HOLM}/consents/",
    "log": f"/families/{HOLM}/log/",
    "meetings": f"/families/{HOLM}/meetings/",
    "fridge": f"/families/{HOLM}/fridge-plan/",
}
TELLS = {*PAGES, "who", "meeting"} - {"fridge", "meetings"}  # where the school stands, for those who may know it


def names_the_school(login: str) -> set[str]:
    client = Client()
    with acting_as(SIGNING_IN):
        client.force_login(User.objects.get(login=login))
    said = {page: client.get(address).content.decode() for page, address in PAGES.items()}
    asked = set(re.findall(r'data-who="([^"]+)"', said["family"]))
    assert asked
    said["who"] = "".join(client.get(address).content.decode() for address in asked)
    [meeting] = set(re.findall(rf'href="(/families/{HOLM}/meetings/[0-9a-f-]+/)"', said["meetings"]))
    said["meeting"] = client.get(meeting).content.decode()
    return {page for page, words in said.items() if "Elmeskolen" in words}


@pytest.fixture
def holm(demo_db: None, settings: Settings) -> None:
    settings.DEMO = True
    with acting_as(STAFF["lis"].actor):
        log.open_family(HOLM, "family")


@pytest.fixture
def protected(holm: None) -> None:
    mette = STAFF["mette"].actor
    with acting_as(mette):
        log.open_family(HOLM, "people")
        emil = Person.objects.get(family_id=HOLM, given_name="Emil")
        for home in Residence.objects.filter(person=emil, household__label="Hos Thomas", ends=None):
            actions.move_out(residence=home, last_day=home.starts, by=mette)
        actions.protect_address(person=emil, starts=emil.birth_date or home.starts, by=mette)


def test_before_it_is_protected_the_school_is_no_secret(holm: None) -> None:
    assert names_the_school("thomas") >= {"family", "people", "log"}


def test_no_page_of_thomas_names_the_school(protected: None) -> None:
    assert names_the_school("thomas") == set()


def test_sara_who_lives_with_him_still_reads_it(protected: None) -> None:
    assert names_the_school("sara") == TELLS
