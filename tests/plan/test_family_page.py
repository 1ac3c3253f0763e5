"""The family page: one address, and for each reader what they may see of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from familieplan.access.drawers import readers_of_scopes
from familieplan.consent import actions as consents
from familieplan.consent.models import Consent
from familieplan.plan.models import Statement
from tests.plan.house import House


def html(house: House, name: str) -> str:
    answer = house.client(name).get(house.base)
    assert answer.status_code == 200, answer
    page: str = answer.content.decode()
    return page


WORRY, PRIVATE, HOPE, SCHOOL_TOPIC, SCHOOL_WORDS, EFFORT = (
    "Tirsdag er for tidligt",
    "Det siger jeg kun her",
    "En almindelig lørdag",
    "Morgenerne",
    "Elleve fraværsdage",
    "At prøve kræfter",
)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Sara", {WORRY, PRIVATE, HOPE, SCHOOL_TOPIC, SCHOOL_WORDS, EFFORT}),
        ("Peter", {SCHOOL_TOPIC, SCHOOL_WORDS}),  # custody of Anton, nothing of Sara
        ("Anton", {SCHOOL_TOPIC, SCHOOL_WORDS}),
        ("Emma", set()),
        ("Jens", {WORRY, HOPE, EFFORT}),  # Sara's yes to work and plan
        ("Mette", {WORRY, HOPE, EFFORT}),  # coordinator, but nobody has said yes to the school's drawers
        ("Lis", {SCHOOL_WORDS}),  # only what she wrote herself
    ],
)
def test_each_sees_what_somebody_said_yes_to(house: House, name: str, sees: set[str]) -> None:
    page = html(house, name)
    assert {text for text in (WORRY, PRIVATE, HOPE, SCHOOL_TOPIC, SCHOOL_WORDS, EFFORT) if text in page} == sees


@pytest.mark.parametrize("name", ["Olga", "Lena", "Ida"])
def test_for_others_there_is_no_such_family(house: House, name: str) -> None:
    client = house.client(name)
    for address in (
        house.base,
        f"{house.base}?part=hopes",
        f"{house.base}who/",
        f"{house.base}earlier/{house.rows['worry']}/",
    ):
        assert client.get(address).status_code == 404, address


def test_what_a_withdrawn_consent_opened_is_gone_at_the_next_click(house: House) -> None:
    jens = house.client("Jens")
    assert WORRY in jens.get(house.base).content.decode()
    with house.as_("Sara") as by:
        consents.withdraw(consent=Consent.objects.get(pk=house.rows["consent"]), by=by)
    page = jens.get(house.base).content.decode()
    assert WORRY not in page
    assert "Sara" not in re.sub(r'<span class="me">.*?</span></span>', "", page)
    assert EFFORT in page  # his own unit's words stay its own


def test_no_part_tells_more_than_the_page(house: House) -> None:
    """The near miss: on the team, and knows the ids."""
    lis = house.client("Lis")
    for part in (
        "topic-{work}",
        "goal-{goal}",
        "said-{worry}",
        "said-{private}",
        "effort-{effort}",
        "agreement-{agreement}",
    ):
        answer = lis.get(f"{house.base}?part={part.format(**house.rows)}", headers={"HX-Request": "true"})
        assert answer.content.strip() == b""
    for address in (
        "earlier/{worry}/",
        "earlier/{private}/",
        "statements/{worry}/edit/",
        "topics/{work}/edit/",
        "goals/{goal}/edit/",
    ):
        assert lis.get(house.base + address.format(**house.rows)).status_code == 404


def test_a_part_alone_is_the_card_of_the_page(house: House) -> None:
    answer = house.client("Sara").get(f"{house.base}?part=topic-{house.rows['work']}", headers={"HX-Request": "true"})
    card = answer.content.decode()
    assert card.strip().startswith("<article")
    assert WORRY in card


def test_who_can_see_it(house: House) -> None:
    with house.as_("Sara"):
        public, private = (Statement.objects.get(pk=house.rows[name]).scope_id for name in ("worry", "private"))
        assert len(readers_of_scopes([public])[public]) == 3
    sara = house.client("Sara")
    seen = sara.get(f"{house.base}who/{public}/", headers={"HX-Request": "true"}).content.decode()
    for name in ("Dig", "Jobcentret", "Familieteamet"):
        assert seen.count(name) == 1
    only = sara.get(f"{house.base}who/{private}/", headers={"HX-Request": "true"}).content.decode()
    assert "Jobcentret" not in only
    assert house.client("Jens").get(f"{house.base}who/{private}/").status_code == 404


def test_who_will_see_it(house: House) -> None:
    sara = house.client("Sara")
    about = f"about={house.people['Sara']}&words=1"
    seen = sara.get(f"{house.base}who/?{about}&kind=employment").content.decode()
    assert "Jobcentret" in seen
    assert "Jobcentret" not in sara.get(f"{house.base}who/?{about}&kind=employment&private=on").content.decode()
    assert "Jobcentret" not in sara.get(f"{house.base}who/?{about}&kind=mental_health").content.decode()
    anton = sara.get(f"{house.base}who/?about={house.people['Anton']}&kind=school&words=1").content.decode()
    assert "en anden i familien" in anton  # Peter, whom Sara may not know by name


def test_an_agreement_for_somebody_who_cannot_see_it_says_so(house: House) -> None:
    """Before it is saved, and as long as it stands so."""
    sara = house.client("Sara")
    jens, about = house.actor("Jens").id, f"about={house.people['Sara']}"
    blind = "Jens kan ikke se aftalen, før"
    assert blind in sara.get(f"{house.base}who/?{about}&kind=mental_health&doer={jens}").content.decode()
    assert blind not in sara.get(f"{house.base}who/?{about}&kind=employment&doer={jens}").content.decode()
    said = {"about": str(house.people["Sara"]), "what": "Ringer til lægen", "doer": str(jens), "due_on": "2199-01-02"}
    for kind, is_unseen in (("employment", False), ("mental_health", True)):
        sara.post(f"{house.base}agreements/add/", {**said, "kind": kind})
        assert (blind in sara.get(house.base).content.decode()) is is_unseen


def test_twelve_statements_are_enough(house: House) -> None:
    client = house.client("Mette")
    client.get(house.base)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(house.base).status_code == 200
    assert len(asked) <= 12, [(one["sql"] or "a kept one")[:80] for one in asked]


@pytest.mark.parametrize(
    "address",
    [
        "who/99999999999999999999/",
        "who/0/",
        "who/?about=x&kind=y&unit=z&speaker=q",
        "?part=x",
        "?part=topic-x",
        "?part=",
    ],
)
def test_addresses_of_nothing_are_no_accident(house: House, address: str) -> None:
    answer = house.client("Sara").get(house.base + address, headers={"HX-Request": "true"})
    assert answer.status_code in (200, 404)
