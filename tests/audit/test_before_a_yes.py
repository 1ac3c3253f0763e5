"""What a professional does before anybody has said yes: told to those whom it concerns, and to nobody else.

Jens (job centre) works with Sara, Lis (school) with Anton; nobody has said yes to anything.
"""

import psycopg
import pytest
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent.models import AccessRequest
from familieplan.people import actions as people
from familieplan.people.models import Person, Staff, Unit
from tests.histories.faults import Slip
from tests.street import SignIn, Street

CARD, ASKED = ("card", ()), ("asked for access", ())
WHY = "Vi vil hjælpe med et job"


def seen(street: Street, name: str, *by: str) -> set[tuple[str, tuple[int, ...]]]:
    """What stands in somebody's log about these professionals."""
    holders = {street.staff[one] for one in by}
    with acting_as(street.actor(name)):
        if name in street.staff:
            log.open_family(street.family, "log")
        return {(row.action, tuple(row.scopes)) for row in log.seen_by_me(street.family) if row.holder in holders}


def who_sees(street: Street, what: tuple[str, tuple[int, ...]], by: str) -> set[str]:
    return {name for name in ("Sara", "Jonas", "Anton", "Freja", "Mette") if what in seen(street, name, by)}


def ask(street: Street, sign_in: SignIn, name: str, **cpr: str) -> None:
    given = {"unit": str(street.units["Jobcenter"]), "kinds": ["employment"], "why": WHY}
    assert sign_in(name).post("/ask/" if cpr else f"{street.base}ask/", given | cpr).status_code == 302


def test_the_card_is_told_to_those_who_may_know_of_the_professional(street: Street, sign_in: SignIn) -> None:
    for name in ("Jens", "Lis"):
        assert sign_in(name).get(f"{street.base}card/").status_code == 200
    assert who_sees(street, CARD, "Jens") == {"Sara", "Mette"}
    assert who_sees(street, CARD, "Lis") == {"Sara", "Jonas", "Anton", "Mette"}
    page = sign_in("Sara").get(f"{street.base}log/").content.decode()
    assert "så, at der er en plan" in page
    assert "Jobcenter (fagperson)" in page


def test_not_to_a_parent_from_whom_the_school_is_kept(street: Street, sign_in: SignIn) -> None:
    mette = street.actor("Mette")
    with acting_as(mette):
        log.open_family(street.family, "people")
        sara, anton = (Person.objects.get(pk=street.persons[name]) for name in ("Sara", "Anton"))
        home = people.add_household(family=street.family, label="Hos Sara", about=[sara, anton], by=mette)
        for one in (sara, anton):
            people.live_at(person=one, household=home, starts=one.birth_date, by=mette)  # type: ignore[arg-type]
        people.protect_address(person=anton, starts=anton.birth_date, by=mette)  # type: ignore[arg-type]
    assert sign_in("Lis").get(f"{street.base}card/").status_code == 200
    assert who_sees(street, CARD, "Lis") == {"Sara", "Anton", "Mette"}


def test_what_was_not_shown_is_not_logged(
    street: Street, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    jens = sign_in("Jens")
    for page in ("people/", "log/", "consents/", "people/add/", "fridge-plan/"):
        assert jens.get(f"{street.base}{page}").status_code == 404, page
    rows = superuser_connection.execute("SELECT FROM audit_entry WHERE holder = %s", [street.staff["Jens"]])
    assert rows.fetchall() == []


def test_the_list_and_the_two_forms(street: Street, sign_in: SignIn) -> None:
    jens = sign_in("Jens")
    for page in ("/", "/families/", f"{street.base}ask/", f"{street.base}emergency/"):
        assert jens.get(page).status_code == 200
    assert seen(street, "Sara", "Jens") == {("list", ()), ("form to ask", ()), ("form for emergency", ())}
    assert seen(street, "Jonas", "Jens") == set()


def test_what_is_asked_and_why(street: Street, sign_in: SignIn) -> None:
    ask(street, sign_in, "Jens")
    assert who_sees(street, ASKED, "Jens") == {"Sara", "Mette"}
    sara, jonas = sign_in("Sara"), sign_in("Jonas")
    assert WHY in sara.get(f"{street.base}log/").content.decode()
    assert "Nogen beder om at se mere" in sara.get("/").content.decode()
    assert WHY not in jonas.get(f"{street.base}log/").content.decode() + jonas.get("/").content.decode()


def test_asked_by_number_the_one_with_the_number_is_told(street: Street, sign_in: SignIn) -> None:
    ask(street, sign_in, "Olga", cpr="040388-1234")
    assert who_sees(street, ASKED, "Olga") == {"Sara", "Mette"}
    ask(street, sign_in, "Olga", cpr="010190-4321")
    with acting_as(street.actor("Sara")):
        assert AccessRequest.objects.count() == 1
    with acting_as(street.actor("Jonas")):
        assert AccessRequest.objects.count() == 0


def test_about_several_only_who_decides_for_each(street: Street, sign_in: SignIn) -> None:
    """Olga joins for Sara and Anton, and asks: what for may be about Sara, so Jonas is not told."""
    mette = street.actor("Mette")
    with acting_as(mette):
        log.open_family(street.family, "people")
        people.add_to_team(
            family=street.family,
            staff=Staff.objects.get(pk=street.staff["Olga"]),
            unit=Unit.objects.get(pk=street.units["Jobcenter"]),
            about=Person.objects.filter(pk__in=[street.persons["Sara"], street.persons["Anton"]]),
            starts=timezone.localdate(),
            by=mette,
        )
    ask(street, sign_in, "Olga")
    assert who_sees(street, ASKED, "Olga") == {"Sara", "Mette"}


def both(street: Street, sign_in: SignIn) -> None:
    test_the_card_is_told_to_those_who_may_know_of_the_professional(street, sign_in)
    test_what_is_asked_and_why(street, sign_in)


SEEN = "audit.seen_by_me(uuid, int, timestamptz)"
FAULTS = {
    "told to whoever is in the family": Slip(SEEN, "AND t.scope_id = ANY (keys)", ""),
    "told of anybody's question": Slip(SEEN, "AND consent.hears_of(r.about)", ""),
    "not told": Slip(SEEN, "OR e.scopes = '{}' AND (", "OR false AND ("),
    "told of every professional's": Slip(SEEN, "AND t.staff_id = e.holder", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(
    street: Street, sign_in: SignIn, superuser_connection: psycopg.Connection, fault: str
) -> None:
    FAULTS[fault].plant(superuser_connection)
    with pytest.raises(AssertionError):
        both(street, sign_in)
