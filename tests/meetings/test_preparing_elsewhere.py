"""The next meeting where people look first: the family page, the family's front page, the professional's day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from familieplan.desk.meetings import MeetingRow, Waits
from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from tests.meetings.conftest import Table
from tests.meetings.test_preparing import at, text
from tests.street import SignIn

TODAY = date(2026, 11, 24)


def row(*, stage: str = "called", days: int = 3, is_mine: bool = False, **changes: object) -> MeetingRow:
    starts = timezone.make_aware(datetime.combine(TODAY + timedelta(days=days), datetime.min.time()).replace(hour=10))
    whole = {"sits": True, "reply": "yes", "place": "", "untold": False, "started_at": None} | changes
    return MeetingRow(id=uuid4(), family=uuid4(), stage=stage, starts_at=starts, is_mine=is_mine, **whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("meeting", "waits"),
    [
        (row(stage="preparing", days=7, is_mine=True), [Waits.AGENDA]),
        (row(stage="preparing", days=8, is_mine=True), []),
        (row(stage="preparing", days=7), []),
        (row(stage="ended", days=-1, is_mine=True), [Waits.MINUTES]),
        (row(stage="ended", days=-1), []),
        (row(reply="none"), [Waits.ANSWER]),
        (row(reply="none", sits=False, is_mine=True, untold=True), [Waits.UNTOLD]),
        (row(stage="running", days=0), [Waits.RUNNING]),
        (row(), []),
    ],
)
def test_what_a_meeting_waits_for(meeting: MeetingRow, waits: list[Waits]) -> None:
    assert meeting.waits(TODAY, 8) == waits


def test_what_is_ahead_and_what_has_new_minutes_is_mine_to_see() -> None:
    assert row(days=0).is_mine_to_see(TODAY)
    assert row(days=-5, stage="closed").is_mine_to_see(TODAY)
    assert not row(days=-1).is_mine_to_see(TODAY)
    assert not row(days=5, stage="preparing").is_mine_to_see(TODAY)


def test_a_meeting_that_was_held_another_day_is_dated_when_it_was() -> None:
    held = row(days=-5, stage="closed")
    assert held.starts_at is not None
    later = held.starts_at + timedelta(minutes=20)
    assert replace(held, started_at=later).at == held.starts_at
    assert replace(held, started_at=later + timedelta(days=1)).at == later + timedelta(days=1)


@pytest.mark.usefixtures("transactional_db")
class TestWherePeopleLook:
    def test_the_family_page_and_the_front_page(self, table: Table, sign_in: SignIn) -> None:
        sara = sign_in("Sara")
        for page in (text(sara, table.street.base), text(sara, "/")):
            assert at(table) in page
            assert "Nyt for dig" in page
        with table.as_("Sara") as by:
            table.knows("Sara", by, How.SEEN)
        for page in (text(sara, table.street.base), text(sara, "/")):
            assert at(table) in page
            assert "Nyt for dig" not in page

    def test_of_a_meeting_that_is_not_theirs_nothing_is_said(self, table: Table, sign_in: SignIn) -> None:
        for page in (text(sign_in("Freja"), "/"), text(sign_in("Freja"), table.street.base)):
            assert at(table) not in page
            assert "Næste møde" not in page

    def test_my_day_of_the_called(self, table: Table, sign_in: SignIn) -> None:
        jens = sign_in("Jens")
        assert "Du er indkaldt" not in text(jens, "/")  # the agenda is not out
        table.move(Stage.CALLED)
        page = text(jens, "/")
        assert "Du er indkaldt" in page
        assert at(table) in page
        with table.as_("Jens") as by:
            actions.answer(meeting=table.unseen(), seat=table.seat("Jens"), reply="yes", by=by)
        assert "Du er indkaldt" not in text(jens, "/")
        assert at(table) not in text(sign_in("Olga"), "/")

    def test_my_day_of_the_coordinator(self, table: Table, sign_in: SignIn) -> None:
        mette = sign_in("Mette")
        assert "er ikke sendt endnu" not in text(mette, "/")  # ten days to go
        with table.as_("Mette") as by:
            actions.change_meeting(meeting=table.row(), version=1, by=by, starts_at=timezone.now() + timedelta(days=6))
        assert "Dagsordenen til et møde er ikke sendt endnu" in text(mette, "/")
        table.move(Stage.CALLED)
        page = text(mette, "/")
        assert "Ingen i familien har fået noget at vide" in page
        assert "Mine møder" in page
        table.tell("Sara")
        assert "Ingen i familien har fået noget at vide" not in text(mette, "/")


@pytest.mark.usefixtures("transactional_db")
class TestAfterTheMeeting:
    @pytest.fixture
    def closed(self, table: Table) -> Table:
        table.start()
        with table.as_("Mette") as mette:
            actions.close(meeting=table.row(), by=mette)
        return table

    def test_new_minutes_stand_on_the_day_of_who_sat_there(self, closed: Table, sign_in: SignIn) -> None:
        for name in ("Lis", "Mette"):
            assert f"{at(closed)}minutes/" in text(sign_in(name), "/")
        assert at(closed) not in text(sign_in("Olga"), "/")

    def test_who_does_not_agree_waits_for_the_coordinator_until_they_do(self, closed: Table, sign_in: SignIn) -> None:
        mette, said = sign_in("Mette"), "Sara er ikke helt enig"
        closed.street.give("Sara", "Sara", kinds=("basic", "plan"), to_units=(closed.street.units["Familieteam"],))
        for answer, waits in (("could_not", False), ("no", True), ("yes", False)):
            with closed.as_("Sara") as sara:
                actions.reflect(meeting=closed.row(), person=closed.person("Sara"), agrees=answer, by=sara)
            assert (said in text(mette, "/")) == waits
            assert said not in text(sign_in("Jens"), "/")
