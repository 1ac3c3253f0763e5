"""The board: everybody's words on it, each reader's own, written once and in their place."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from familieplan.plan.models import Statement
from tests.meetings.conftest import SignIn, Table

pytestmark = pytest.mark.usefixtures("transactional_db")


def base(table: Table) -> str:
    return f"/families/{table.street.family}/meetings/{table.meeting}/"


def look(client: Client, table: Table, at: str = "board/") -> str:
    answer = client.get(base(table) + at)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def about(table: Table, name: str, kind: str) -> dict[str, Any]:
    return {"about": [str(table.street.persons[name])], "kind": kind}


def say(client: Client, table: Table, topic: str, kind: str, text: str, **more: Any) -> Any:
    """As a browser without scripts posts it."""
    place = about(table, "Anton", "school") if topic == "Skolen" else about(table, "Sara", "employment")
    data = {"once": str(uuid4()), "text": text, "speaker": ""} | place | more
    return client.post(f"{base(table)}board/{table.topics[topic]}/say/{kind}/", data)


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
    yes(table)
    table.start()
    return table


def test_words_stand_in_their_cell_with_their_speaker(running: Table, sign_in: SignIn) -> None:
    mette, sara = sign_in("Mette"), sign_in("Sara")
    person = str(running.street.persons["Sara"])
    assert say(mette, running, "Skolen", "worry", "Han vil ikke op om morgenen", speaker=person).status_code == 302
    assert say(sara, running, "Skolen", "strength", "Onsdag gik det fint").status_code == 302
    board = look(sara, running)
    cells = re.findall(r'<section class="cell cell-(\w+)".*?</section>', board, re.S)
    assert cells[:4] == ["worries", "works", "wishes", "agreements"]
    worries = re.search(r'cell-worries".*?</section>', board, re.S)
    assert worries
    assert "Han vil ikke op om morgenen" in worries[0]
    assert "Sara" in worries[0]
    assert "fortalt til Mette" in worries[0] or "told to Mette" in worries[0]
    with running.as_("Mette"):
        assert {row.occasion for row in Statement.objects.all()} == {running.meeting}
