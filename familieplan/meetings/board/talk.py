"""A few days later: does everybody still agree? For each of the family who took part, in their own drawer."""

from dataclasses import dataclass
from uuid import UUID

from familieplan.access.actor import Actor
from familieplan.access.drawers import Drawer, readers
from familieplan.access.enums import Kind
from familieplan.meetings.enums import Agrees
from familieplan.meetings.faces import Faces
from familieplan.meetings.models import Meeting, Participant, Reflection


@dataclass(frozen=True, slots=True)
class Says:
    """What one person answered last; ``may_answer``: themselves, or the coordinator who writes it down."""

    person: UUID
    name: str
    answer: Agrees | None
    why: str
    at: object = None
    is_me: bool = False
    may_answer: bool = False


def who_agrees(meeting: Meeting, actor: Actor, *, leads: bool) -> list[Says]:
    names = Faces(meeting.family_id, actor.id, meeting.pk)
    seats = Participant.objects.filter(meeting=meeting, removed_at=None, person__isnull=False).exclude(came=False)
    latest = {row.person_id: row for row in Reflection.objects.filter(meeting=meeting).order_by("created_at")}
    found = []
    for person in seats.values_list("person_id", flat=True):
        row, is_me = latest.get(person), person == actor.id
        if person not in names.persons or not (row or is_me or leads):
            continue
        answer = Agrees(row.answer) if row else None
        why, at = (row.why, row.created_at) if row else ("", None)
        may_answer = is_me or (leads and _may_write_down(meeting, person, actor))
        found.append(Says(person, names.person(person), answer, why, at, is_me=is_me, may_answer=may_answer))
    return sorted(found, key=lambda one: (not one.is_me, one.name))


def _may_write_down(meeting: Meeting, person: UUID, actor: Actor) -> bool:
    """Nobody is offered a form that would be refused: it takes a yes to the family's own words about them."""
    drawer = Drawer(meeting.family_id, (person,), Kind.PLAN)
    return actor.id in {one.holder for one in readers(drawer)}
