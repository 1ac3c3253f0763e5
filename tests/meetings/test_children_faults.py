"""Planted faults: each guard of a child's part, one slip away from the right one, is noticed."""

from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from familieplan.access.drawers import NotYourDrawer
from familieplan.meetings import actions
from familieplan.meetings.models import Brought, ChildPart, MinutesLine, Participant
from familieplan.plan import actions as plan
from familieplan.plan.models import Statement
from tests.histories.faults import Change, Slip
from tests.meetings.conftest import Table
from tests.meetings.test_children import choose, say, told

pytestmark = pytest.mark.usefixtures("transactional_db")
REFUSED = (IntegrityError, ProgrammingError, NotYourDrawer)


def who_comes_for_a_while_waits_outside(table: Table) -> bool:
    choose(table, "Freja", way="ten_minutes", slot=(30, 10))
    table.tell("Freja")
    table.start()
    with table.as_("Mette"):
        out = Participant.objects.filter(meeting_id=table.meeting, stepped_out=True)
        return [row.person_id for row in out] == [table.street.persons["Freja"]]


def the_while_lies_within_the_meeting(table: Table) -> bool:
    choose(table, "Freja", way="ten_minutes", slot=(60, 15))
    with table.as_("Mette") as mette:
        row = table.row()
        actions.change_meeting(meeting=row, version=row.version, minutes=60, by=mette)
        seat = Participant.objects.get(pk=table.seat("Freja"))
    assert seat.from_minute is not None
    assert seat.for_minutes is not None
    return seat.from_minute + seat.for_minutes <= 60


def words_are_brought_by_who_wrote_them(table: Table, kind: str = "message", as_: str = "Freja") -> bool:
    """Freja has said something; the one who brings it is not she, or it is no message."""
    place = plan.Place(table.street.family, (table.street.persons["Freja"],), "plan")
    with table.as_("Freja") as freja:
        said = plan.say(
            place=place, kind=kind, text="Ro", speaker=table.person("Freja"), said_on=timezone.localdate(), by=freja
        )
        assert Statement.objects.filter(pk=said.pk).exists()
    with suppress(*REFUSED), table.as_(as_) as by, transaction.atomic():
        Brought.objects.create(
            meeting_id=table.meeting,
            statement=said,
            family_id=said.family_id,
            scope_id=said.scope_id,
            created_by=by.id,
        )
    with table.as_("Freja"):
        return not Brought.objects.exists()


def only_what_was_said_for_it_is_brought(table: Table) -> bool:
    with table.as_("Mette") as mette:
        actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
    return words_are_brought_by_who_wrote_them(table, kind="worry")


def nobody_brings_anothers_message(table: Table) -> bool:
    """Sara sits there and may write about Freja; the words are Freja's."""
    with table.as_("Mette") as mette:
        actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
    return words_are_brought_by_who_wrote_them(table, as_="Sara")


def no_child_says_it_was_not_asked(table: Table) -> bool:
    with table.as_("Mette") as mette:
        actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
    with suppress(*REFUSED):
        choose(table, "Freja", by="Freja", way="not_asked", why="De spurgte mig ikke")
    with table.as_("Freja"):
        return not ChildPart.objects.exists()


def who_knows_of_no_meeting_hears_nothing(table: Table) -> bool:
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jonas"), by=mette)
        item = table.row().items.get(topic__title="Skolen")
        actions.decide(meeting=table.row(), item=item.pk, status="not_now", by=mette)
    choose(table, "Anton", way="not_now")
    found = told(table)
    assert "Sara" in found
    return "Jonas" not in found


def who_sits_down_later_hears_of_their_child(table: Table) -> bool:
    """Jonas decides for Anton, and Freja does not; neither had heard of the meeting."""
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jonas"), by=mette)
        item = table.row().items.get(topic__title="Skolen")
        actions.decide(meeting=table.row(), item=item.pk, status="not_now", by=mette)
    choose(table, "Anton")
    with table.as_("Mette") as mette:
        for name in ("Jonas", "Freja"):
            actions.invite_person(meeting=table.row(), person=table.person(name), by=mette)
    return told(table) == {"Sara", "Jonas"}


def what_is_said_to_one_alone_is_in_no_minutes(table: Table) -> bool:
    say(table, "Anton", "Kun til dig", private=True)
    table.start()
    with table.as_("Mette") as mette:
        actions.close(meeting=table.row(), by=mette)
        return not MinutesLine.objects.filter(what="statement").exists()


TAKES, BRINGS, TELLS = "meetings.child_takes_part()", "meetings.brings_own_words()", "meetings.tell_of_child()"
FAULTS: dict[str, tuple[Callable[[Table], bool], Slip | Change]] = {
    "in the room from the beginning": (
        who_comes_for_a_while_waits_outside,
        Slip("meetings.waits_outside()", "p.from_minute IS NOT NULL", "false"),
    ),
    "everybody waits outside": (
        who_comes_for_a_while_waits_outside,
        Slip("meetings.waits_outside()", "p.from_minute IS NOT NULL AND", ""),
    ),
    "after it is over": (
        the_while_lies_within_the_meeting,
        Change("ALTER TABLE meetings_meeting DISABLE TRIGGER keeps_within"),
    ),
    "somebody else's words": (
        nobody_brings_anothers_message,
        Slip(BRINGS, "AND s.created_by = access.actor()", ""),
    ),
    "what was said elsewhere": (
        only_what_was_said_for_it_is_brought,
        Slip(BRINGS, "AND s.kind = 'message'", ""),
    ),
    "the child writes that it was not asked": (
        no_child_says_it_was_not_asked,
        Slip(TAKES, "NEW.way = 'not_asked' AND NEW.child_id = access.actor()", "false"),
    ),
    "told of a meeting one knows nothing of": (
        who_knows_of_no_meeting_hears_nothing,
        Slip(TELLS, "i.status = 'chosen'", "true"),
    ),
    "who sits down later hears nothing": (
        who_sits_down_later_hears_of_their_child,
        Change("ALTER TABLE meetings_participant DISABLE TRIGGER told_of_children"),
    ),
    "of somebody else's child": (
        who_sits_down_later_hears_of_their_child,
        Slip("meetings.tell_who_sits_down()", "NEW.person_id IN (SELECT meetings.concerned(c.scope_id))", "true"),
    ),
    "a private message in the minutes": (
        what_is_said_to_one_alone_is_in_no_minutes,
        Slip("meetings.share_minutes(uuid, uuid, text)", "d.voice IS NULL", "true"),
    ),
    "told without a seat": (
        who_knows_of_no_meeting_hears_nothing,
        Slip(TELLS, "p.person_id = told AND", ""),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_kept(table: Table, fault: str) -> None:
    promise, _slip = FAULTS[fault]
    assert promise(table)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_is_noticed(table: Table, superuser_connection: psycopg.Connection, fault: str) -> None:
    promise, slip = FAULTS[fault]
    slip.plant(superuser_connection)
    assert not promise(table)
