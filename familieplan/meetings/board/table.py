"""Who sits around the table, as its reader may know them: in the order they are heard in a round."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.meetings.enums import Reply
from familieplan.meetings.faces import Faces
from familieplan.meetings.models import Meeting, Participant
from familieplan.meetings.reading import their_while, while_in_words
from familieplan.people.names import Names


@dataclass(frozen=True, slots=True)
class Seat:
    id: UUID
    name: str
    note: str = ""  # the unit; of a companion, with whom they come; of who comes for a while, when
    is_family: bool = True
    is_me: bool = False
    came: bool | None = None
    person: UUID | None = None
    holder: UUID | None = None  # the person or staff member; a companion has no keys of their own
    is_here: bool = True


def around(meeting: Meeting, actor: Actor, *, everybody: bool = False) -> tuple[Seat, ...]:
    """The family first, and with each their companion; then the professionals by unit.

    ``everybody``: also who said that they do not come, and has not; they may come all the same.
    """
    names = Faces(meeting.family_id, actor.id, meeting.pk)
    rows = Participant.objects.filter(meeting=meeting, removed_at=None).select_related("staff", "unit")
    now = timezone.now()
    seats = [
        (_order(row), seat_of(row, names, actor, while_of(meeting, row, now)))
        for row in rows
        if everybody or row.reply != Reply.NO or row.came
    ]
    return tuple(seat for _key, seat in sorted(seats, key=lambda one: (one[0], one[1].name)))


def while_of(meeting: Meeting, row: Participant, now: datetime) -> tuple[str, bool]:
    """From when to when somebody comes for a while; and whether that is now, while nobody has said (in_the_room)."""
    found = their_while(meeting, row)
    return while_in_words(meeting, row), bool(found and row.came is None and found[0] <= now < found[1])


def _order(row: Participant) -> tuple[bool, str, bool]:
    """A companion sits beside the one they come with."""
    of_family = row.person_id or row.of_person_id
    return of_family is None, str(of_family or row.unit_id), row.person_id is None


def seat_of(row: Participant, names: Names, actor: Actor, comes: tuple[str, bool] = ("", False)) -> Seat:
    when, is_now = comes
    holder, came = row.person_id or row.staff_id, row.reply != Reply.NO if row.came is None else row.came
    is_here = came and (not row.stepped_out or is_now)
    common: dict[str, Any] = {"id": row.pk, "came": row.came, "holder": holder, "is_here": is_here}
    common["is_me"] = actor.id in (row.person_id, row.staff_id)
    if row.person_id:
        return Seat(name=names.person(row.person_id), person=row.person_id, note=when, **common)
    if row.of_person_id:
        note = _("comes with %(name)s") % {"name": names.person(row.of_person_id)}
        return Seat(name=row.companion, note=note, **common)
    unit = names.unit(row.unit_id) if row.unit_id else ""
    return Seat(name=row.staff.name if row.staff else "", note=unit, is_family=False, **common)
