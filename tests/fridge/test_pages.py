"""The fridge plan's two doors: for each reader what they may see, and nothing to those who may see nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from familieplan.access.context import acting_as
from familieplan.audit import log
from tests.fridge.test_pdf import needs_pdftotext, text_of
from tests.plan.house import House

DOORS = ("fridge-plan/", "fridge-plan.pdf")


def page(house: House, name: str, query: str = "") -> str:
    answer = house.client(name).get(f"{house.base}fridge-plan/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_mother_sees_her_hopes_and_the_week(house: House) -> None:
    shown = page(house, "Sara")
    assert "En almindelig lørdag" in shown
    assert "Morgenerne" in shown
    assert "ringer til butikken" in shown


def test_her_private_words_are_not_on_it(house: House) -> None:
    assert "Det siger jeg kun her" not in page(house, "Sara")


def test_a_professional_gets_what_was_said_yes_to(house: House) -> None:
    shown = page(house, "Jens")
    assert "Praktikken" in shown
    assert "Morgenerne" not in shown
    assert "Anton" not in shown


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ["Lis", "Olga", "Lena", "Ida"])
def test_for_others_it_does_not_exist(house: House, name: str, door: str) -> None:
    """On the team without a yes but for her own words, coordinator of another family, leader, another mother."""
    if name == "Lis":
        assert "En almindelig lørdag" not in house.client(name).get(house.base + door).content.decode(errors="replace")
    else:
        assert house.client(name).get(house.base + door).status_code == 404


@needs_pdftotext
def test_the_pdf_says_what_the_page_says(house: House) -> None:
    answer = house.client("Sara").get(f"{house.base}fridge-plan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    assert "En almindelig lørdag" in text
    assert "Det siger jeg kun her" not in text


def test_the_file_name_says_nothing_of_anybody(house: House) -> None:
    answer = house.client("Sara").get(f"{house.base}fridge-plan.pdf?lang=en&keep")
    assert answer["Content-Disposition"] == 'attachment; filename="fridge-plan.pdf"'
    assert answer["Cache-Control"] == "no-store"


@needs_pdftotext
@pytest.mark.parametrize(("language", "heading"), [("da", "Vores håb"), ("en", "Our hopes")])
def test_in_two_languages(house: House, language: str, heading: str) -> None:
    assert heading in page(house, "Sara", f"?lang={language}")
    assert heading in text_of(house.client("Sara").get(f"{house.base}fridge-plan.pdf?lang={language}").content)


def test_an_unknown_language_is_passed_over(house: House) -> None:
    assert "Vores håb" in page(house, "Sara", "?lang=xx")


@pytest.mark.parametrize("door", DOORS)
def test_printing_is_seen_by_the_family(house: House, door: str) -> None:
    house.client("Jens").get(house.base + door)
    with acting_as(house.actor("Sara")):
        seen = log.seen_by_me(house.family)
    assert seen[0].action.startswith("fridge plan")
    assert seen[0].holder == house.staff["Jens"]


@pytest.mark.parametrize("door", DOORS)
def test_twelve_statements_are_enough(house: House, door: str) -> None:
    client = house.client("Sara")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(house.base + door).status_code == 200
    assert len(asked) <= 12, [(one["sql"] or "a kept one")[:80] for one in asked]
