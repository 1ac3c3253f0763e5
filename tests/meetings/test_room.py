"""Who is in the room decides what hangs on the wall; the one who leads sees for whom something does not."""

import pytest
from django.db import connection
from django.test import Client

from familieplan.access.context import acting_as
from familieplan.meetings import actions
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Participant
from tests.meetings.conftest import Table
from tests.street import SignIn

pytestmark = pytest.mark.usefixtures("transactional_db")


def running(table: Table) -> str:
    """Begun; Sara has said yes to the job centre about work, and Jonas may not see it."""
    table.street.give("Sara", "Sara", kinds=("basic", "employment"))
    table.start()
    return f"{table.street.base}meetings/{table.meeting}/"


def step(table: Table, leader: Client, base: str, who: str, where: str) -> int:
    with table.as_("Mette"):
        seat = table.seat(who)
    return leader.post(f"{base}board/room/{seat}/", {"is": where}).status_code


def test_who_may_not_see_it_steps_out_and_it_hangs_on_the_wall(table: Table, sign_in: SignIn) -> None:
    base = running(table)
    mette = sign_in("Mette")
    assert "Arbejdet" not in mette.get(f"{base}projector/").content.decode()
    for who in ("Jonas", "Lis"):
        assert "der er ikke noget ja til" in mette.get(f"{base}board/").content.decode()
        assert step(table, mette, base, who, "out") == 302
    assert "Arbejdet" in mette.get(f"{base}projector/").content.decode()
    assert step(table, mette, base, "Jonas", "in") == 302
    assert "Arbejdet" not in mette.get(f"{base}projector/").content.decode()


def test_who_comes_late_is_in_the_room(table: Table, sign_in: SignIn) -> None:
    base = running(table)
    step(table, sign_in("Mette"), base, "Jens", "in")
    with table.as_("Mette"):
        assert Participant.objects.get(pk=table.seat("Jens")).came is True


def test_who_said_no_and_comes_all_the_same_hears_first_what_they_have_not_heard(table: Table, sign_in: SignIn) -> None:
    with table.as_("Jonas") as jonas:
        actions.answer(meeting=table.row(), seat=table.seat("Jonas"), reply="no", by=jonas)
    table.tell("Sara", "Jonas")  # of what is about Anton, Jonas hears also when he does not come; of the faces not
    table.move(Stage.RUNNING)
    base, mette = f"{table.street.base}meetings/{table.meeting}/", sign_in("Mette")
    assert "Jonas" in mette.get(f"{base}board/").content.decode().partition('id="room"')[2].partition("</details>")[0]
    with table.as_("Mette"):
        seat = table.seat("Jonas")
    answer = mette.post(f"{base}board/room/{seat}/", {"is": "in"})
    assert answer["Location"] == f"{base}#untold"
    assert "Sig det først" in mette.get(base).content.decode()
    table.tell("Jonas")
    for where, place in (("out", "board/#room"), ("in", "board/#room")):
        assert mette.post(f"{base}board/room/{seat}/", {"is": where})["Location"] == base + place


def test_only_the_one_who_leads_sees_and_says_who_is_in_the_room(table: Table, sign_in: SignIn) -> None:
    base = running(table)
    with table.as_("Mette"):
        seat = table.seat("Jens")
    for name in ("Sara", "Jens", "Lis"):
        client = sign_in(name)
        assert 'id="room"' not in client.get(f"{base}board/").content.decode()
        assert client.post(f"{base}board/room/{seat}/", {"is": "out"}).status_code == 404


def test_at_the_table_they_know_what_each_other_is_called(table: Table, sign_in: SignIn) -> None:
    """Lis may know nothing of Jonas but that he sits there; Olga of the job centre, who does not, not even that."""
    base = running(table)
    assert "Jonas" in sign_in("Lis").get(base).content.decode()
    with table.as_("Lis"), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM meetings.faces(%s) ORDER BY 1", [table.meeting])
        assert cursor.fetchall() == [("Jonas",), ("Sara",)]
    with acting_as(table.street.actor("Olga")), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM meetings.faces(%s)", [table.meeting])
        assert cursor.fetchall() == []
