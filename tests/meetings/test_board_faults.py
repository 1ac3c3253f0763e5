"""Planted faults: each thing the wall and the minutes promise, and one slip away from it. Every slip is noticed."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError

from familieplan.meetings import actions
from familieplan.meetings.models import Participant
from familieplan.plan.models import Statement
from tests.histories.faults import Change, Slip
from tests.meetings.board import agree, base, look, running, say
from tests.meetings.conftest import SignIn, Table

__all__ = ["running"]
pytestmark = pytest.mark.usefixtures("transactional_db")
Promise = Callable[[Table, SignIn], bool]
SHARE = "meetings.share_minutes(uuid,uuid,text)"


def close(table: Table, sign_in: SignIn) -> None:
    assert sign_in("Mette").post(f"{base(table)}close/", {"once": str(uuid4())}).status_code == 302


def the_wall_is_for_all(table: Table, sign_in: SignIn) -> bool:
    """Jens sits there, and has no yes to Anton's school."""
    mette = sign_in("Mette")
    say(mette, table, "Skolen", "worry", "Om skolen", speaker=str(table.street.persons["Sara"]))
    assert "Om skolen" in look(mette, table)
    return "Om skolen" not in look(mette, table, "projector/")


def new_words_took_the_place_of_old(table: Table, sign_in: SignIn) -> bool:
    sara = sign_in("Sara")
    say(sara, table, "Skolen", "worry", "Han vil ikke")
    with table.as_("Sara"):
        old = Statement.objects.get()
    data = {"once": str(uuid4()), "text": "Han kan ikke", "seen": str(old.pk)}
    assert sara.post(f"{base(table)}board/words/{old.pk}/", data).status_code == 302
    close(table, sign_in)
    page = look(sara, table, "minutes/")
    assert "Han kan ikke" in page
    return "Han vil ikke" not in page


def they_hold_this_meeting_only(table: Table, sign_in: SignIn) -> bool:
    plan = f"/families/{table.street.family}/topics/{table.topics['Skolen']}/agreements/add/"
    sara = sign_in("Sara")
    agree(sara, table, "Skolen", "Aftalt på mødet")
    data = {"once": str(uuid4()), "what": "Aftalt i går", "doer": str(table.street.persons["Sara"])}
    about = {"about": [str(table.street.persons["Anton"])], "kind": "school", "due_on": "2199-01-01"}
    assert sara.post(plan, data | about).status_code == 302
    close(table, sign_in)
    page = look(sara, table, "minutes/")
    assert "Aftalt på mødet" in page
    return "Aftalt i går" not in page


def who_came_stands(table: Table, sign_in: SignIn) -> bool:
    close(table, sign_in)
    with table.as_("Mette"):
        seat = table.seat("Lis")
        before = Participant.objects.get(pk=seat).came
    with suppress(IntegrityError), table.as_("Mette") as mette:
        actions.note_attendance(seat=Participant.objects.get(pk=seat), came=not before, by=mette)
    with table.as_("Mette"):
        return Participant.objects.get(pk=seat).came == before


FAULTS: dict[str, tuple[Promise, Slip | Change]] = {
    "the wall asks for one key only": (
        the_wall_is_for_all,
        Slip("meetings.in_the_room(uuid)", "HAVING count(DISTINCT g.holder) = (SELECT count(*) FROM present)", ""),
    ),
    "minutes keep what was said anew": (
        new_words_took_the_place_of_old,
        Slip(SHARE, "WHERE n.replaces_id = s.id AND n.scope_id = s.scope_id", "WHERE false"),
    ),
    "minutes hold every agreement": (
        they_hold_this_meeting_only,
        Slip(SHARE, "WHERE a.occasion = which", "WHERE a.family_id = m.family_id"),
    ),
    "who came may be changed afterwards": (
        who_came_stands,
        Change("ALTER TABLE meetings_participant DISABLE TRIGGER came_stands"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_kept(running: Table, sign_in: SignIn, fault: str) -> None:
    promise, _slip = FAULTS[fault]
    assert promise(running, sign_in)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_is_noticed(
    running: Table, sign_in: SignIn, superuser_connection: psycopg.Connection, fault: str
) -> None:
    promise, slip = FAULTS[fault]
    slip.plant(superuser_connection)
    assert not promise(running, sign_in)
