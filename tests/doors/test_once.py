"""Every form of the house, found in the resolver, sent twice: written once. Sent again with other words, it is never
said to have been saved (law 5)."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.test import Client

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.demo.municipality import id_of
from tests.doors.filled import Filled
from tests.doors.house import House, doors, ids_for

HOLM = id_of("family", "eight_places")
WHO = ("mette", "sara", "freja", "jens", "tom", "vera", "lis")
NOT_WRITTEN = (
    "access_",
    "accounts_",
    "audit_",
    "mfa_",
    "people_draft",
    "post_",
    "procrastinate_",
)  # derived, or no fact of anybody's
MAKES_A_LINK = "/invite/"  # the last one holds
DOORS = [
    door
    for door in doors()
    if not door.pattern.startswith(("account/", "i18n/")) and not door.pattern.endswith(MAKES_A_LINK)
]


@pytest.fixture
def house(demo_db: None, settings: LazySettings) -> House:
    settings.DEMO = True
    return House({name: name for name in WHO})


def client(house: House, name: str) -> Client:
    here = Client(raise_request_exception=False)
    with acting_as(SIGNING_IN):
        here.force_login(house.users[name])
    return here


def written(database: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    counts = [f"SELECT '{name}', count(*) FROM {name}" for name in tables if not name.startswith(NOT_WRITTEN)]
    return dict(database.execute(" UNION ALL ".join(counts).encode()).fetchall())


def form_at(house: House, address: str, words: str) -> tuple[Client, Filled] | None:
    """The form there, and the first who gets to see it."""
    for name in WHO:
        here = client(house, name)
        answer = here.get(address)
        if answer.status_code == 200 and (form := Filled(answer.content.decode(errors="ignore"), words)).values.get(
            "once"
        ):
            return here, form
    return None


def test_every_form_sent_twice_is_written_once(house: House, superuser_connection: psycopg.Connection) -> None:
    sent, wrong = 0, []
    for number, door in enumerate(DOORS):
        address = door.address(ids_for(door, HOLM, superuser_connection))
        found = form_at(house, address, f"Ord nummer {number}")
        if found is None:
            continue
        sent += 1
        wrong += [f"{door.pattern}: {fault}" for fault in faults(*found, address, superuser_connection)]
    assert not wrong, "\n".join(["", *wrong])
    assert sent > 40


def test_a_form_that_forgets_its_id_is_found(
    house: House, superuser_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("familieplan.people.views.once", lambda _request: None)
    door = next(door for door in DOORS if door.pattern.endswith("/contacts/add/"))
    address = door.address(ids_for(door, HOLM, superuser_connection))
    found = form_at(house, address, "Et nummer")
    assert found
    assert [fault.partition(":")[0] for fault in faults(*found, address, superuser_connection)][:1] == [
        "the second time 302, {'people_contact'"
    ]


def faults(here: Client, form: Filled, address: str, database: psycopg.Connection) -> Any:
    if loses := set(form.typed) - set(form.kept):
        yield f"keeps no draft of {loses}"
    before = written(database)
    first = here.post(address, form.values)
    after = written(database)
    if first.status_code not in (200, 302):
        said = re.findall(r'<li><a href="#[^"]*">(.*?)</a>|role="alert".*?<li>(.*?)</li>', first.content.decode(), re.S)
        yield f"is not filled in well: {first.status_code} {said}"
        return
    second = here.post(address, form.values)
    more = {table: count for table, count in written(database).items() if count != after[table]}
    if second.status_code != first.status_code or more:
        yield f"the second time {second.status_code}, {more}"
    if before == after or not form.typed:
        return
    words = "Det her må ikke gå tabt"
    third = here.post(address, form.values | dict.fromkeys(form.typed, words))
    if third.status_code not in (409, 422) or words not in third.content.decode():
        yield f"other words: {third.status_code}"
    for taken in of_somebody_else(
        database, form.values["once"][0], [name for name in after if after[name] > before[name]]
    ):
        fourth = here.post(address, form.values | dict.fromkeys(form.typed, words) | {"once": taken})
        if fourth.status_code not in (409, 422) or words not in fourth.content.decode():
            yield f"the id of somebody else's row: {fourth.status_code}"
    if written(database) != after:
        yield "other words: written all the same"


def of_somebody_else(database: psycopg.Connection, mine: str, tables: list[str]) -> Iterator[str]:
    """Ids of other rows where the form wrote one with its own."""
    for table in tables:
        rows = [str(row[0]) for row in database.execute(f"SELECT id FROM {table}".encode())]
        if mine in rows:
            yield from [id for id in rows if id != mine][:1]


def test_head_is_answered_as_get_is(house: House, superuser_connection: psycopg.Connection) -> None:
    for door in DOORS:
        address = door.address(ids_for(door, HOLM, superuser_connection))
        got, head = (house.knock("mette", method, address) for method in ("GET", "HEAD"))
        assert got.status_code == head.status_code, door.pattern
        assert not head.content, door.pattern


@pytest.mark.parametrize("name", ["session", "csrf", "django_language", "same_again", "messages"])
@pytest.mark.parametrize("garbage", ["x", "\\000", "\\012x", "æ" * 300, "'; --", "%00", "{}", "a" * 4000])
def test_garbage_in_a_cookie_is_nobodys(transactional_db: None, name: str, garbage: str) -> None:
    here = Client(raise_request_exception=False)
    here.cookies[name] = garbage
    assert [here.get("/").status_code, here.post("/").status_code] == [302, 302]
    assert here.get("/account/sign-in/").status_code == 200
