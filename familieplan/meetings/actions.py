"""Everything that is written about a meeting: the only door (keyword-only, atomic, ``by=``, logged).

Agenda, seats and minutes are written by functions of the database (sql/doors.sql), which decide who may; here they are
called and logged. What is said at the board goes through ``plan.actions`` with this meeting as its ``occasion``.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from familieplan.access.actor import Actor
from familieplan.access.drawers import Drawer, NotYourDrawer
from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.meetings.enums import Agrees, How, ItemStatus, MeetingKind, Reply, Stage
from familieplan.meetings.models import USUAL, AgendaItem, Meeting, Participant, Reflection
from familieplan.people.models import Person, TeamMember
from familieplan.people.records import change, drawer_of, lay
from familieplan.plan.models import Topic


class NotTheirs(NotYourDrawer):
    """There is no such meeting, item or seat for the actor to do this with."""


def _ask(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


@transaction.atomic
def plan_meeting(
    *,
    family: UUID,
    for_: Iterable[Person],
    by: Actor,
    kind: MeetingKind | str = MeetingKind.FOLLOW_UP,
    starts_at: datetime | None = None,
    minutes: int = USUAL,
    place: str = "",
    board: str = "ftbt",
    id: UUID | None = None,
) -> Meeting:
    """The coordinator plans a meeting with those of the family it is for; they and she have the first seats.

    ``starts_at`` aware, ``minutes`` its length. Raises ``NotYourDrawer`` for everybody but the coordinator.
    """
    persons = list(for_)
    meeting = Meeting(id=id or new_id(), kind=kind, starts_at=starts_at, minutes=minutes, place=place, board=board)
    laid = lay(meeting, drawer_of(family, tuple(person.pk for person in persons), Kind.PLAN, by), by=by)
    if laid is meeting:
        for person in persons:
            invite_person(meeting=laid, person=person, by=by)
        mine = TeamMember.objects.filter(family_id=family, staff_id=by.id).order_by("-starts").first()
        if mine is not None:
            invite_professional(meeting=laid, line=mine, by=by)
    return laid


def change_meeting(*, meeting: Meeting, version: int, by: Actor, **fields: object) -> Meeting:
    """Another time, length, place or board. Raises ``Conflict`` when somebody else was first."""
    return change(meeting, by=by, version=version, **fields)


def go_on(*, meeting: Meeting, to: Stage | str, by: Actor) -> Meeting:
    """Send the agenda, start, end, close or call off. Refused by the database before its time."""
    return change(meeting, by=by, stage=str(to))


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, topic: UUID, by: Actor, id: UUID | None = None) -> UUID:
    """The family and the coordinator choose a topic; a professional at the table proposes it. Answers with the item."""
    item: UUID | None = _ask("SELECT meetings.put_on_agenda(%s, %s, %s)", [id or new_id(), meeting.pk, topic])
    if item is None:
        raise NotTheirs
    row = Topic.objects.get(pk=topic)
    log.record(meeting.family_id, "added agendaitem", row.pk, row.scope_id)
    return item


@transaction.atomic
def decide(*, meeting: Meeting, item: UUID, status: ItemStatus | str, by: Actor, order: int | None = None) -> None:
    """Choose what was proposed, put off what was chosen, or say in which order."""
    if not _ask("SELECT meetings.decide(%s, %s, %s)", [item, str(status), order]):
        raise NotTheirs
    row = AgendaItem.objects.get(pk=item)
    log.record(meeting.family_id, "changed agendaitem", item, row.scope_id)


def _invite(meeting: Meeting, seat: UUID | None, *rest: object) -> UUID:
    values = [seat or new_id(), meeting.pk, *rest]
    found: UUID | None = _ask("SELECT meetings.invite(%s, %s, %s, %s, %s, %s, %s, %s)", values)
    if found is None:
        raise NotTheirs
    log.record(meeting.family_id, "added participant", found, _drawer_of(found))
    return found


def _drawer_of(seat: UUID) -> int | None:
    """Where a seat is logged: with the person, or the line on the team – so that those who may know of them read it."""
    row = Participant.objects.filter(pk=seat).first()
    if row is None:
        return None
    if row.staff_id:
        lines = TeamMember.objects.filter(family_id=row.family_id, staff_id=row.staff_id, unit__in=[row.unit_id])
        return lines.order_by("-starts").values_list("scope_id", flat=True).first()
    persons = Person.objects.filter(pk__in=[row.person_id, row.of_person_id])
    return persons.values_list("scope_id", flat=True).first()


@transaction.atomic
def invite_person(*, meeting: Meeting, person: Person, by: Actor, id: UUID | None = None) -> UUID:
    return _invite(meeting, id, person.pk, None, None, "", None, None)


@transaction.atomic
def invite_professional(
    *, meeting: Meeting, line: TeamMember, by: Actor, instead_of: Participant | None = None, id: UUID | None = None
) -> UUID:
    """Somebody of the family's team, for the unit of that line; ``instead_of``: as a deputy."""
    stands_in_for = instead_of.pk if instead_of else None
    return _invite(meeting, id, None, line.staff_id, line.unit_id, "", None, stands_in_for)


@transaction.atomic
def bring_companion(*, meeting: Meeting, name: str, with_: Person, by: Actor, id: UUID | None = None) -> UUID:
    """A companion (bisidder, forvaltningsloven § 8) of somebody of the family, by that person or the coordinator."""
    return _invite(meeting, id, None, None, None, name, with_.pk, None)


@transaction.atomic
def uninvite(*, meeting: Meeting, seat: UUID, by: Actor) -> None:
    if not _ask("SELECT meetings.uninvite(%s)", [seat]):
        raise NotTheirs
    log.record(meeting.family_id, "changed participant", seat, _drawer_of(seat))


@transaction.atomic
def answer(*, meeting: Meeting, seat: UUID, reply: Reply | str, by: Actor, words: str = "") -> None:
    """An answer to the call: one's own, or one that the coordinator was told."""
    if not _ask("SELECT meetings.answer(%s, %s, %s)", [seat, str(reply), words]):
        raise NotTheirs
    log.record(meeting.family_id, "changed participant", seat, _drawer_of(seat))


def note_attendance(*, seat: Participant, came: bool, by: Actor) -> Participant:
    """Who came: whoever is called comes (S3 §5.6.2), counted per department."""
    return change(seat, by=by, came=came)


def step_out(*, seat: Participant, is_out: bool, by: Actor) -> Participant:
    """Somebody leaves the room for a while, or comes back: the wall shows what those in the room may all read."""
    return change(seat, by=by, stepped_out=is_out)


@transaction.atomic
def knows(*, meeting: Meeting, person: UUID, about: Iterable[UUID], how: How | str, by: Actor) -> int:
    """``person`` knows of these items and participants, as they or the coordinator say; ``waived``: of all.

    Answers how many were new to them; to somebody else than them only whether any were.
    """
    counted: int = _ask("SELECT meetings.knows(%s, %s, %s, %s)", [meeting.pk, person, list(about), str(how)])
    if counted:
        known = Person.objects.filter(pk=person).values_list("scope_id", flat=True).first()
        log.record(meeting.family_id, "told of the meeting", meeting.pk, known)
    return counted


@transaction.atomic
def share_minutes(*, meeting: Meeting, by: Actor, reason: str = "", id: UUID | None = None) -> UUID:
    """The minutes: which rows the board holds now. ``reason``: of a new version. Answers with the minutes' id."""
    made = id or new_id()
    if not _ask("SELECT meetings.share_minutes(%s, %s, %s)", [made, meeting.pk, reason]):
        raise NotTheirs
    log.record(meeting.family_id, "added minutes", made, meeting.scope_id)
    return made


@transaction.atomic
def close(*, meeting: Meeting, by: Actor, id: UUID | None = None) -> Meeting:
    """One click at the end: the minutes are shared, and the meeting is closed."""
    if meeting.stage == Stage.RUNNING:
        meeting = go_on(meeting=meeting, to=Stage.ENDED, by=by)
    share_minutes(meeting=meeting, by=by, id=id)
    return go_on(meeting=meeting, to=Stage.CLOSED, by=by)


def reflect(
    *, meeting: Meeting, person: Person, agrees: Agrees | str, by: Actor, why: str = "", id: UUID | None = None
) -> Reflection:
    """Do you still agree? In the family's own drawer about that person."""
    row = Reflection(id=id or new_id(), meeting=meeting, person=person, answer=agrees, why=why)
    return lay(row, Drawer(meeting.family_id, (person.pk,), Kind.PLAN), by=by)
