"""Nobody's account is changed behind their back, and no administrator alone opens one that opens a family."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts import actions
from familieplan.accounts.models import Event, Kind
from familieplan.people import directory
from familieplan.people.models import Staff, Unit
from tests.histories.faults import Slip

from .conftest import JOB, PASSWORD, House, SignIn, Someone

NEWS = "Der er gjort noget ved din konto"


@pytest.fixture
def eva(house: House, superuser_connection: psycopg.Connection) -> Someone:
    """A second administrator. She, Ada and the others have had their accounts for more than a week."""
    someone = Someone("Eva", Kind.STAFF, frozenset({"administrator"}))
    superuser_connection.execute("INSERT INTO people_staff (id, name, title) VALUES (%s, 'Eva', '')", [someone.holder])
    superuser_connection.execute(
        "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)"
        " SELECT %s, %s, id, 'administrator', '2020-01-01' FROM people_unit",
        [uuid.uuid4(), someone.holder],
    )
    with acting_as(JOB):
        invited = actions.invite(kind=Kind.STAFF, holder=someone.holder, login="eva", by=JOB)
        someone.user = actions.accept(token=invited.token, password=PASSWORD)
    aged(superuser_connection, 8)
    return someone


def aged(database: psycopg.Connection, days: int, login: str = "%") -> None:
    whose = "SELECT id FROM accounts_user WHERE login LIKE %(login)s"
    for table, column, key in (
        ("accounts_user", "created_at", "id"),
        ("accounts_invitation", "made_at", "user_id"),
        ("accounts_invitation", "used_at", "user_id"),
    ):
        statement = f"UPDATE {table} SET {column} = now() - %(days)s * interval '1 day' WHERE {key} IN ({whose})"
        database.execute(statement.encode(), {"days": days, "login": login})


def forgets(by: Someone, whose: Someone) -> bool:
    with acting_as(by.actor):
        return actions.forget_second_factor(user=whose.user, by=by.actor)


def new_link(by: Someone, whose: Someone) -> str:
    with acting_as(by.actor):
        return actions.invite(kind=whose.kind, holder=whose.holder, login=whose.login, by=by.actor).token


def test_a_new_link_is_told_until_it_is_known(house: House, sign_in: SignIn) -> None:
    carla, ib = sign_in(house.carla), sign_in(house.ib)
    assert NEWS not in carla.get("/account/").content.decode()
    new_link(house.ada, house.carla)
    assert NEWS in carla.get("/").content.decode()
    assert NEWS not in ib.get("/").content.decode()
    page = carla.get("/account/").content.decode()
    assert "Der blev lavet et nyt link" in page
    assert "· Ada" in page
    assert carla.post("/account/told/").status_code == 302
    page = carla.get("/account/").content.decode()
    assert NEWS not in page
    assert "Der blev lavet et nyt link" in page  # it stays: nobody reads it away for her


def test_to_families_the_administrator_has_no_name(house: House, sign_in: SignIn) -> None:
    mia = sign_in(house.mia)
    new_link(house.ada, house.mia)
    page = mia.get("/account/").content.decode()
    assert "en administrator i kommunen" in page
    assert "Ada" not in page


def test_the_first_link_is_nobodys_news(house: House) -> None:
    with acting_as(SIGNING_IN):
        assert not Event.objects.exists()
    new_link(house.carla, house.sif)
    with acting_as(SIGNING_IN):
        assert not Event.objects.exists()


def test_the_link_that_was_used_is_told_too(house: House, sign_in: SignIn) -> None:
    sign_in(house.mia)
    with acting_as(SIGNING_IN):
        actions.accept(token=new_link(house.ada, house.mia), password="tolv sorte cykler")
    with acting_as(SIGNING_IN):
        assert set(Event.objects.values_list("what", "by")) == {("new link", house.ada.holder), ("link used", None)}


def test_two_administrators_agree(house: House, eva: Someone) -> None:
    assert not forgets(house.ada, house.carla)
    assert not forgets(house.ada, house.carla)  # twice the same is not two
    assert forgets(eva, house.carla)
    assert not forgets(eva, house.carla)  # and the next time anew
    assert forgets(eva, house.ib)  # Ib works with no family


def test_a_familys_account_and_another_administrators_too(house: House, eva: Someone) -> None:
    for whose in (house.mia, house.ada):
        assert not forgets(eva, whose), whose.name
    assert forgets(house.ada, house.mia)


def test_a_second_self_made_for_the_purpose(
    house: House, eva: Someone, superuser_connection: psycopg.Connection
) -> None:
    aged(superuser_connection, 6, "eva")
    assert not forgets(house.ada, house.carla)
    assert not forgets(eva, house.carla)
    assert not forgets(eva, house.mia)  # nor asked by her first
    assert not forgets(house.ada, house.mia)


def test_a_second_self_out_of_a_colleague(house: House, eva: Someone) -> None:
    """Ada makes Eva a new link and takes it herself: for a week Eva's word is not a second one."""
    with acting_as(SIGNING_IN):
        actions.accept(token=new_link(house.ada, eva), password="tolv sorte cykler")
    assert not forgets(house.ada, house.carla)
    assert not forgets(eva, house.carla)


@pytest.mark.parametrize(("days", "may"), [(0, True), (1, False)])
def test_nobody_is_made_an_administrator_of_old(house: House, days: int, may: bool) -> None:
    with acting_as(house.ada.actor):
        give = partial(
            directory.give_role,
            staff=Staff.objects.get(pk=house.ib.holder),
            unit=Unit.objects.get(),
            role="administrator",
            starts=timezone.localdate() - timedelta(days=days),
            by=house.ada.actor,
        )
        if may:
            assert give().pk
            return
        with pytest.raises(IntegrityError, match="not from an earlier day"), transaction.atomic():
            give()


def test_yesterdays_question_is_asked_anew(
    house: House, eva: Someone, superuser_connection: psycopg.Connection
) -> None:
    assert not forgets(house.ada, house.carla)
    superuser_connection.execute("UPDATE accounts_event SET at = at - interval '25 hours'")
    assert not forgets(eva, house.carla)
    assert forgets(house.ada, house.carla)


def test_ones_own_never(house: House) -> None:
    with pytest.raises(PermissionDenied):
        forgets(house.ada, house.ada)


def test_where_there_is_only_one_administrator_the_server_is_the_second(house: House, sign_in: SignIn) -> None:
    carla = sign_in(house.carla)
    assert not forgets(house.ada, house.carla)
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "nobody")
    call_command("forget_second_factor", "Carla")
    assert carla.get("/account/").status_code == 302
    with acting_as(SIGNING_IN):
        assert Event.objects.filter(what="factor forgotten", by=None).exists()


def test_it_stands_before_every_administrator(house: House, eva: Someone, sign_in: SignIn) -> None:
    sign_in(house.mia)
    for whose in (house.mia, house.carla):
        forgets(house.ada, whose)
    page = sign_in(eva).get("/admin/staff/").content.decode()
    assert "<b>Carla</b>: Nogen bad om at glemme kode-appen" in page
    assert "<b>En families konto</b>: Nogen bad om at glemme kode-appen" in page
    assert "mia" not in page.lower()


def test_one_sees_and_reads_ones_own_only(house: House, sign_in: SignIn) -> None:
    sign_in(house.mia)
    new_link(house.ada, house.mia)
    with acting_as(house.carla.actor):
        assert not Event.objects.exists()
        assert Event.objects.update(read_at=None) == 0
    with acting_as(house.mia.actor):
        assert Event.objects.count() == 1


FORGET = "accounts.forget_second_factor(uuid)"
FAULTS = {
    "twice the same is two": Slip(FORGET, "OR other = me", ""),
    "one is enough": Slip(FORGET, "accounts.needs_two(account)", "false"),
    "administrators among themselves": Slip("accounts.needs_two(uuid)", "r.role = 'administrator'", "false"),
}


@contextmanager
def planted(slip: Slip, database: psycopg.Connection) -> Iterator[None]:
    right = database.execute("SELECT pg_get_functiondef(%s::regprocedure)", [slip.function]).fetchone()
    assert right
    slip.plant(database)
    try:
        with pytest.raises(AssertionError):
            yield
    finally:
        database.execute(right[0])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(
    house: House, eva: Someone, superuser_connection: psycopg.Connection, fault: str
) -> None:
    with planted(FAULTS[fault], superuser_connection):
        both(house, eva)


@pytest.mark.parametrize("who", ["me", "other"])
def test_a_second_self_that_nobody_asks_about_is_noticed(
    house: House, eva: Someone, superuser_connection: psycopg.Connection, who: str
) -> None:
    with planted(Slip(FORGET, f"OR NOT accounts.is_settled({who})", ""), superuser_connection):
        test_a_second_self_made_for_the_purpose(house, eva, superuser_connection)


def both(house: House, eva: Someone) -> None:
    test_a_familys_account_and_another_administrators_too(house, eva)
    test_two_administrators_agree(house, eva)
