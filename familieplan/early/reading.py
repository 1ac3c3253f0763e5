"""One early course, as its reader may know it: plain values for the page. Row security has left out the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from familieplan.access.actor import Actor
from familieplan.consent.enums import Standing
from familieplan.consent.models import Consent
from familieplan.consent.reading import Consents, ConsentView
from familieplan.meetings.models import Meeting
from familieplan.meetings.preparing.listing import Meetings, meetings_of
from familieplan.people.enums import EarlyPart, Role
from familieplan.people.guards import coordinates
from familieplan.people.models import Custody, FirstTalk, Person, StaffRole, Unit
from familieplan.plan.models import Agreement


@dataclass(frozen=True, slots=True)
class Standings:
    """Days and clips of an early course (early.standing)."""

    opened_on: date
    until: date
    closed_on: date | None
    clips: int
    clips_until: date | None
    may_come_back: bool

    def is_over(self, today: date) -> bool:
        return self.until < today or (self.closed_on is not None and self.closed_on <= today)


def standing_of(family: UUID) -> Standings | None:
    """``None`` when it is no early course, or not the reader's to know of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM early.standing(%s)", [family])
        row = cursor.fetchone()
    return Standings(*row) if row and row[0] else None


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody who decides was talked with first."""

    name: str
    words: str
    on: date
    by: str


def open_units(today: date) -> list[Unit]:
    """The units with a part in early courses."""
    rows = Unit.objects.exclude(early="").filter(Q(closed_on=None) | Q(closed_on__gt=today))
    return list(rows.select_related("department").order_by("name"))


def starts_for(by: Actor) -> list[Unit]:
    """The actor's own units whose people may start an early course; none for everybody else."""
    if not by.is_staff:
        return []
    today = timezone.localdate()
    roles = StaffRole.objects.filter(staff=by.id, role__in=(Role.PROFESSIONAL, Role.COORDINATOR), starts__lte=today)
    mine = roles.exclude(ends__lt=today).values("unit")
    units = Unit.objects.filter(early=EarlyPart.STARTS, pk__in=mine).exclude(closed_on__lte=today)
    return list(units.select_related("department").order_by("name"))


def coordinating_units(today: date) -> dict[UUID, list[StaffRole]]:
    """Where an ordinary course can go on, and who coordinates there."""
    rows = StaffRole.objects.filter(role=Role.COORDINATOR, starts__lte=today, staff__left_at=None, unit__early="")
    current = rows.exclude(ends__lt=today).exclude(unit__closed_on__lte=today).select_related("staff", "unit")
    found: dict[UUID, list[StaffRole]] = {}
    for row in current.order_by("unit__name", "staff__name"):
        found.setdefault(row.unit_id, []).append(row)
    return found


@dataclass
class EarlyPage:
    """Needs the family to have been opened."""

    family: UUID
    by: Actor
    standing: Standings
    today: date = field(default_factory=timezone.localdate)

    @property
    def base(self) -> str:
        return f"/families/{self.family}/"

    @property
    def address(self) -> str:
        return f"{self.base}early/"

    @cached_property
    def consents(self) -> Consents:
        return Consents(self.family, self.by, self.today)

    @property
    def persons(self) -> dict[UUID, Person]:
        return self.consents.names.persons

    @cached_property
    def child(self) -> Person | None:
        """Whom it is about."""
        row = Custody.objects.filter(family_id=self.family).values_list("child_id", flat=True).first()
        return self.persons.get(row) if row else None

    @cached_property
    def leads(self) -> bool:
        """Is the reader its contact?"""
        return coordinates(self.family, self.by)

    @property
    def is_over(self) -> bool:
        return self.standing.is_over(self.today)

    @cached_property
    def talks(self) -> list[Talk]:
        rows = FirstTalk.objects.filter(family_id=self.family).select_related("person").order_by("talked_on")
        return [
            Talk(
                capfirst(self.consents.names.who_did(row.person_id)),
                row.person.role_words,
                row.talked_on,
                self.consents.names.staff_member(row.created_by, to_family=False),
            )
            for row in rows
        ]

    @cached_property
    def _ways_in(self) -> set[UUID]:
        """Consents by which an ordinary course may begin."""
        units = coordinating_units(self.today)
        rows = Consent.objects.filter(family_id=self.family).values_list("pk", "to_units")
        return {pk for pk, to in rows if len(to) == 1 and to[0] in units}

    @cached_property
    def yeses(self) -> list[ConsentView]:
        """To the early meeting, those that stand or wait."""
        return [one for one in self.consents.all() if not one.is_over and one.id not in self._ways_in]

    @cached_property
    def _about_child(self) -> list[ConsentView]:
        about = Consent.objects.filter(family_id=self.family, subject=self.child).values_list("pk", flat=True)
        return [one for one in self.yeses if one.id in set(about)]

    @cached_property
    def ways_in(self) -> list[ConsentView]:
        child = self.child.pk if self.child else None
        about = set(Consent.objects.filter(family_id=self.family, subject=child).values_list("pk", flat=True))
        return [one for one in self.consents.all() if not one.is_over and one.id in self._ways_in & about]

    @property
    def has_yes(self) -> bool:
        return any(one.standing is not Standing.WAITING for one in self._about_child)

    @cached_property
    def meetings(self) -> Meetings:
        return meetings_of(self.family, self.by)

    @property
    def held(self) -> Sequence[Meeting]:
        return self.meetings.over

    @cached_property
    def agreements(self) -> list[Agreement]:
        rows = Agreement.objects.filter(family_id=self.family).select_related("doer_person", "doer_staff")
        return list(rows.order_by("due_on", "created_at"))

    @property
    def next_step(self) -> str:
        """For its contact: ask · sign · meet · then."""
        if not self._about_child:
            return "ask"
        if not self.has_yes:
            return "sign"
        return "meet" if not (self.meetings.ahead or self.meetings.over) else "then"
