"""The databases of the tests themselves: the app's role, rolled back or thrown away."""

import psycopg
from django.db import connection


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return str(cursor.fetchone()[0])


def test_tests_connect_as_the_app(db: None) -> None:
    assert who() == "familieplan_app"


def test_the_app_is_weak(app_connection: psycopg.Connection) -> None:
    row = app_connection.execute(
        "select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user"
    ).fetchone()
    assert row == (False,)


def test_a_committing_test_gets_a_database_to_throw_away(transactional_db: None) -> None:
    assert who() == "familieplan_app"
