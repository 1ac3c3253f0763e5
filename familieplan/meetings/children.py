"""A child's part in a meeting: chosen with it, and in its own words (keyword-only, atomic, ``by=``, logged).

What a child says lies in its own drawer. In private it is between the child and whoever writes it down: that it exists
is nobody else's to know, and least of all theirs whom it is about.
"""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.meetings.actions import NotTheirs, invite_person, uninvite
from familieplan.meetings.enums import ChildWay
from familieplan.meetings.models import Brought, ChildPart, Meeting, Participant
from familieplan.people.guards import coordinates
from familieplan.people.models import Person
from familieplan.people.records import drawer_of, lay
from familieplan.plan import actions as plan
from familieplan.plan.enums import StatementKind
from familieplan.plan.models import Statement

Slot = tuple[int, int]  # from which minute of the meeting, and for how many


@transaction.atomic
def take_part(
    *,
    meeting: Meeting,
    child: Person,
    way: ChildWay | str,
    by: Actor,
    met_by: str = "",
    place: str = "",
    meets_on: date | None = None,
    done_on: date | None = None,
    why: str = "",
    slot: Slot | None = None,
    id: UUID | None = None,
) -> ChildPart:
    """The child chooses, or the coordinator with it. ``slot``, hers to give: the child has a seat for that while.

    Raises ``NotYourDrawer`` for everybody else, :class:`Conflict` where the same id came with another choice.
    """
    row = ChildPart(
        id=id or new_id(), meeting=meeting, child=child, way=way, met_by=met_by, place=place, meets_on=meets_on,
        done_on=done_on, why=why,
    )  # fmt: skip
    laid = lay(row, drawer_of(meeting.family_id, (child.pk,), Kind.PLAN, by), by=by)
    if _counts(laid) and coordinates(meeting.family_id, by):
        _give_a_seat(meeting, child, slot if way == ChildWay.TEN_MINUTES else None, by)
    elif _counts(laid) and way != ChildWay.TEN_MINUTES:
        with suppress(NotTheirs):  # too young to leave a table themselves
            _give_a_seat(meeting, child, None, by)
    return laid


def _counts(row: ChildPart) -> bool:
    """Sent again after something else was chosen, a choice changes nothing."""
    rows = ChildPart.objects.filter(meeting=row.meeting_id, child=row.child_id)
    newest = rows.order_by("created_at", "pk").last()
    return newest is not None and newest.pk == row.pk


def _give_a_seat(meeting: Meeting, child: Person, slot: Slot | None, by: Actor) -> None:
    """For a while; without one, a seat that was for a while is given back. A seat for all of it is none of this."""
    seat = Participant.objects.filter(meeting=meeting, person=child, removed_at=None).first()
    if slot:
        come_for_a_while(
            meeting=meeting,
            seat=seat.pk if seat else invite_person(meeting=meeting, person=child, by=by),
            slot=slot,
            by=by,
        )
    elif seat and seat.from_minute is not None:
        uninvite(meeting=meeting, seat=seat.pk, by=by)


@transaction.atomic
def come_for_a_while(*, meeting: Meeting, seat: UUID, slot: Slot | None, by: Actor) -> None:
    """From when to when somebody sits there; ``None``: all the time. The family at the table is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings.come_for_a_while(%s, %s, %s)", [seat, *(slot or (None, None))])
        if not cursor.fetchone()[0]:
            raise NotTheirs
    log.record(meeting.family_id, "changed participant", seat, meeting.scope_id)


@transaction.atomic
def bring_words(
    *, meeting: Meeting, child: Person, text: str, private: bool, said_on: date, by: Actor, id: UUID | None = None
) -> Statement:
    """What a child wants to say to a meeting. ``private``: to whoever writes it down, and to nobody else."""
    place = plan.Place(meeting.family_id, (child.pk,), Kind.PLAN)
    said = plan.say(
        place=place,
        kind=StatementKind.MESSAGE,
        text=text,
        speaker=child,
        said_on=said_on,
        by=by,
        private=private,
        id=id,
    )
    drawer = plan.drawer_for_words(place, child.pk, by, private=private)
    lay(Brought(id=said.pk, meeting=meeting, statement=said), drawer, by=by)
    return said
