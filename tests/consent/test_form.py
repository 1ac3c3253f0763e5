"""The coordinator's form: what it asks, what it refuses, and that nothing typed is lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent.models import Consent
from familieplan.people import actions as people
from familieplan.people.models import Person
from tests.street import SignIn, Street, years_ago

PURPOSE = "At jobcentret kender familiens hverdag"


@pytest.fixture
def mette(sign_in: SignIn) -> Client:
    return sign_in("Mette")


def answers(street: Street, *signed: str, **changes: Any) -> dict[str, Any]:
    whole = {
        "once": str(uuid4()),
        "kinds": ["basic", "employment"],
        "sources": ["family", str(street.units["Familieteam"])],
        "recipients": [f"unit:{street.units['Jobcenter']}"],
        "purpose": PURPOSE,
        "lasts": "6",
        "consequence": "Hjælpen fortsætter.",
        "signed": [str(street.persons[name]) for name in signed],
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def post(client: Client, street: Street, about: str, **given: Any) -> Any:
    return client.post(f"{street.base}consents/new/{street.persons[about]}/", given)


def opening_of(street: Street, name: str) -> str | None:
    with acting_as(street.actor(name)):
        return log.open_family(street.family, "family")


def test_a_signed_consent_opens_at_once(street: Street, mette: Client) -> None:
    assert opening_of(street, "Jens") == "card"
    assert post(mette, street, "Sara", **answers(street, "Sara")).status_code == 302
    assert opening_of(street, "Jens") == "full"


def test_nothing_is_chosen_beforehand(street: Street, mette: Client) -> None:
    page = mette.get(f"{street.base}consents/new/{street.persons['Anton']}/").content.decode()
    assert " checked" not in page
    assert "Jonas" in page


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("kinds", "hvilke oplysninger"),
        ("sources", "hvem oplysningerne kommer fra"),
        ("recipients", "hvem der må se dem"),
        ("purpose", "hvad det skal bruges til"),
        ("lasts", "hvornår det gælder til"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(street: Street, mette: Client, without: str, said: str) -> None:
    answer = post(mette, street, "Sara", **answers(street, "Sara", **{without: None}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert (PURPOSE in page) is (without != "purpose")
    assert (f'value="{street.units["Jobcenter"]}" checked' in page or "unit:" in page) is True


def test_who_must_sign_is_said_by_name(street: Street, mette: Client) -> None:
    def page(about: str) -> str:
        return mette.get(f"{street.base}consents/new/{street.persons[about]}/").content.decode()

    assert "Sara har skrevet under her" in page("Anton")
    assert "Jonas har skrevet under her" in page("Anton")
    assert "Freja bestemmer selv" in page("Freja")
    assert "Jonas har skrevet under her" not in page("Freja")


def test_one_of_two_opens_nothing_and_the_other_is_waited_for(street: Street, mette: Client) -> None:
    answer = post(
        mette,
        street,
        "Anton",
        **answers(street, "Sara", kinds=["basic", "school"], recipients=[f"unit:{street.units['Byskolen']}"]),
    )
    page = mette.get(answer["Location"]).content.decode()
    assert "Det venter på: Jonas" in page
    assert opening_of(street, "Lis") == "card"


def test_a_reason_lets_one_signature_do(street: Street, mette: Client) -> None:
    given = {
        "kinds": ["basic", "school"],
        "recipients": [f"unit:{street.units['Byskolen']}"],
        "deviation_reason": "Jonas er til søs.",
    }
    assert post(mette, street, "Anton", **answers(street, **given)).status_code == 422  # nobody has signed
    assert post(mette, street, "Anton", **answers(street, "Sara", **given)).status_code == 302
    assert opening_of(street, "Lis") == "full"


def test_a_child_does_not_sign(street: Street, mette: Client) -> None:
    answer = post(mette, street, "Anton", **answers(street, "Anton"))
    assert answer.status_code == 422
    assert "må ikke skrive under" in answer.content.decode()


@pytest.mark.parametrize(("days", "said"), [(-1, "Den sidste dag er allerede gået"), (400, "højst et år")])
def test_a_last_day_that_cannot_be(street: Street, mette: Client, days: int, said: str) -> None:
    day = timezone.localdate() + timedelta(days=days)
    answer = post(mette, street, "Sara", **answers(street, "Sara", lasts="other", until=day.isoformat()))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_closed_unit_is_refused(street: Street, mette: Client, superuser_connection: psycopg.Connection) -> None:
    superuser_connection.execute(
        "UPDATE people_unit SET closed_on = current_date WHERE id = %s", [street.units["Jobcenter"]]
    )
    answer = post(mette, street, "Sara", **answers(street, "Sara"))
    assert answer.status_code == 422
    assert "er lukket" in answer.content.decode()
    assert PURPOSE in answer.content.decode()


@pytest.mark.parametrize(("text", "said"), [("x" * 100_000, "Teksten er for lang"), ("a\x07b", "ikke kan ses")])
def test_impossible_texts(street: Street, mette: Client, text: str, said: str) -> None:
    answer = post(mette, street, "Sara", **answers(street, "Sara", purpose=text))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert text in answer.content.decode()


def test_sent_twice_it_is_written_once(street: Street, mette: Client) -> None:
    given = answers(street, "Sara")
    first, second = post(mette, street, "Sara", **given), post(mette, street, "Sara", **given)
    assert first["Location"] == second["Location"]
    with acting_as(street.actor("Sara")):
        assert Consent.objects.count() == 1


def test_on_paper_it_waits_and_is_then_registered(street: Street, mette: Client) -> None:
    answer = post(mette, street, "Sara", **answers(street, "Sara"), paper="yes")
    sheet = mette.get(answer["Location"]).content.decode()
    assert "Underskrift: Sara" in sheet
    assert PURPOSE in sheet
    assert opening_of(street, "Jens") == "card"
    register = answer["Location"].replace("/paper/", "/register/")
    assert mette.post(register, {}).status_code == 422
    assert mette.post(register, {"signed": [str(street.persons["Sara"])]}).status_code == 302
    assert opening_of(street, "Jens") == "full"


def test_talked_over_again_the_earlier_ends(street: Street, mette: Client) -> None:
    earlier = street.give("Sara", "Sara")
    address = f"{street.base}consents/{earlier.pk}/again/"
    page = mette.get(address).content.decode()
    assert earlier.purpose in page
    assert 'value="employment" checked' in page
    answer = mette.post(address, answers(street, "Sara", kinds=["basic"]))
    assert answer.status_code == 302
    assert mette.post(address, answers(street, "Sara", kinds=["basic"])).status_code == 422  # talked over already
    with acting_as(street.actor("Sara")):
        states = dict(Consent.objects.values_list("replaces", "withdrawn_at"))
    assert states[earlier.pk] is None
    assert states[None] is not None


def test_only_the_coordinator_writes_one_down(street: Street, sign_in: SignIn) -> None:
    for name in ("Jens", "Sara", "Olga", "Leo"):
        assert sign_in(name).get(f"{street.base}consents/new/").status_code == 404, name


def test_the_same_yes_is_not_written_down_twice(street: Street, mette: Client) -> None:
    """After "back", the form is sent once more with an id of its own: there would be two to take back."""
    post(mette, street, "Sara", **answers(street, "Sara"))
    again = post(mette, street, "Sara", **answers(street, "Sara"))
    assert again.status_code == 422
    assert "Det samme ja er allerede skrevet ned" in again.content.decode()
    wider = answers(street, "Sara", kinds=["basic", "employment", "plan"])
    assert post(mette, street, "Sara", **wider).status_code == 302


def test_a_yes_to_a_name_names_who_wrote_the_name_down(street: Street, mette: Client) -> None:
    """Else it would say that it opens the name, and open nothing of it."""
    refused = post(mette, street, "Sara", **answers(street, "Sara", sources=["family"]))
    assert refused.status_code == 422
    assert "er skrevet ned af Familieteam" in refused.content.decode()
    alone = answers(street, "Sara", sources=["family"], kinds=["employment"])
    assert post(mette, street, "Sara", **alone).status_code == 302


def test_shared_custody_of_which_one_is_missing_is_signed_by_nobody(street: Street, mette: Client) -> None:
    with acting_as(street.actor("Mette")) as _:
        by = street.actor("Mette")
        log.open_family(street.family, "people")
        alba = people.add_person(family=street.family, given_name="Alba", birth_date=years_ago(3), by=by)
        sara = Person.objects.get(pk=street.persons["Sara"])
        people.set_custody(child=alba, holder=sara, kind="joint", starts=years_ago(3), by=by)
    street.persons["Alba"] = alba.pk
    refused = post(mette, street, "Alba", **answers(street, "Sara"))
    assert refused.status_code == 422
    assert "kun den ene er skrevet ned" in refused.content.decode()
    assert post(mette, street, "Alba", **answers(street)).status_code == 302  # written down, it waits
