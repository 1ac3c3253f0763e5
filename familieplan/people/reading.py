"""The people of one family as plain values, as far as the reader may know of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from familieplan.access.actor import Actor
from familieplan.people.enums import Part
from familieplan.people.guards import coordinates, is_early
from familieplan.people.models import (
    AddressProtection,
    Contact,
    Custody,
    Household,
    Person,
    Relation,
    Residence,
    TeamMember,
)
from familieplan.people.names import Names


@dataclass(frozen=True, slots=True)
class Dated:
    """Something from a day until a day, and whether it holds today."""

    id: UUID
    words: str
    note: str
    starts: date
    ends: date | None
    holds: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    person: Person
    age: int | None
    relations: tuple[str, ...]
    custody: tuple[Dated, ...]
    homes: tuple[Dated, ...]
    contacts: tuple[Contact, ...]
    protection: tuple[Dated, ...]

    @property
    def is_protected(self) -> bool:
        return any(one.holds for one in self.protection)


@dataclass(frozen=True)
class People:
    family: UUID
    by: Actor
    today: date
    names: Names
    persons: tuple[PersonView, ...]
    team: tuple[Dated, ...]
    coordinates: bool
    early: bool


def people_of(family: UUID, by: Actor, today: date) -> People:
    names = Names(family, by.id)
    gathering = Gathering(family, today, names)
    return People(
        family=family,
        by=by,
        today=today,
        names=names,
        persons=tuple(map(gathering.view, sorted(names.persons.values(), key=lambda one: one.part != Part.MEMBER))),
        team=gathering.team(),
        coordinates=coordinates(family, by),
        early=is_early(family),
    )


class Gathering:
    """Every table once, then put together by person."""

    def __init__(self, family: UUID, today: date, names: Names) -> None:
        self.today, self.names, self.family = today, names, family
        self.relations = list(Relation.objects.filter(family_id=family))
        self.custody = list(Custody.objects.filter(family_id=family).order_by("-starts"))
        self.residences = list(Residence.objects.filter(family_id=family).order_by("-starts"))
        self.homes = {row.pk: row.label for row in Household.objects.filter(family_id=family)}
        self.contacts = list(Contact.objects.filter(family_id=family).order_by("kind"))
        self.protection = list(AddressProtection.objects.filter(family_id=family).order_by("-starts"))

    def view(self, person: Person) -> PersonView:
        born = person.birth_date
        return PersonView(
            person=person,
            age=age_on(born, self.today) if born else None,
            relations=self._relations(person),
            custody=tuple(
                self._dated(row, self.names.person(row.holder_id), row.get_kind_display())
                for row in self.custody
                if row.child_id == person.pk
            ),
            homes=tuple(
                self._dated(row, self.homes.get(row.household_id, ""), row.pattern, self._address(row.household_id))
                for row in self.residences
                if row.person_id == person.pk and row.household_id in self.homes
            ),
            contacts=tuple(row for row in self.contacts if row.person_id == person.pk),
            protection=tuple(self._dated(row, "", "") for row in self.protection if row.person_id == person.pk),
        )

    def _relations(self, person: Person) -> tuple[str, ...]:
        """Read from this card: "father of Emil" on Thomas's; "father: Thomas" on Emil's, where nothing else is said."""
        mine = [row for row in self.relations if row.person_id == person.pk]
        said = {row.other_id for row in mine}
        theirs = [row for row in self.relations if row.other_id == person.pk and row.person_id not in said]
        own = [_("%(what)s of %(name)s") % self._relation(row, row.other_id) for row in mine]
        return (*own, *("{what}: {name}".format(**self._relation(row, row.person_id)) for row in theirs))

    def _relation(self, row: Relation, other: UUID) -> dict[str, str]:
        return {"what": row.words or str(row.get_kind_display()).lower(), "name": self.names.person(other)}

    def _address(self, household: UUID) -> str:
        return next((row.value for row in self.contacts if row.household_id == household), "")

    def _dated(
        self, row: Custody | Residence | AddressProtection | TeamMember, words: str, note: str, address: str = ""
    ) -> Dated:
        holds = row.starts <= self.today and (row.ends is None or row.ends >= self.today)
        return Dated(row.pk, words, note, row.starts, row.ends, holds, address)

    def team(self) -> tuple[Dated, ...]:
        rows = (
            TeamMember.objects.filter(family_id=self.family).select_related("staff", "unit").order_by("role", "starts")
        )
        return tuple(
            self._dated(row, f"{row.staff.name}, {row.unit.name}", row.left_because or row.reason) for row in rows
        )


def age_on(birth_date: date, day: date) -> int:
    """Whole years on ``day``."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
