"""Law 4: a meeting cannot start with an item or a face that somebody of the family has not been told of."""

import pytest
from django.db import IntegrityError

from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from familieplan.meetings.models import AgendaItem, Told
from familieplan.meetings.reading import still_untold
from familieplan.people.models import Person
from tests.meetings.conftest import Table

pytestmark = pytest.mark.usefixtures("transactional_db")


def refused(table: Table, *stages: Stage) -> str:
    with pytest.raises(IntegrityError) as error:
        table.move(*stages)
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_an_untold_family_stops_the_start(table: Table) -> None:
    table.move(Stage.CALLED)
    assert refused(table, Stage.RUNNING) == "family_is_told_first"


def test_told_by_the_coordinator_it_may_start(table: Table) -> None:
    table.start()
    with table.as_("Sara"):
        assert table.row().stage == Stage.RUNNING
        assert {row.how for row in Told.objects.all()} == {How.TOLD}


def test_one_item_later_the_school_proposes_and_sara_must_be_told_again(table: Table) -> None:
    """The near miss: everything was told, then one more item came."""
    table.move(Stage.CALLED)
    table.tell("Sara", "Jonas")
    with table.as_("Lis") as lis:
        new = table.topic("Lektier", "school", "Anton", lis)
        item = actions.put_on_agenda(meeting=table.row(), topic=new, by=lis)
        assert AgendaItem.objects.get(pk=item).status == "proposed"
    with table.as_("Sara") as sara:
        actions.decide(meeting=table.row(), item=item, status="chosen", by=sara)
        assert still_untold(table.meeting) == []  # she chose it
    assert refused(table, Stage.RUNNING) == "family_is_told_first"  # Jonas has custody too, and comes
    with table.as_("Jonas") as jonas:
        assert [one.about for one in still_untold(table.meeting)] == [item]
        assert table.knows("Jonas", jonas, How.SEEN) == 1
    table.move(Stage.RUNNING)


def test_a_new_face_stops_the_start(table: Table) -> None:
    table.tell("Sara", "Jonas")
    with table.as_("Sara") as sara:
        with_ = Person.objects.get(pk=sara.id)
        actions.bring_companion(meeting=table.row(), name="Grete", with_=with_, by=sara)
    assert refused(table, Stage.RUNNING) == "family_is_told_first"  # Jonas does not know that Grete comes


def test_waived_in_the_room_it_may_start_and_that_is_written_down(table: Table) -> None:
    for name in ("Sara", "Jonas"):
        with table.as_(name) as by:
            assert actions.knows(meeting=table.row(), person=by.id, about=[], how=How.WAIVED, by=by) > 0
    table.move(Stage.RUNNING)
    with table.as_("Sara") as sara:
        assert {(row.how, row.by) for row in Told.objects.filter(person=sara.id)} == {(How.WAIVED, sara.id)}


def test_nobody_waives_for_another(table: Table) -> None:
    with table.as_("Jonas") as jonas:
        sara = table.street.persons["Sara"]
        assert actions.knows(meeting=table.row(), person=sara, about=[], how=How.WAIVED, by=jonas) == 0
    with table.as_("Jens") as jens:
        assert actions.knows(meeting=table.unseen(), person=sara, about=[], how=How.TOLD, by=jens) == 0


def test_a_meeting_without_the_family_is_not_called(table: Table) -> None:
    with table.as_("Mette") as mette:
        for name in ("Sara", "Jonas"):
            actions.uninvite(meeting=table.row(), seat=table.seat(name), by=mette)
    assert refused(table, Stage.CALLED) == "meeting_with_the_family"


def test_minutes_come_before_closing(table: Table) -> None:
    table.start()
    table.move(Stage.ENDED)
    assert refused(table, Stage.CLOSED) == "minutes_are_shared_first"
    with table.as_("Mette") as mette:
        actions.close(meeting=table.row(), by=mette)
        assert table.row().stage == Stage.CLOSED


def test_it_goes_forward_only(table: Table) -> None:
    assert refused(table, Stage.ENDED) == "meeting_goes_forward"
