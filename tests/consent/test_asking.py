"""Asking to see more, from the card and blind by CPR number."""

import re
from typing import Any

from django.test import Client

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.models import AccessRequest, Notice
from familieplan.people import actions as people
from familieplan.people import cpr
from familieplan.people.models import Person
from tests.street import SignIn, Street, years_ago

SARA, NOBODY = "040388-1234", "010190-4321"


def question(street: Street, unit: str = "Jobcenter", **more: str) -> dict[str, Any]:
    return {"unit": str(street.units[unit]), "kinds": ["employment"], "why": "Vi vil hjælpe med et job"} | more


def requests_seen_by(street: Street, name: str) -> int:
    with acting_as(street.actor(name)):
        log.open_list("my day")
        return AccessRequest.objects.count()


def test_from_the_card_and_answered_after_a_talk(street: Street, sign_in: SignIn) -> None:
    jens = sign_in("Jens")
    answer = jens.post(f"{street.base}ask/", question(street), follow=True)
    assert "Koordinatoren spørger familien" in answer.content.decode()
    assert requests_seen_by(street, "Jens") == 1
    mette = sign_in("Mette")
    assert "Vi vil hjælpe med et job" in mette.get(f"{street.base}consents/").content.decode()
    with acting_as(street.actor("Mette")):
        address = f"{street.base}requests/{AccessRequest.objects.get().pk}/"
    assert "Jens, Jobcenter" in mette.get(address).content.decode()
    assert jens.get(address).status_code == 404
    assert mette.post(address, {}).status_code == 422
    assert mette.post(address, {"status": "no", "answer": "Ikke nu"}).status_code == 302
    assert mette.get(address).status_code == 404  # answered
    with acting_as(street.actor("Jens")):
        assert log.open_family(street.family, "card") == "card"  # answering opens nothing
    assert "Ikke denne gang. Ikke nu" in jens.get(f"{street.base}ask/").content.decode()


def test_while_a_question_waits_it_is_shown_instead_of_a_second(street: Street, sign_in: SignIn) -> None:
    jens, address = sign_in("Jens"), f"{street.base}ask/"
    for _time in range(2):
        assert jens.post(address, question(street)).status_code == 302
    page = jens.get(address).content.decode()
    assert "Vi vil hjælpe med et job" in page
    assert "<textarea" not in page
    answer = jens.post(address, question(street, why="Og med en bolig"))
    assert answer.status_code == 422
    assert "Du har allerede spurgt" in answer.content.decode()
    assert "Og med en bolig" in answer.content.decode()
    assert requests_seen_by(street, "Jens") == 1


def test_two_questions_at_once_become_one_with_the_words_of_both(street: Street) -> None:
    """What the database holds, whatever the page has seen."""
    unit = street.units["Jobcenter"]
    for name, why in (("Jens", "Et job"), ("Jens", "En bolig"), ("Jens", "Et job"), ("Olga", "Noget andet")):
        with acting_as(street.actor(name)):
            index = cpr.index(cpr.clean(SARA))
            consents.ask_for_access(unit=unit, kinds=["employment"], why=why, by=street.actor(name), cpr_index=index)
    with acting_as(street.actor("Mette")):
        log.open_list("my day")
        assert sorted(row.why for row in AccessRequest.objects.all()) == ["Et job\nEn bolig", "Noget andet"]


def ask_blind(client: Client, street: Street, number: str) -> str:
    answer = client.post("/ask/", question(street, cpr=number), follow=True)
    assert answer.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode())


def test_by_cpr_number_the_answer_is_always_the_same(street: Street, sign_in: SignIn) -> None:
    olga = sign_in("Olga")
    assert ask_blind(olga, street, SARA) == ask_blind(olga, street, NOBODY)
    assert requests_seen_by(street, "Mette") == 1


def test_the_one_who_asked_blind_learns_nothing_from_their_own_request(street: Street, sign_in: SignIn) -> None:
    olga = sign_in("Olga")
    ask_blind(olga, street, SARA)
    assert requests_seen_by(street, "Olga") == 0
    assert olga.get(street.base).status_code == 404
    assert "Vi vil hjælpe" not in olga.get("/").content.decode()


def test_a_number_that_is_none(street: Street, sign_in: SignIn) -> None:
    answer = sign_in("Olga").post("/ask/", question(street, cpr="123"))
    assert answer.status_code == 422
    assert "ti cifre" in answer.content.decode()
    assert "Vi vil hjælpe med et job" in answer.content.decode()


def test_who_may_ask(street: Street, sign_in: SignIn) -> None:
    assert sign_in("Olga").get(f"{street.base}ask/").status_code == 404
    for name in ("Sara", "Leo", "Ada"):
        assert sign_in(name).get("/ask/").status_code == 404, name


def test_whoever_asked_reads_the_answer_on_their_day_until_they_have_read_it(street: Street, sign_in: SignIn) -> None:
    jens, mette = sign_in("Jens"), sign_in("Mette")
    jens.post(f"{street.base}ask/", question(street))
    card = jens.get(f"{street.base}card/").content.decode()
    assert "Du spurgte" in card
    assert "Vi vil hjælpe med et job" in card
    with acting_as(street.actor("Mette")):
        log.open_list("my day")
        address = f"{street.base}requests/{AccessRequest.objects.get().pk}/"
    mette.post(address, {"status": "no", "answer": "Familien siger nej tak."})
    assert "Familien siger nej tak." in jens.get(f"{street.base}card/").content.decode()
    day = jens.get("/").content.decode()
    assert "Familien siger nej tak." in day
    found = re.search(r"/notices/[0-9a-f-]+/read/", day)
    assert found is not None
    jens.post(found.group())
    assert "Familien siger nej tak." not in jens.get("/").content.decode()


def test_by_cpr_number_no_answer_comes(street: Street, sign_in: SignIn) -> None:
    olga, mette = sign_in("Olga"), sign_in("Mette")
    ask_blind(olga, street, SARA)
    with acting_as(street.actor("Mette")):
        log.open_list("my day")
        address = f"{street.base}requests/{AccessRequest.objects.get().pk}/"
    assert mette.post(address, {"status": "no", "answer": "Familien siger nej tak."}).status_code == 302
    assert "nej tak" not in olga.get("/").content.decode()
    with acting_as(street.actor("Olga")):
        assert not Notice.objects.exists()


def test_a_question_by_cpr_number_is_another_than_ones_own(street: Street, sign_in: SignIn) -> None:
    """Else one's own would grow only where there is a plan, and Jonas would read what was asked about Sara."""
    with acting_as(street.actor("Mette")) as _:
        by = street.actor("Mette")
        log.open_family(street.family, "people")
        alba = people.add_person(
            family=street.family, given_name="Alba", birth_date=years_ago(3), cpr="010123-1234", by=by
        )
        jonas = Person.objects.get(pk=street.persons["Jonas"])
        people.set_custody(child=alba, holder=jonas, kind="sole", starts=years_ago(3), by=by)
    jens = sign_in("Jens")
    jens.post(f"{street.base}ask/", question(street, why="Sara siger, hun ikke sover"))
    before = jens.get(f"{street.base}ask/").content.decode().count("Sara siger")
    ask_blind(jens, street, "010123-1234")
    ask_blind(jens, street, SARA)
    page = jens.get(f"{street.base}ask/").content.decode()
    assert page.count("Sara siger") == before
    assert "Vi vil hjælpe med et job" not in page
    told = sign_in("Jonas")
    for door in ("/", f"{street.base}log/"):
        shown = told.get(door).content.decode()
        assert "Vi vil hjælpe med et job" in shown
        assert "ikke sover" not in shown


def test_the_family_reads_what_was_answered_for_it(street: Street, sign_in: SignIn) -> None:
    sign_in("Jens").post(f"{street.base}ask/", question(street))
    with acting_as(street.actor("Mette")):
        log.open_list("my day")
        address = f"{street.base}requests/{AccessRequest.objects.get().pk}/"
    sign_in("Mette").post(address, {"status": "no", "answer": "Sara siger nej tak."})
    assert "Sara siger nej tak." in sign_in("Sara").get("/").content.decode()
    assert "svarede på familiens vegne" in sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert "Sara siger nej tak." not in sign_in("Jonas").get("/").content.decode()


def test_a_yes_is_on_her_day_until_its_consent_is_written_down(street: Street, sign_in: SignIn) -> None:
    """Jens has been told that it is on its way."""
    sign_in("Jens").post(f"{street.base}ask/", question(street))
    mette = sign_in("Mette")
    with acting_as(street.actor("Mette")):
        log.open_list("my day")
        address = f"{street.base}requests/{AccessRequest.objects.get().pk}/"
    waits = "Jobcenter har fået et ja: skriv samtykket ned"
    assert waits not in mette.get("/").content.decode()
    mette.post(address, {"status": "yes", "answer": ""})
    assert waits in mette.get("/").content.decode()
    assert waits not in sign_in("Jens").get("/").content.decode()
    street.give("Sara", "Sara", to_units=(street.units["Byskolen"],))
    assert waits in mette.get("/").content.decode()  # another unit's
    street.give("Sara", "Sara")
    assert waits not in mette.get("/").content.decode()
