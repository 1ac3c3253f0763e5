"""What a form offers to choose from: always what this reader can see anyway."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.access.models import Category
from familieplan.people.guards import coordinates, is_early
from familieplan.people.models import Custody, Person, Staff, TeamMember, Unit
from familieplan.plan.models import Goal, StrategicGoal

Choice = tuple[str, str]
# Who somebody is, where they live and what they have said yes to is written elsewhere.
KINDS = tuple(
    kind for kind in Kind if kind not in {Kind.BASIC, Kind.CONTACT, Kind.ADDRESS, Kind.CONSENT, Kind.IDENTITY}
)


def current(today: date) -> Q:
    return Q(starts__lte=today) & (Q(ends=None) | Q(ends__gte=today))


class Choices:
    """The people, units and goals of one family, as one writer knows them."""

    def __init__(self, family: UUID, by: Actor) -> None:
        self.family, self.by, self.today = family, by, timezone.localdate()

    @cached_property
    def persons(self) -> dict[str, Person]:
        rows = Person.objects.filter(family_id=self.family).order_by("birth_date", "given_name")
        return {str(row.pk): row for row in rows}

    @cached_property
    def subjects(self) -> dict[str, Person]:
        """Whom one may write about. In the family: oneself and the children one has custody of."""
        if not self.by.is_family:
            return self.persons
        mine = Custody.objects.filter(current(self.today), family_id=self.family, holder_id=self.by.id)
        children = {str(child) for child in mine.values_list("child_id", flat=True)}
        return {id: row for id, row in self.persons.items() if row.pk == self.by.id or id in children}

    @cached_property
    def team(self) -> dict[str, TeamMember]:
        lines = TeamMember.objects.filter(current(self.today), family_id=self.family, staff__left_at=None)
        return {str(line.staff_id): line for line in lines.select_related("staff", "unit").order_by("staff__name")}

    @cached_property
    def coordinates(self) -> bool:
        return coordinates(self.family, self.by)

    def person(self, id: UUID | str) -> Person:
        return self.persons[str(id)]

    def me(self) -> Person | Staff:
        return self.person(self.by.id) if self.by.is_family else Staff.objects.get(pk=self.by.id)

    # --- as a form shows them ---

    def about(self) -> list[Choice]:
        return [(id, row.given_name) for id, row in self.subjects.items()]

    def about_at_first(self, wanted: Iterable[UUID]) -> list[str]:
        """Those of ``wanted`` one may write about; else oneself."""
        found = [str(id) for id in wanted if str(id) in self.subjects]
        return found or ([str(self.by.id)] if self.by.is_family else [])

    def kinds(self) -> list[Choice]:
        return [(kind.value, str(kind.label)) for kind in KINDS if self._held is None or kind in self._held]

    @cached_property
    def _held(self) -> set[str] | None:
        """What an early course holds, for those who work with it; else everything."""
        if self.by.is_family or not is_early(self.family):
            return None
        return set(Category.objects.exclude(early="").values_list("key", flat=True))

    def speakers(self) -> list[Choice]:
        """Oneself; the coordinator also writes down what a family member says."""
        others = [(id, row.given_name) for id, row in self.persons.items()] if self.coordinates else []
        return [("", _("Me, %(name)s") % {"name": self.by.name}), *others]

    def doers(self) -> list[tuple[str, list[Choice]]]:
        family = [(id, row.given_name) for id, row in self.persons.items()]
        team = [(id, f"{line.staff.name}, {line.unit.name}") for id, line in self.team.items()]
        return [(_("The family"), family), (_("Professionals"), team)]

    def doer(self, id: str) -> Person | Staff:
        return self.persons[id] if id in self.persons else self.team[id].staff

    def name_of(self, id: str) -> str:
        """Of somebody who can be chosen; nobody else has a name here."""
        if id in self.persons:
            return self.persons[id].given_name
        return self.team[id].staff.name if id in self.team else ""

    @cached_property
    def open_units(self) -> dict[str, Unit]:
        rows = Unit.objects.filter(Q(closed_on=None) | Q(closed_on__gt=self.today)).order_by("name")
        return {str(row.pk): row for row in rows}

    def units(self) -> list[Choice]:
        return [(id, row.name) for id, row in self.open_units.items()]

    def my_unit(self) -> Unit | None:
        line = self.team.get(str(self.by.id))
        return line.unit if line else None

    @cached_property
    def common_goals(self) -> dict[str, StrategicGoal]:
        return {str(row.pk): row for row in StrategicGoal.objects.order_by("order")}

    def strategic(self) -> list[Choice]:
        english = get_language() == "en"
        named = [(id, (row.text_en if english else "") or row.text) for id, row in self.common_goals.items()]
        return [("", _("None of them")), *named]

    def other_goals(self, goal: Goal) -> list[Choice]:
        rows = Goal.objects.filter(family_id=self.family, parent=None).exclude(pk=goal.pk).exclude(status="dropped")
        return [(str(row.pk), row.text[:120]) for row in rows.order_by("created_at")]
