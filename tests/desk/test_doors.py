"""Who may open which page of the desk, and what lies behind it for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from familieplan.access.context import acting_as
from familieplan.access.lints import CATALOGUE
from familieplan.audit import log
from tests.plan.house import House

CASE, LEADER, ADMIN = {"Mette", "Jens", "Lis", "Olga"}, {"Lena"}, {"Ada"}
DOORS = {
    "/families/": CASE,
    "/search/": CASE,
    "/leader/": LEADER,
    "/admin/": ADMIN,
    "/admin/staff/": ADMIN,
    "/admin/accounts/": ADMIN,
}
ALL = ("Mette", "Jens", "Lis", "Olga", "Lena", "Ada", "Sara", "Emma")


@pytest.mark.parametrize("name", ALL)
def test_every_door_for_everybody(house: House, name: str) -> None:
    client = house.client(name)
    for address, may in DOORS.items():
        assert client.get(address).status_code == (200 if name in may else 404), address


def test_the_front_page_leads_each_to_their_own(house: House) -> None:
    assert "Min dag" in house.client("Mette").get("/").content.decode()
    assert house.client("Lena").get("/")["Location"] == "/leader/"
    assert house.client("Ada").get("/")["Location"] == "/admin/"


@pytest.mark.parametrize("name", ["Lena", "Ada"])
def test_leaders_and_administrators_open_no_family(house: House, name: str) -> None:
    client = house.client(name)
    for door in ("", "card/", "consents/", "fridge-plan/", "fridge-plan.pdf"):
        assert client.get(house.base + door).status_code == 404, door
    with acting_as(house.actor(name)):
        log.open_list("test")
        log.open_family(house.family, "test")
        for table, kind in CATALOGUE["tables"].items():
            if kind == "scoped":
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM {table}")
                    assert cursor.fetchone()[0] == 0, table


def test_a_list_of_families_is_six_statements(house: House) -> None:
    client = house.client("Mette")
    client.get("/families/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/families/").status_code == 200
    statements = [one["sql"] or "a kept one" for one in asked]
    queries = [sql[:60] for sql in statements if sql not in ("BEGIN", "COMMIT")]
    assert len(queries) <= 6, queries


def test_being_seen_in_a_list_is_in_the_familys_log(house: House) -> None:
    house.client("Jens").get("/families/")
    with acting_as(house.actor("Sara")):
        log.open_family(house.family, "log")
        seen = [line for line in log.seen_by_me(house.family) if line.holder == house.staff["Jens"]]
    assert [line.action for line in seen][:1] == ["list"]
