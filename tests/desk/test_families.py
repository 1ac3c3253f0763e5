"""My families and the minimal card: names one may know, and otherwise that somebody coordinates."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.plan.house import House


def page(house: House, name: str, address: str = "/families/") -> str:
    answer = house.client(name).get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def newcomer(house: House, superuser_connection: psycopg.Connection) -> str:
    """Olga joins the team of Sara's family for the job centre, where nobody has said yes to her."""
    unit = uuid4()
    superuser_connection.execute(
        "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
        " SELECT %s, id, 'PPR', 'school', false, '' FROM people_department LIMIT 1",
        [unit],
    )
    superuser_connection.execute(
        "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)"
        " VALUES (%s, %s, %s, 'professional', '2020-01-01')",
        [uuid4(), house.staff["Olga"], unit],
    )
    superuser_connection.execute(
        "INSERT INTO people_teammember"
        " (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)"
        " SELECT %s, family_id, scope_id, now(), created_by, %s, %s, 'professional', '', %s"
        " FROM people_teammember WHERE family_id = %s AND role = 'coordinator'",
        [uuid4(), house.staff["Olga"], unit, house.today - timedelta(days=9), house.family],
    )
    return "Olga"  # fmt: skip


def test_each_sees_the_names_they_may_know(house: House) -> None:
    assert "Sara, Emma, Anton" in page(house, "Mette")
    for_jens = page(house, "Jens")
    assert ">Sara<" in for_jens
    assert "Anton" not in for_jens
    assert "ringer til butikken" in for_jens


def test_another_coordinators_families_are_not_there(house: House) -> None:
    shown = page(house, "Olga")
    assert "Ida" in shown
    assert str(house.family) not in shown
    assert house.client("Olga").get(f"{house.base}card/").status_code == 404


def test_the_minimal_card_names_the_coordinator_and_nobody_else(house: House, newcomer: str) -> None:
    shown = page(house, newcomer, f"{house.base}card/")
    assert "Mette" in shown
    assert "tel:12345678" in shown
    for name in ("Sara", "Anton", "Emma", "Peter", "Praktikken", "Jens", "Lis"):
        assert name not in shown, name
    in_the_list = page(house, newcomer)
    assert f'href="{house.base}"' in in_the_list
    assert "Sara" not in in_the_list


def test_whose_line_on_the_team_ended_yesterday_has_nothing(
    house: House, newcomer: str, superuser_connection: psycopg.Connection
) -> None:
    superuser_connection.execute(
        "UPDATE people_teammember SET ends = %s WHERE staff_id = %s AND family_id = %s",
        [house.today - timedelta(days=1), house.staff["Olga"], house.family],
    )
    assert house.client(newcomer).get(f"{house.base}card/").status_code == 404
    assert str(house.family) not in page(house, newcomer)


def test_who_may_read_more_is_led_to_the_plan(house: House) -> None:
    assert house.client("Mette").get(f"{house.base}card/")["Location"] == house.base


def test_what_people_wrote_is_never_markup(house: House, superuser_connection: psycopg.Connection) -> None:
    """The rows are escaped by hand there: every text that a person has typed."""
    evil = "<img src=x>"
    for statement in (
        "UPDATE people_person SET given_name = %s",
        "UPDATE people_staff SET name = %s",
        "UPDATE plan_agreement SET what = %s",
    ):
        superuser_connection.execute("SET session_replication_role = replica")
        superuser_connection.execute(statement, [evil])
    for name in ("Mette", "Jens"):
        shown = page(house, name)
        assert evil not in shown
        assert shown.count("&lt;img src=x&gt;") >= 3
