"""One meeting as its reader may know it: plain values for the page. Row security has left out the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.access.models import Scope
from familieplan.meetings.enums import ItemStatus, Reply, Stage
from familieplan.meetings.faces import Faces
from familieplan.meetings.models import AgendaItem, Meeting, Participant
from familieplan.meetings.reading import still_untold, while_in_words
from familieplan.people.enums import TeamRole
from familieplan.people.guards import coordinates
from familieplan.people.models import Staff, TeamMember
from familieplan.people.names import Names, in_words


@dataclass(frozen=True, slots=True)
class Item:
    id: UUID
    topic: UUID
    title: str
    about: str  # whom it is about, in names the reader knows
    by: str  # who put it there
    status: str
    order: int
    drawer: int
    subjects: tuple[UUID, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table. ``where``: the unit, or with whom a companion comes."""

    id: UUID
    name: str
    where: str
    group: str  # family, companion, professional
    reply: str
    words: str
    came: bool | None
    holder: UUID | None
    is_me: bool
    instead_of: str = ""
    unit: UUID | None = None
    coordinates: bool = False
    by_mail: bool = False  # the answer came out of their calendar
    told_to_coordinator: bool = False  # who wrote the answer down
    while_: str = ""  # comes for a while: from when to when

    @property
    def in_words(self) -> str:
        return f"{self.name}, {self.where}" if self.where else self.name


@dataclass(frozen=True, slots=True)
class News:
    """What somebody of the family has still to be told of: the exact ids, and each in words."""

    person: UUID
    name: str
    lines: Sequence[tuple[UUID, str]]


@dataclass
class MeetingPage:
    """What the meeting is for its reader. Needs the family to have been opened."""

    meeting: Meeting
    by: Actor
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Faces(self.meeting.family_id, self.by.id, self.meeting.pk)
        if not (self.sits_here or self.coordinates):  # hears of an item, and does not come: where is for those who do
            self.meeting.place = ""

    @property
    def address(self) -> str:
        return f"/families/{self.meeting.family_id}/meetings/{self.meeting.pk}/"

    @property
    def base(self) -> str:
        return f"/families/{self.meeting.family_id}/"

    @property
    def stage(self) -> Stage:
        return Stage(self.meeting.stage)

    @cached_property
    def coordinates(self) -> bool:
        return coordinates(self.meeting.family_id, self.by)

    @cached_property
    def _may(self) -> tuple[bool, bool]:
        with connection.cursor() as cursor:
            which = [self.meeting.pk, self.meeting.pk]
            cursor.execute("SELECT meetings.sets_the_table(%s), meetings.sits_at(%s)", which)
            chooses, sits = cursor.fetchone()
        return bool(chooses), bool(sits)

    @property
    def may_choose(self) -> bool:
        """The family and the coordinator set the table."""
        return self._may[0]

    @property
    def sits_here(self) -> bool:
        return self._may[1]

    @property
    def may_propose(self) -> bool:
        """A professional at the table proposes; the family chooses."""
        return self.sits_here and not self.may_choose and (self.stage.is_ahead or self.stage == Stage.RUNNING)

    @cached_property
    def seated(self) -> frozenset[UUID]:
        """Those at the table who have keys of their own: persons and staff."""
        return frozenset(seat.holder for seat in self.seats if seat.holder)

    # --- the agenda ---

    @cached_property
    def items(self) -> list[Item]:
        rows = AgendaItem.objects.filter(meeting=self.meeting.pk).order_by("order", "created_at")
        found = rows.annotate(title=F("topic__title"), topic_drawer=F("topic__scope_id"))
        drawers = Scope.objects.in_bulk([row.scope_id for row in found])
        return [self._item(row, drawers.get(row.scope_id)) for row in found]

    def _item(self, row: AgendaItem, drawer: Scope | None) -> Item:
        subjects = tuple(drawer.subjects) if drawer else ()
        return Item(
            id=row.pk,
            topic=row.topic_id,
            title=row.title,  # type: ignore[attr-defined]
            about=self.whom(subjects),
            by=self.who(row.created_by),
            status=row.status,
            order=row.order,
            drawer=row.scope_id,
            subjects=subjects,
            kind=drawer.category_id if drawer else "",
        )

    def whom(self, subjects: Sequence[UUID]) -> str:
        """Those of them the reader knows of."""
        return in_words([self.names.you_or(one) for one in subjects if one in self.names.persons])

    @property
    def agenda(self) -> list[Item]:
        return [one for one in self.items if one.status == ItemStatus.CHOSEN]

    @property
    def proposals(self) -> list[Item]:
        return [one for one in self.items if one.status == ItemStatus.PROPOSED]

    @property
    def put_off(self) -> list[Item]:
        return [one for one in self.items if one.status == ItemStatus.NOT_NOW]

    def who(self, holder: UUID | None) -> str:
        """Who did something, as the reader may know them."""
        if holder is None:
            return ""
        seated = next((one for one in self.seats if one.holder == holder), None)
        if holder == self.by.id:
            return self.names.you_or(holder)
        if seated:
            return seated.in_words if seated.group == "professional" else seated.name
        if holder in self.names.persons:
            return self.names.person(holder)
        return self._staff.get(holder) or _("somebody else in the family")

    @cached_property
    def _staff(self) -> dict[UUID, str]:
        return dict(Staff.objects.filter(families__family_id=self.meeting.family_id).values_list("pk", "name"))

    # --- who comes ---

    @cached_property
    def seats(self) -> list[Seat]:
        """The family first, each with their companions; then the professionals by unit."""
        rows = list(
            Participant.objects.filter(meeting=self.meeting.pk, removed_at=None)
            .select_related("staff")
            .order_by("created_at")
        )
        by_id = {row.pk: row for row in rows}
        family = [row for row in rows if row.person_id]
        made = []
        for row in family:
            made.append(self._seat(row, by_id))
            made += [self._seat(one, by_id) for one in rows if one.of_person_id == row.person_id]
        coming = {row.person_id for row in family}
        made += [self._seat(row, by_id) for row in rows if row.of_person_id and row.of_person_id not in coming]
        professionals = [self._seat(row, by_id) for row in rows if row.staff_id]
        return made + sorted(professionals, key=lambda one: (one.where, one.name))

    def _may_read_words(self, row: Participant) -> bool:
        """What the family writes to an answer is for the coordinator; what professionals write is for the table."""
        return row.person_id is None or self.coordinates or row.person_id == self.by.id

    def _seat(self, row: Participant, others: dict[UUID, Participant]) -> Seat:
        name, where, group = self._called(row)
        stands_in = others.get(row.instead_of_id) if row.instead_of_id else None
        return Seat(
            id=row.pk,
            name=name,
            where=where,
            group=group,
            reply=row.reply,
            words=row.reply_words if self._may_read_words(row) else "",
            told_to_coordinator=bool(row.replied_by and row.replied_by not in (row.person_id, row.staff_id)),
            came=row.came,
            holder=row.person_id or row.staff_id,
            is_me=self.by.id in (row.person_id, row.staff_id),
            instead_of=self._called(stands_in)[0] if stands_in else "",
            unit=row.unit_id,
            coordinates=row.staff_id in self._coordinators,
            by_mail=row.by_mail,
            while_=while_in_words(self.meeting, row),
        )

    @cached_property
    def _coordinators(self) -> set[UUID]:
        rows = TeamMember.objects.filter(
            family_id=self.meeting.family_id, role__in=(TeamRole.COORDINATOR, TeamRole.CONTACT)
        )
        return set(rows.values_list("staff_id", flat=True))

    def _called(self, row: Participant) -> tuple[str, str, str]:
        if row.person_id:
            return capfirst(self.names.person(row.person_id)), "", "family"
        if row.staff_id and row.unit_id:
            return row.staff.name if row.staff else "", self.names.unit(row.unit_id), "professional"
        with_ = _("comes with %(name)s") % {"name": self.names.you_or(row.of_person_id)} if row.of_person_id else ""
        return row.companion, with_, "companion"

    @property
    def mine(self) -> Seat | None:
        return next((one for one in self.seats if one.is_me), None)

    @property
    def may_answer(self) -> bool:
        return self.stage.is_ahead

    @property
    def asks_who_comes(self) -> bool:
        """Not before there is a time: until then the question is which times suit."""
        return self.may_answer and self.meeting.starts_at is not None

    # --- who has been told ---

    @cached_property
    def untold(self) -> list[News]:
        """One's own; for the coordinator everybody's of the family, of what she may read herself."""
        in_order = {
            one.id: (0, one.order, _("On the agenda: “%(title)s”") % {"title": one.title}) for one in self.items
        }
        for number, seat in enumerate(self.seats):
            in_order[seat.id] = (1, number, _("At the table: %(who)s") % {"who": seat.in_words})
        found: dict[UUID, list[UUID]] = {}
        for one in still_untold(self.meeting.pk):
            if one.about in in_order:
                found.setdefault(one.person, []).append(one.about)
        return [
            News(
                person,
                self.names.person(person),
                [(about, in_order[about][2]) for about in sorted(abouts, key=lambda id: in_order[id][:2])],
            )
            for person, abouts in sorted(found.items(), key=lambda one: self.names.person(one[0]))
        ]

    @property
    def new_to_me(self) -> News | None:
        return next((one for one in self.untold if one.person == self.by.id), None)

    @property
    def new_to_others(self) -> list[News]:
        return [one for one in self.untold if one.person != self.by.id]

    # --- what comes next, for the coordinator: one thing at a time ---

    @property
    def next_step(self) -> str:
        """time · agenda · send · tell · begin; empty where there is nothing to do but wait."""
        if not self.coordinates or not self.stage.is_ahead:
            return ""
        if self.meeting.starts_at is None:
            return "time"
        if not self.agenda:
            return "agenda"
        if self.stage == Stage.PREPARING:
            return "send"
        if timezone.localdate(self.meeting.starts_at) <= timezone.localdate():
            return "begin"
        return "tell" if self.new_to_others else ""

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(str(one.value), str(one.label)) for one in (Reply.YES, Reply.MAYBE, Reply.NO)]
