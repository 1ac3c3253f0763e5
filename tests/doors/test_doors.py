"""Every door × every caller, as one table; and the same doors knocked on with another family's ids.

Letters: 2 answered · > sent on · @ sent to sign-in · - does not exist (404) · f may see, may not do (403) ·
b c u refused as bad, conflicting or unprocessable input · m no such method. The columns are CALLERS, in their order.
``python3 run.py test tests/doors --doors`` prints the table as it is; read each new row aloud before taking it over.
"""

import re
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings

from familieplan.demo.municipality import id_of
from tests.doors.house import CALLERS, Door, House, doors, ids_for, letter

TABLE = Path(__file__).with_name("table.txt")
HOLM, OTHER = id_of("family", "eight_places"), id_of("family", "johanne")
METHODS = ("GET", "POST")
DOORS = {door.pattern: door for door in doors()}


def table() -> dict[str, tuple[str, str]]:
    """``pattern get post`` a line."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0] if len(line) == 3 else "": (line[-2], line[-1]) for line in lines}


@pytest.fixture
def house(demo_db: None, settings: LazySettings) -> House:
    settings.DEMO = True  # staff without a second factor, which has tests of its own
    logins = {name: name for name in CALLERS if name not in ("nobody", "stranger")} | {"stranger": "pia"}
    return House(logins)


def test_every_door_has_its_row() -> None:
    assert DOORS.keys() == table().keys()


def test_who_gets_in(house: House, superuser_connection: psycopg.Connection, request: pytest.FixtureRequest) -> None:
    expected, found = table(), {}
    for pattern, door in DOORS.items():
        address = door.address(ids_for(door, HOLM, superuser_connection))
        found[pattern] = tuple(
            "".join(letter(house.knock(caller, method, address)) for caller in CALLERS) for method in METHODS
        )
    if request.config.getoption("--doors"):
        width = max(map(len, found))
        rows = [f"{pattern:<{width}} {get} {post}" for pattern, (get, post) in sorted(found.items())]
        Path("/dev/stdout").write_text("\n".join(["", *rows, ""]))
    differences = [
        f"{pattern}: expected {expected.get(pattern)}, found {row}"
        for pattern, row in found.items()
        if expected.get(pattern) != row
    ]
    assert not differences, "\n".join(["", *differences])


STRANGERS = [caller for caller in CALLERS if caller not in ("nobody", "mette", "omar", "stranger")]


def secrets_of(family: object, database: psycopg.Connection) -> list[str]:
    """Words that are only in that family: what was said, agreed, aimed for, and whole names."""
    rows = database.execute(
        "SELECT words FROM (SELECT family_id, text AS words FROM plan_statement"
        " UNION SELECT family_id, title FROM plan_topic UNION SELECT family_id, text FROM plan_goal"
        " UNION SELECT family_id, what FROM plan_agreement"
        " UNION SELECT family_id, given_name || ' ' || surname FROM people_person) w WHERE family_id = %s",
        [family],
    )
    return [row[0] for row in rows if len(row[0]) > 8]


def unlike(body: bytes) -> str:
    """An answer without what differs between any two answers: tokens and the ids that were asked for."""
    text = body.decode("utf-8", "replace")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


@pytest.mark.parametrize("caller", STRANGERS)
def test_another_familys_ids_open_nothing(house: House, superuser_connection: psycopg.Connection, caller: str) -> None:
    """404, no byte of the other family, and the same answer as for a family that was never there."""
    secrets = secrets_of(OTHER, superuser_connection)
    assert secrets
    for pattern, door in DOORS.items():
        if "family" not in door.holes:
            continue
        ids = ids_for(door, OTHER, superuser_connection)
        nowhere = {hole: uuid4() if hole == "family" else value for hole, value in ids.items()}
        for method in METHODS:
            answer = house.knock(caller, method, door.address(ids))
            absent = house.knock(caller, method, door.address(nowhere))
            assert answer.status_code in (404, 405), f"{caller} {method} {pattern}: {answer.status_code}"
            assert unlike(answer.content) == unlike(absent.content), f"{caller} {method} {pattern}: tells them apart"
            told = [secret for secret in secrets if secret.encode() in answer.content]
            assert not told, f"{caller} {method} {pattern}: tells {told}"


def test_the_table_is_read_by_door() -> None:
    assert all(len(get) == len(post) == len(CALLERS) for get, post in table().values())
    assert all(isinstance(door, Door) for door in DOORS.values())
