"""The children's part in a meeting, as its reader may know it: row security leaves out the rest."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

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
    """To the coordinator every child of the family, also whom nobody has asked; to others what they may read."""
    today, found, said = timezone.localdate(), chosen(page.meeting.pk), messages_to(page.meeting.pk, page.names)
    children = [row for row in page.names.persons.values() if row.part == "member" and is_child(row, today)]
    return [
        _part(page, row, found.get(row.pk), tuple(one for one in said if one.person == row.pk))
        for row in children
        if row.pk in found or page.coordinates or row.pk == page.by.id or any(one.person == row.pk for one in said)
    ]


def _part(page: MeetingPage, row: Person, part: ChildPart | None, said: tuple[Message, ...]) -> Part:
    is_me = row.pk == page.by.id
    return Part(
        child=row.pk,
        name=row.given_name,
        is_me=is_me,
        part=part,
        chosen_by=page.who(part.created_by) if part else "",
        messages=said,
        may_choose=(is_me or page.coordinates) and (page.stage.is_ahead or page.stage == "running"),
    )
