"""An account is closed in one transaction; links to new ones are used once."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import Client

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts import actions
from familieplan.accounts.models import Kind

from .conftest import PASSWORD, House, SignIn, Someone, give_password


def state(superuser: Any, someone: Someone) -> tuple[bool, int, bool]:
    """Open, how many sessions, still on the staff: seen from another connection."""
    row = superuser.execute(
        "SELECT u.is_active, (SELECT count(*) FROM accounts_session s WHERE s.user_id = u.id),"
        " (SELECT left_at IS NULL FROM people_staff p WHERE p.id = u.holder) FROM accounts_user u WHERE u.id = %s",
        [someone.user],
    ).fetchone()
    return (row[0], row[1], row[2])


def test_everything_ends_at_once(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    client, other = sign_in(house.ib), sign_in(house.ib)
    with acting_as(house.ada.actor):
        actions.deactivate(user=house.ib.user, by=house.ada.actor)
        assert state(superuser_connection, house.ib) == (True, 2, True)  # not yet, for anybody else
    assert state(superuser_connection, house.ib) == (False, 0, False)
    assert [one.get("/account/")["Location"][:17] for one in (client, other)] == ["/account/sign-in/"] * 2
    assert give_password(Client(), "ib").status_code == 200


def test_or_nothing_does(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    sign_in(house.ib)
    with acting_as(house.ada.actor):
        actions.deactivate(user=house.ib.user, by=house.ada.actor)
        transaction.set_rollback(True)
    assert state(superuser_connection, house.ib) == (True, 1, True)


def test_opened_again_nothing_old_comes_back(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    old = sign_in(house.ib)
    with acting_as(house.ada.actor):
        actions.deactivate(user=house.ib.user, by=house.ada.actor)
        actions.reactivate(user=house.ib.user, by=house.ada.actor)
    assert state(superuser_connection, house.ib) == (True, 0, True)
    assert old.get("/account/").status_code == 302
    assert give_password(Client(), "ib")["Location"] == "/account/sign-in/code/"


def test_it_stands_in_the_log_of_the_administrator(house: House, superuser_connection: Any) -> None:
    with acting_as(house.ada.actor):
        actions.deactivate(user=house.ib.user, by=house.ada.actor)
    row = superuser_connection.execute("SELECT holder, action, about FROM audit_entry").fetchone()
    assert row == (house.ada.holder, "closed an account", house.ib.user)


def test_only_an_administrator_does(house: House) -> None:
    for someone in (house.carla, house.ib, house.mia):
        for action in (actions.deactivate, actions.reactivate, actions.forget_second_factor):
            with pytest.raises(PermissionDenied), acting_as(someone.actor):
                action(user=house.carla.user, by=someone.actor)


def test_claiming_the_role_is_not_having_it(house: House) -> None:
    """The database asks its own tables, not the web process's word for it."""
    claimed = Someone("Ib", Kind.STAFF, frozenset({"administrator"}), house.ib.holder, house.ib.user).actor
    with pytest.raises(PermissionDenied), acting_as(claimed):
        actions.deactivate(user=house.mia.user, by=claimed)


def test_a_lost_telephone(house: House, sign_in: SignIn) -> None:
    client = sign_in(house.ib)
    with acting_as(house.ada.actor):
        actions.forget_second_factor(user=house.ib.user, by=house.ada.actor)
    assert client.get("/account/").status_code == 302
    give_password(client, "ib")
    assert client.get("/account/")["Location"] == "/account/app/"


def link_for(holder: Someone, by: Someone) -> str:
    with acting_as(by.actor):
        return actions.invite(kind=holder.kind, holder=holder.holder, login=holder.login, by=by.actor).token


def test_the_invited_chooses_a_password(house: House, client: Client) -> None:
    path = f"/account/welcome/{link_for(house.sif, house.carla)}/"
    assert "<b>sif</b>" in client.get(path).content.decode()
    assert client.post(path, {"password": "kort", "again": "kort"}).status_code == 422
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD + "r"}).status_code == 422
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert client.get(path).status_code == 404
    assert client.post(path, {"password": "noget helt andet", "again": "noget helt andet"}).status_code == 404


def test_links_run_out(house: House, client: Client, superuser_connection: Any) -> None:
    path = f"/account/welcome/{link_for(house.mia, house.ada)}/"
    superuser_connection.execute("UPDATE accounts_invitation SET expires_at = now() - interval '1 second'")
    assert client.get(path).status_code == 404


def test_a_new_link_ends_the_old_one_and_a_new_password_the_sessions(house: House, sign_in: SignIn) -> None:
    client = sign_in(house.mia)
    old, new = link_for(house.mia, house.ada), link_for(house.mia, house.ada)
    with acting_as(SIGNING_IN), pytest.raises(ValidationError):
        actions.accept(token=old, password=PASSWORD)
    assert client.get("/account/").status_code == 200
    with acting_as(SIGNING_IN):
        actions.accept(token=new, password="fjorten blå kajakker")
    assert client.get("/account/").status_code == 302


def test_nothing_in_the_table_opens_a_link(house: House, client: Client, superuser_connection: Any) -> None:
    token = link_for(house.mia, house.ada)
    rows = superuser_connection.execute("SELECT i::text FROM accounts_invitation i").fetchall()
    assert token not in str(rows)


def test_a_coordinator_invites_her_own_families_and_nobody_else(house: House) -> None:
    link_for(house.sif, house.carla)
    with pytest.raises(PermissionDenied):
        link_for(house.per, house.carla)
    with pytest.raises(PermissionDenied):
        link_for(Someone("Ny", Kind.STAFF, frozenset()), house.carla)
    with pytest.raises(PermissionDenied):
        link_for(house.sif, house.ib)


def test_who_invited_a_mother_cannot_later_take_her_account(house: House, sign_in: SignIn) -> None:
    sign_in(house.mia)
    with pytest.raises(PermissionDenied):
        link_for(house.mia, house.carla)


def test_names_that_cannot_be(house: House) -> None:
    for login in ("ib", " IB ", "x", "", "two words", "a\tb", "n" * 151, "\x00\x01"):
        with pytest.raises(ValidationError), acting_as(house.ada.actor):
            actions.invite(kind=Kind.PERSON, holder=UUID(int=7), login=login, by=house.ada.actor)


def test_what_has_run_out_is_forgotten(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    sign_in(house.mia)
    sign_in(house.ib)
    superuser_connection.execute(
        "UPDATE accounts_session SET seen_at = %s WHERE user_id = %s",
        [datetime(2026, 1, 1, tzinfo=UTC), house.mia.user],
    )
    with acting_as(SIGNING_IN):
        assert actions.forget_expired() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts.forget_expired()")  # harmless in anybody's hands
    assert state(superuser_connection, house.ib)[1] == 1
