"""Whom an item is about, and who decides for a child, hear of it also when they do not come – and of nothing else."""

import pytest
from django.db import IntegrityError

from familieplan.meetings import actions
from familieplan.meetings.enums import Reply, Stage
from familieplan.meetings.models import Meeting, Participant
from familieplan.meetings.reading import still_untold
from familieplan.plan import actions as plan
from familieplan.plan.models import Earlier
from tests.meetings.conftest import Table
from tests.street import SignIn

pytestmark = pytest.mark.usefixtures("transactional_db")


def away(table: Table, name: str) -> None:
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat(name), by=mette)


def test_a_father_who_does_not_come_is_told_of_his_sons_school(table: Table, sign_in: SignIn) -> None:
    away(table, "Jonas")
    table.tell("Sara")
    with pytest.raises(IntegrityError, match="told"):
        table.move(Stage.RUNNING)
    with table.as_("Jonas"):
        assert {one.what for one in still_untold(table.meeting)} == {"item"}
        assert not Participant.objects.exists()  # who comes is for those who come
    page = sign_in("Jonas").get(f"{table.street.base}meetings/{table.meeting}/").content.decode()
    assert "Skolen" in page
    assert "Arbejdet" not in page
    assert "lokale 2" not in page
    assert "Lis" not in page
    table.tell("Jonas")
    table.move(Stage.RUNNING)


def test_what_they_may_not_read_themselves_is_not_put_on_an_agenda(table: Table) -> None:
    """About Sara and Jonas together, and neither has said yes to the other."""
    with table.as_("Mette") as mette:
        both = plan.Place(table.street.family, tuple(table.street.persons[name] for name in ("Sara", "Jonas")), "plan")
        topic = plan.add_topic(place=both, title="De to", by=mette)
        with pytest.raises(IntegrityError, match="may not read it"):
            actions.put_on_agenda(meeting=table.row(), topic=topic.pk, by=mette)


def test_a_meeting_with_a_small_child_alone_is_not_called(table: Table) -> None:
    with table.as_("Mette") as mette:
        meeting = actions.plan_meeting(family=table.street.family, for_=[table.person("Anton")], by=mette)
        actions.put_on_agenda(meeting=meeting, topic=table.topics["Skolen"], by=mette)
        with pytest.raises(IntegrityError, match="without the family"):
            actions.go_on(meeting=meeting, to=Stage.RUNNING, by=mette)


def test_an_answer_the_coordinator_writes_down_is_told_and_what_was_answered_kept(table: Table) -> None:
    table.move(Stage.CALLED)
    with table.as_("Sara") as sara:
        mine = table.seat("Sara")
        actions.answer(meeting=table.row(), seat=mine, reply=Reply.YES, words="Jeg tager kage med", by=sara)
    with table.as_("Mette") as mette:
        actions.answer(meeting=table.row(), seat=table.seat("Sara"), reply=Reply.NO, by=mette)
        seat = Participant.objects.get(pk=table.seat("Sara"))
        assert (seat.reply, seat.replied_by) == (Reply.NO, mette.id)
        assert Earlier.objects.get(row_id=seat.pk).was["reply_words"] == "Jeg tager kage med"


def test_a_professional_with_a_key_who_is_not_called_knows_of_no_meeting(table: Table) -> None:
    table.street.give("Sara", "Sara", kinds=("basic", "plan", "employment"))
    away(table, "Jens")
    table.move(Stage.CALLED)
    with table.as_("Jens"):
        assert not Meeting.objects.exists()
        assert not Participant.objects.exists()
