"""The children's part in a meeting, as its reader may know it: row security leaves out the rest."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.text import capfirst

from familieplan.access.drawers import Drawer, readers
from familieplan.access.enums import Kind
from familieplan.access.models import Threshold
from familieplan.meetings.enums import ChildWay
from familieplan.meetings.models import Brought, ChildPart
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.people.models import Person
from familieplan.people.names import Names
from familieplan.people.reading import age_on

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Message:
    """Words somebody brings. ``is_private``: between them and whoever wrote it down."""

    who: str
    person: UUID
    text: str
    is_private: bool
    drawer: int


@dataclass(frozen=True, slots=True)
class Part:
    """Of one child; ``part`` is none while nothing has been chosen. ``may_choose``: the child, or the coordinator."""

    child: UUID
    name: str
    is_me: bool
    part: ChildPart | None
    chosen_by: str
    messages: tuple[Message, ...]
    may_choose: bool
    leader_reads: bool  # may the one who leads read what the child chooses by itself?

    @property
    def how(self) -> str:
        """As the child chose it itself; as it is said of a child to others."""
        if self.part is None:
            return ""
        way = ChildWay(self.part.way)
        return str(way.label) if self.is_me else capfirst(way.told)

    @property
    def is_due(self) -> bool:
        """To be met elsewhere, and it has not been."""
        return self.part is not None and self.part.way == ChildWay.ELSEWHERE and self.part.done_on is None


def is_child(row: Person, today: date) -> bool:
    return row.birth_date is not None and age_on(row.birth_date, today) < OF_AGE


def messages_to(meeting: UUID, names: Names) -> list[Message]:
    rows = Brought.objects.filter(meeting=meeting).select_related("statement", "scope").order_by("created_at")
    return [
        Message(
            names.person(row.statement.speaker_person_id), row.statement.speaker_person_id, row.statement.text,
            row.scope.voice is not None, row.scope_id,
        )
        for row in rows
        if row.statement.speaker_person_id
    ]  # fmt: skip


def chosen(meeting: UUID) -> dict[UUID, ChildPart]:
    """The newest of each child; what was chosen before is kept, and counts no more."""
    return {row.child_id: row for row in ChildPart.objects.filter(meeting=meeting).order_by("created_at", "pk")}


def parts(page: MeetingPage) -> list[Part]:
    """To the coordinator, and to who decides for it, every child, also whom nobody has asked; to others what they may
    read."""
    today, found, said = timezone.localdate(), chosen(page.meeting.pk), messages_to(page.meeting.pk, page.names)
    children = [row for row in page.names.persons.values() if row.part == "member" and is_child(row, today)]
    return [
        _part(page, row, found.get(row.pk), tuple(one for one in said if one.person == row.pk))
        for row in children
        if row.pk in found
        or row.pk == page.by.id
        or any(one.person == row.pk for one in said)
        or _answers_for(page, row.pk)
    ]


def _answers_for(page: MeetingPage, child: UUID) -> bool:
    """Who leads; or who decides for the child and sits there: they read what is chosen, so they may know of nothing."""
    if page.coordinates:
        return True
    own = readers(Drawer(page.meeting.family_id, (child,), Kind.PLAN)) if page.sits_here else []
    return any(one.holder == page.by.id and one.basis == "custody" for one in own)


def leader_reads(child: Person) -> bool:
    """What a child chooses by itself lies with the child: it takes a yes for the coordinator to read it.

    A small one signs in nowhere: what it chooses, the coordinator has written down.
    """
    old_enough = int(Threshold.objects.get(key="invite_age").value)
    if child.birth_date and age_on(child.birth_date, timezone.localdate()) < old_enough:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings.leader_reads(%s)", [child.pk])
        return bool(cursor.fetchone()[0])


def _part(page: MeetingPage, row: Person, part: ChildPart | None, said: tuple[Message, ...]) -> Part:
    is_me = row.pk == page.by.id
    return Part(
        child=row.pk,
        name=row.given_name,
        is_me=is_me,
        part=part,
        chosen_by=page.who(part.created_by) if part else "",
        messages=said,
        leader_reads=not (is_me or page.coordinates) or leader_reads(row),
        may_choose=(is_me or page.coordinates) and (page.stage.is_ahead or page.stage == "running"),
    )
