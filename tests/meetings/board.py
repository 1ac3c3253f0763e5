"""Writing on a board as browsers without scripts do, for the tests of the board and of the minutes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.meetings.conftest import Table

ABOUT = {"Skolen": ("Anton", "school"), "Arbejdet": ("Sara", "employment")}


def base(table: Table) -> str:
    return f"/families/{table.street.family}/meetings/{table.meeting}/"


def look(client: Client, table: Table, at: str = "board/") -> str:
    answer = client.get(base(table) + at)
    assert answer.status_code == 200, (at, answer.status_code)
    return answer.content.decode()


def place(table: Table, topic: str) -> dict[str, Any]:
    about, kind = ABOUT[topic]
    return {"once": str(uuid4()), "speaker": "", "about": [str(table.street.persons[about])], "kind": kind}


def say(client: Client, table: Table, topic: str, says: str, text: str, **more: Any) -> Any:
    data = place(table, topic) | {"text": text} | more
    return client.post(f"{base(table)}board/{table.topics[topic]}/say/{says}/", data)


def agree(client: Client, table: Table, topic: str, what: str, doer: str = "Sara", **more: Any) -> Any:
    street = table.street
    who = street.persons.get(doer) or street.staff[doer]
    due = timezone.localdate() + timedelta(days=7)
    data = place(table, topic) | {"what": what, "doer": str(who), "due_on": due.isoformat()} | more
    return client.post(f"{base(table)}board/{table.topics[topic]}/agree/", data)


def yes(table: Table) -> None:
    """The team reads and writes down what the family says; the school of Anton's school, the job centre of work."""
    units = table.street.units
    team = units["Familieteam"]
    school = {"kinds": ("basic", "school"), "from_units": (team, units["Byskolen"])}
    table.street.give("Anton", "Sara", "Jonas", to_units=(team, units["Byskolen"]), **school)
    work = {"kinds": ("basic", "employment", "plan"), "from_units": (team, units["Jobcenter"])}
    table.street.give("Sara", "Sara", to_units=(team, units["Jobcenter"]), **work)


@pytest.fixture
def running(table: Table) -> Table:
    """The meeting goes on, and everybody has a yes to their own part of it."""
    yes(table)
    table.start()
    return table
