"""Law 4: what opens or closes things about somebody is told to them in the same transaction, and to nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.models import Notice
from familieplan.people import actions as people
from familieplan.people.models import AddressProtection, Custody, Person
from tests.histories.faults import Slip
from tests.street import SignIn, Street, years_ago

FAMILY = ("Sara", "Jonas", "Anton", "Freja")


@pytest.fixture(autouse=True)
def nothing_new(street: Street, superuser_connection: psycopg.Connection) -> None:
    """What was told when the family was written down has been read."""
    superuser_connection.execute("DELETE FROM consent_notice")


@contextmanager
def mette_writes(street: Street) -> Iterator[Actor]:
    with acting_as(street.actor("Mette")) as _:
        log.open_family(street.family, "people")
        yield street.actor("Mette")


def person(street: Street, name: str) -> Person:
    return Person.objects.get(pk=street.persons[name])


def told(street: Street, what: str) -> set[str]:
    found = set()
    for name in (*FAMILY, "Mette", "Jens"):
        with acting_as(street.actor(name)):
            if Notice.objects.filter(what=what).exists():
                found.add(name)
    return found


def front(sign_in: SignIn, name: str) -> str:
    return sign_in(name).get("/").content.decode()


def test_a_signature_somebody_else_wrote_down(street: Street, sign_in: SignIn) -> None:
    street.give("Anton", "Sara", kinds=("basic", "school"), to_units=(street.units["Byskolen"],))
    assert told(street, "signed") == {"Sara"}
    page = front(sign_in, "Sara")
    assert "Et ja er skrevet ned i dit navn" in page
    assert "Byskolen må se" in page


def test_ones_own_signature_is_not_news(street: Street) -> None:
    consent = street.give("Anton", "Sara")
    jonas = street.actor("Jonas")
    with acting_as(jonas):
        consents.sign(consent=consent, person=person(street, "Jonas"), form="portal", by=jonas)
    assert told(street, "signed") == {"Sara"}


def test_a_consent_that_holds_without_the_other_parent(street: Street, sign_in: SignIn) -> None:
    street.give("Anton", "Sara", deviation_reason="Jonas er på havet til august")
    assert told(street, "deviation") == {"Jonas"}
    assert "Jonas er på havet til august" in front(sign_in, "Jonas")
    street.give("Freja", "Freja")
    assert told(street, "deviation") == {"Jonas"}


def test_custody_that_ends(street: Street, sign_in: SignIn) -> None:
    with mette_writes(street) as by:
        row = Custody.objects.get(child=street.persons["Anton"], holder=street.persons["Jonas"])
        people.end_custody(custody=row, last_day=timezone.localdate(), by=by)
    assert told(street, "custody") == {"Sara", "Jonas"}  # Anton is ten
    page = front(sign_in, "Jonas")
    assert "Forældremyndighed over Anton: dig til" in page


def test_of_frejas_custody_jonas_hears_nothing(street: Street) -> None:
    with mette_writes(street) as by:
        row = Custody.objects.get(child=street.persons["Freja"])
        people.end_custody(custody=row, last_day=timezone.localdate(), by=by)
    assert told(street, "custody") == {"Sara", "Freja"}


def protected(street: Street) -> None:
    """Anton lives with Sara; where, is kept from Jonas, who has custody too."""
    with mette_writes(street) as by:
        sara, anton = person(street, "Sara"), person(street, "Anton")
        home = people.add_household(family=street.family, label="Hos Sara", about=[sara, anton], by=by)
        for one in (sara, anton):
            people.live_at(person=one, household=home, starts=date(2020, 1, 1), by=by)
        people.protect_address(person=anton, starts=date(2020, 1, 1), by=by)


def ends(street: Street) -> None:
    with mette_writes(street) as by:
        row = AddressProtection.objects.get(person=street.persons["Anton"])
        people.end_address_protection(protection=row, last_day=timezone.localdate(), by=by)


def test_address_protection_that_ends(street: Street, sign_in: SignIn) -> None:
    protected(street)
    assert told(street, "protection") == set()
    ends(street)
    assert told(street, "protection") == {"Sara"}
    assert "Adressebeskyttelsen for Anton holder til og med" in front(sign_in, "Sara")


def born(street: Street, name: str, day: date) -> None:
    with mette_writes(street) as by:
        row = person(street, name)
        people.edit_person(person=row, version=row.version, by=by, birth_date=day)


def test_a_birth_date_across_an_age_limit(street: Street, sign_in: SignIn) -> None:
    born(street, "Anton", years_ago(15))
    assert told(street, "birth date") == {"Sara", "Jonas", "Anton"}
    assert "En fødselsdag er rettet" in front(sign_in, "Jonas")


def test_a_birth_date_within_the_same_age_is_nobodys_news(street: Street) -> None:
    born(street, "Anton", years_ago(11))
    assert told(street, "birth date") == set()
    born(street, "Freja", years_ago(17, days=1))
    assert told(street, "birth date") == set()
    born(street, "Freja", years_ago(18, days=1))
    assert told(street, "birth date") == {"Sara", "Freja"}


def test_read_once_what_stood_together(street: Street, sign_in: SignIn) -> None:
    for about in ("Sara", "Anton"):
        street.give(about, "Sara")
    sara = sign_in("Sara")
    assert sara.get("/").content.decode().count("Et ja er skrevet ned i dit navn") == 1
    with acting_as(street.actor("Sara")):
        newest = Notice.objects.order_by("-at").first()
        assert newest is not None
    assert sara.post(f"/notices/{newest.pk}/read/").status_code == 302
    assert "Et ja er skrevet ned i dit navn" not in sara.get("/").content.decode()


def test_a_planted_fault_is_noticed(street: Street, superuser_connection: psycopg.Connection) -> None:
    """Told to the one from whom the address is kept."""
    together = "a.person_id = NEW.person_id AND b.person_id = h"
    Slip("consent.tell_of_protection()", together, "true").plant(superuser_connection)
    protected(street)
    ends(street)
    assert told(street, "protection") != {"Sara"}


def test_the_app_tells_nobody_anything_itself(street: Street, app_connection: psycopg.Connection) -> None:
    for statement in (
        "INSERT INTO consent_notice SELECT * FROM consent_notice",
        "SELECT consent.tell(gen_random_uuid(), '{}', 'signed', gen_random_uuid())",
        "SELECT consent.who_is_told_about(gen_random_uuid())",
        "UPDATE consent_notice SET what = 'x'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(statement.encode())


def test_nothing_is_told_of_a_change_that_did_not_happen(street: Street) -> None:
    protected(street)
    with mette_writes(street) as by:
        row = AddressProtection.objects.get(person=street.persons["Anton"])
        people.end_address_protection(protection=row, last_day=None, by=by)  # type: ignore[arg-type]
    assert told(street, "protection") == set()


def test_a_yes_that_the_coordinator_ends_is_told_to_who_gave_it(street: Street, sign_in: SignIn) -> None:
    consent = street.give("Freja", "Freja")
    freja = sign_in("Freja")
    assert "Et ja er afsluttet" not in freja.get("/").content.decode()
    sign_in("Mette").post(f"{street.base}consents/{consent.pk}/withdraw/")
    assert "Et ja er afsluttet" in freja.get("/").content.decode()
    assert "Et ja er afsluttet" not in sign_in("Sara").get("/").content.decode()
    own = street.give("Sara", "Sara")
    sara = sign_in("Sara")
    sara.post(f"{street.base}consents/{own.pk}/withdraw/")
    assert "Et ja er afsluttet" not in sara.get("/").content.decode()
