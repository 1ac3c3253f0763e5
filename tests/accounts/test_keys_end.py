"""Closing a staff account takes every key with it, in the same transaction: asked of the demo's whole municipality."""

import psycopg

from familieplan.access.context import acting_as
from familieplan.accounts import actions
from familieplan.demo.municipality import ADMINISTRATOR, STAFF
from tests.conftest import databases


def keys(database: psycopg.Connection, login: str) -> int:
    """How many drawers the staff member can open now or later, seen from another connection."""
    row = database.execute(
        "SELECT count(*) FROM access_grant WHERE holder = %s AND valid_until > now()", [STAFF[login].id]
    ).fetchone()
    assert row
    return int(row[0])


def test_every_key_ends_with_the_account(demo_db: None) -> None:
    with psycopg.connect(databases.cluster.url(databases.current), autocommit=True) as database:
        before, colleague = keys(database, "jens"), keys(database, "hanne")
        assert before > 0
        account = database.execute("SELECT id FROM accounts_user WHERE login = 'jens'").fetchone()
        assert account
        with acting_as(ADMINISTRATOR.actor):
            actions.deactivate(user=account[0], by=ADMINISTRATOR.actor)
            assert keys(database, "jens") == before  # not yet, for anybody else
        assert keys(database, "jens") == 0
        assert keys(database, "hanne") == colleague
        with acting_as(ADMINISTRATOR.actor):
            actions.reactivate(user=account[0], by=ADMINISTRATOR.actor)
        assert keys(database, "jens") == before
