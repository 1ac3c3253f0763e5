"""What needs me: as the database finds it, and as it is sorted."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import psycopg

from familieplan.access.enums import Kind
from familieplan.consent import actions as consents
from familieplan.desk.day import my_day
from familieplan.desk.reading import FamilyRow, Request, Task
from familieplan.people.models import Person
from familieplan.plan import actions as plan
from tests.desk.test_families import page
from tests.plan.house import House

TODAY = date(2026, 11, 24)
FAMILY = FamilyRow(uuid4(), "Sara", True, "Mette", TODAY, False, None, None, None, None, False)


def test_a_day_on_which_nothing_needs_me() -> None:
    assert my_day(today=TODAY, families=[FAMILY], tasks=[], requests=[], unsigned=[]).is_free


def test_due_today_is_not_overdue() -> None:
    tasks = [Task(uuid4(), FAMILY.id, "ringer", TODAY - timedelta(days=1)), Task(uuid4(), FAMILY.id, "skriver", TODAY)]
    day = my_day(today=TODAY, families=[FAMILY], tasks=tasks, requests=[], unsigned=[])
    assert ([task.what for task in day.overdue], [task.what for task in day.soon]) == (["ringer"], ["skriver"])


def test_silence_and_consents_are_the_coordinators() -> None:
    row = replace(FAMILY, is_quiet=True, consent_ends_on=TODAY)
    assert my_day(today=TODAY, families=[row], tasks=[], requests=[], unsigned=[]).quiet == (row,)
    theirs = my_day(today=TODAY, families=[replace(row, is_mine=False)], tasks=[], requests=[], unsigned=[])
    assert theirs.is_free
    ended = my_day(today=TODAY, families=[replace(row, is_closed=True)], tasks=[], requests=[], unsigned=[])
    assert ended.is_free


def test_the_next_thing_of_each_family_is_there_once() -> None:
    soon = [replace(FAMILY, id=uuid4(), due_on=TODAY + timedelta(days=after), what="ringer") for after in (8, 7, -1)]
    own = Task(uuid4(), soon[2].id, "ringer", TODAY - timedelta(days=1))
    hidden = replace(soon[1], id=uuid4(), names=None)
    day = my_day(today=TODAY, families=[*soon, hidden], tasks=[own], requests=[], unsigned=[])
    assert day.next == (soon[1],)


def test_what_i_asked_and_what_others_ask_are_two_things() -> None:
    mine, theirs = (Request(uuid4(), FAMILY.id, "PPR", None, is_mine) for is_mine in (True, False))  # type: ignore[arg-type]
    day = my_day(today=TODAY, families=[FAMILY], tasks=[], requests=[mine, theirs], unsigned=[])
    assert (day.asked, day.requests) == ((mine,), (theirs,))


def test_my_agreement_is_on_my_day_and_not_on_anothers(house: House) -> None:
    assert "ringer til butikken" in page(house, "Jens", "/")
    hers = page(house, "Mette", "/")
    assert "Det har jeg taget på mig" not in hers
    assert "ringer til butikken" in hers.partition("Det næste hos familierne")[2]
    assert "Ikke noget har brug for dig lige nu" in page(house, "Olga", "/")


def test_a_request_waits_for_the_coordinator(house: House) -> None:
    with house.as_("Jens") as by:
        consents.ask_for_access(
            unit=house.units["Jobcentret"], kinds=[Kind.HEALTH], why="Praktikken", by=by, family=house.family
        )
    assert "Jobcentret" in page(house, "Mette", "/")
    assert "Det har jeg bedt om" in page(house, "Jens", "/")
    assert "/requests/" not in page(house, "Olga", "/")


def test_a_consent_waits_for_its_signature(house: House) -> None:
    with house.as_("Mette") as by:
        anton = Person.objects.get(pk=house.people["Anton"])
        sara = Person.objects.get(pk=house.people["Sara"])
        yes = consents.Yes(
            anton, ("school",), "ro", house.today + timedelta(days=90), to_units=(house.units["Byskolen"],)
        )
        half = consents.give(yes=yes, form="tablet", signed_by=[sara], by=by)
    shown = page(house, "Mette", "/")
    assert f"/consents/{half.pk}/" in shown
    assert "Peter" in shown
    assert shown.count("/consents/") == 1  # the others are whole: they wait for nobody


def test_a_consent_that_ends_soon_and_a_family_gone_quiet(
    house: House, superuser_connection: psycopg.Connection
) -> None:
    superuser_connection.execute("UPDATE consent_consent SET until = %s", [house.today + timedelta(days=30)])
    shown = page(house, "Mette", "/")
    assert f"{house.base}consents/" in shown
    superuser_connection.execute("UPDATE consent_consent SET until = %s", [house.today + timedelta(days=31)])
    assert f"{house.base}consents/" not in page(house, "Mette", "/")
    for table in ("plan_statement", "plan_agreement"):
        superuser_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        superuser_connection.execute(f"UPDATE {table} SET created_at = now() - interval '43 days'")
    superuser_connection.execute("UPDATE people_family SET opened_on = %s", [house.today - timedelta(days=43)])
    assert "Der er blevet stille" in page(house, "Mette", "/")
    with house.as_("Mette") as by:
        sara = Person.objects.get(pk=house.people["Sara"])
        plan.say(
            place=plan.Place.for_([sara], Kind.PLAN), kind="wish", text="Hej", speaker=sara, said_on=house.today, by=by
        )
    assert "Der er blevet stille" not in page(house, "Mette", "/")
