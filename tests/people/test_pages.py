"""The people of a family: the coordinator's small forms, and what each of them refuses."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.people.models import Custody, Person, TeamMember
from tests.street import SignIn, Street, years_ago


@pytest.fixture
def mette(sign_in: SignIn) -> Client:
    return sign_in("Mette")


def person(**changes: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), "given_name": "Ida", "birth_date": "2019-02-03", "part": "member"} | changes


def names(street: Street) -> list[str]:
    with acting_as(street.actor("Mette")):
        log.open_family(street.family, "family")
        return sorted(Person.objects.values_list("given_name", flat=True))


def test_a_new_family_begins_with_one_adult(street: Street, mette: Client) -> None:
    given = person(given_name="Nadia", birth_date="1990-05-06", unit=str(street.units["Familieteam"]))
    first, second = mette.post("/families/new/", given), mette.post("/families/new/", given)
    assert first["Location"] == second["Location"]  # a lost connection, sent again
    page = mette.get(first["Location"]).content.decode()
    assert "Nadia" in page
    assert "Sara" not in page


def test_everybody_is_on_the_page_with_what_follows_from_them(street: Street, mette: Client) -> None:
    page = mette.get(f"{street.base}people/").content.decode()
    for words in ("Sara", "Jonas", "Anton", "10 år", "Fælles forældremyndighed", "Jens, Jobcenter"):
        assert words in page, words


def test_one_more_in_the_family_written_once(street: Street, mette: Client) -> None:
    given = person()
    for _time in range(2):
        assert mette.post(f"{street.base}people/add/", given).status_code == 302
    assert names(street) == ["Anton", "Freja", "Ida", "Jonas", "Sara"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"given_name": "Sara", "birth_date": "1988-03-04"}, "er allerede i familien"),
        (
            {"given_name": "S. Holm", "birth_date": "", "cpr": "040388-1234"},
            "En med dette CPR-nummer er allerede i familien",
        ),
        ({"cpr": "12"}, "Det er ikke et CPR-nummer"),
        ({"cpr": "990219-1234"}, "Det er ikke et CPR-nummer"),
        ({"cpr": "040388-9999"}, "CPR-nummeret fortæller en anden fødselsdag"),
        ({"birth_date": ""}, "Skriv fødselsdagen"),
        ({"birth_date": "2999-01-01"}, "ikke kommet endnu"),
        ({"given_name": "x" * 100_000}, "Teksten er for lang"),
    ],
)
def test_refused_with_the_typed_text_kept(street: Street, mette: Client, changes: dict[str, str], said: str) -> None:
    answer = mette.post(f"{street.base}people/add/", person(role_words="lillesøster", **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "lillesøster" in answer.content.decode()
    assert names(street) == ["Anton", "Freja", "Jonas", "Sara"]


def custody_of(street: Street, mette: Client, child: str, **changes: str) -> Any:
    given = {"holder": str(street.persons["Jonas"]), "kind": "joint", "starts": years_ago(16).isoformat()} | changes
    return mette.post(f"{street.base}people/{street.persons[child]}/custody/add/", given)


@pytest.mark.parametrize(
    ("child", "changes", "said"),
    [
        ("Anton", {"starts": years_ago(3).isoformat()}, "allerede forældremyndighed for de to"),
        ("Freja", {}, "kan ikke være eneforældremyndighed"),
        ("Anton", {"starts": years_ago(30).isoformat()}, "Se på fødselsdagen"),
        ("Freja", {"ends": years_ago(17).isoformat()}, "Den sidste dag ligger før den første"),
    ],
)
def test_custody_that_contradicts(
    street: Street, mette: Client, child: str, changes: dict[str, str], said: str
) -> None:
    answer = custody_of(street, mette, child, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_custody_ends_and_another_begins(street: Street, mette: Client) -> None:
    with acting_as(street.actor("Sara")):
        row = Custody.objects.get(child=street.persons["Freja"]).pk
    today = timezone.localdate().isoformat()
    assert mette.post(f"{street.base}people/custody/{row}/end/", {"last_day": "1999-01-01"}).status_code == 422
    assert (
        mette.post(f"{street.base}people/custody/{row}/end/", {"last_day": years_ago(1).isoformat()}).status_code == 302
    )
    assert custody_of(street, mette, "Freja", kind="sole", starts=today).status_code == 302
    assert "Freja" in sign_in_page(street, "Jonas")


def sign_in_page(street: Street, name: str) -> list[str]:
    with acting_as(street.actor(name)):
        log.open_family(street.family, "family")
        return list(Person.objects.values_list("given_name", flat=True))


def test_homes_relations_contacts_and_protection(street: Street, mette: Client) -> None:
    anton, today = street.persons["Anton"], timezone.localdate().isoformat()
    people = f"{street.base}people/"
    home = {
        "label": "Hos mor",
        "address": "Elmevej 3",
        "about": [str(anton), str(street.persons["Sara"])],
        "starts": today,
    }
    assert mette.post(f"{people}homes/add/", home).status_code == 302
    relation = {"kind": "sibling", "other": str(street.persons["Freja"]), "words": "lillebror til"}
    assert mette.post(f"{people}{anton}/relations/add/", relation).status_code == 302
    assert mette.post(f"{people}{anton}/contacts/add/", {"kind": "phone", "value": "22 33 44 55"}).status_code == 302
    assert mette.post(f"{people}{anton}/protection/add/", {"starts": today}).status_code == 302
    page = mette.get(people).content.decode()
    for words in ("Hos mor", "Elmevej 3", "lillebror til", "22 33 44 55", "Adressebeskyttelse"):
        assert words in page, words
    # protected: only custody in the child's own home reads the address
    assert "Elmevej 3" not in page_of(street, "Jonas")


def page_of(street: Street, name: str) -> str:
    from familieplan.people.models import Contact

    with acting_as(street.actor(name)):
        log.open_family(street.family, "family")
        return " ".join(Contact.objects.values_list("value", flat=True))


def joins(street: Street, mette: Client, who: str = "Olga", unit: str = "Jobcenter") -> Any:
    given = {
        "staff": f"{street.staff[who]}:{street.units[unit]}",
        "about": [str(street.persons["Sara"])],
        "reason": "Finder en praktikplads",
        "role": "professional",
        "starts": timezone.localdate().isoformat(),
    }
    return mette.post(f"{street.base}people/team/add/", given)


def test_a_professional_joins_and_leaves_with_a_reason(street: Street, mette: Client) -> None:
    assert joins(street, mette).status_code == 302
    assert "Finder en praktikplads" in mette.get(f"{street.base}people/").content.decode()
    answer = joins(street, mette)
    assert answer.status_code == 422
    assert "allerede med i teamet" in answer.content.decode()
    with acting_as(street.actor("Olga")):
        assert log.open_family(street.family, "card") == "card"
        row = TeamMember.objects.get(staff=street.staff["Olga"]).pk
    address = f"{street.base}people/team/{row}/leave/"
    assert mette.post(address, {"last_day": timezone.localdate().isoformat()}).status_code == 422
    given = {"last_day": timezone.localdate().isoformat(), "reason": "Har fået nyt arbejde"}
    assert mette.post(address, given).status_code == 302
    assert "Har fået nyt arbejde" in mette.get(f"{street.base}people/").content.decode()


def test_a_closed_unit_takes_nobody(street: Street, mette: Client, superuser_connection: psycopg.Connection) -> None:
    superuser_connection.execute(
        "UPDATE people_unit SET closed_on = current_date WHERE id = %s", [street.units["Jobcenter"]]
    )
    answer = joins(street, mette)
    assert answer.status_code == 422
    assert "Finder en praktikplads" in answer.content.decode()


def test_two_who_change_the_same_person_are_both_told(street: Street, mette: Client) -> None:
    address = f"{street.base}people/{street.persons['Jonas']}/edit/"
    given = {"given_name": "Jonas", "birth_date": "1986-07-08", "part": "parent_elsewhere", "version": "1"}
    assert mette.post(address, given | {"surname": "Lund"}).status_code == 302
    answer = mette.post(address, given | {"surname": "Holm"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lund" in page
    assert "Efternavn" in page.partition("conflict")[2].partition("</h4>")[0]
    assert 'value="Holm"' in page
    assert 'name="version" value="2"' in page
    assert mette.post(address, given | {"surname": "Holm", "version": "2"}).status_code == 302


def test_invited_in_with_a_link_that_is_shown_once(street: Street, mette: Client) -> None:
    address = f"{street.base}people/{street.persons['Sara']}/invite/"
    page = mette.post(address, {"login": "sara"}).content.decode()
    assert "/account/welcome/" in page
    assert "/account/welcome/" not in mette.get(address).content.decode()
    answer = mette.post(f"{street.base}people/{street.persons['Jonas']}/invite/", {"login": "sara"})
    assert answer.status_code == 422
    assert mette.get(f"{street.base}people/{street.persons['Anton']}/invite/").status_code == 404  # he is ten


def test_the_forms_are_the_coordinators(street: Street, sign_in: SignIn) -> None:
    for name in ("Jens", "Sara", "Olga", "Leo", "Ada"):
        client = sign_in(name)
        for door in ("add/", "homes/add/", "team/add/", f"{street.persons['Anton']}/edit/"):
            assert client.get(f"{street.base}people/{door}").status_code == 404, (name, door)
        assert client.get("/families/new/").status_code == 404, name


def test_the_other_parent_sees_the_child_and_not_the_mother(street: Street, sign_in: SignIn) -> None:
    page = sign_in("Jonas").get(f"{street.base}people/").content.decode()
    assert "Anton" in page
    assert "Sara" not in page
    assert "Freja" not in page


def test_a_relation_is_read_from_each_card(mette: Client, street: Street) -> None:
    """Not "mother: Anton" on Sara's card, and not nothing on Anton's."""
    sara, anton = street.persons["Sara"], street.persons["Anton"]
    said = {"kind": "biological_parent", "other": str(anton), "words": "mor"}
    assert mette.post(f"{street.base}people/{sara}/relations/add/", said).status_code == 302
    page = mette.get(f"{street.base}people/").content.decode()
    hers, his = (page.partition(f'id="person-{id}"')[2].partition('</li>\n<li class="box"')[0] for id in (sara, anton))
    assert ("mor til Anton" in hers, "mor: Sara" in his) == (True, True)
    assert "mor: Anton" not in page
