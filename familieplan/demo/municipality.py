"""Demokommune: its departments, units and staff. All of it invented; ids follow from the keys, so that links last."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.access.enums import Kind
from familieplan.people import directory
from familieplan.people.enums import EarlyPart, Role
from familieplan.people.models import Department, Staff, StaffRole, Unit

NAMESPACE = UUID("d3a0f0de-0000-4000-8000-00fa311e0001")


def id_of(*path: str) -> UUID:
    return uuid5(NAMESPACE, "/".join(path))


@dataclass(frozen=True, slots=True)
class UnitLine:
    department: str
    name: str
    category: Kind
    reveals_place: bool = False
    early: str = ""

    @property
    def id(self) -> UUID:
        return id_of("unit", self.name)

    @property
    def phone(self) -> str:
        """No number that anybody has."""
        return f"00 00 10 {list(UNITS.values()).index(self):02}"


@dataclass(frozen=True, slots=True)
class StaffLine:
    """``login`` is the account and the name the stories use."""

    login: str
    name: str
    title: str
    unit: str
    role: Role = Role.PROFESSIONAL

    @property
    def id(self) -> UUID:
        return id_of("staff", self.login)

    @property
    def actor(self) -> Actor:
        return Actor(self.id, "staff", self.name, frozenset({str(self.role)}), (UNITS[self.unit].id,))


ACROSS, WORK = "På tværs", "Beskæftigelsesforvaltningen"
CHILDREN, ADULTS, YOUTH = "Børn og Unge", "Social og Voksen", "Ungeenheden"

UNITS = {
    "koordination": UnitLine(ACROSS, "Familiekoordinationen", Kind.PLAN),
    "bolig": UnitLine(ACROSS, "Boligsocialt team", Kind.HOUSING),
    "digital": UnitLine(ACROSS, "Digitalisering", Kind.BASIC),
    "jobcenter": UnitLine(WORK, "Jobcentret", Kind.EMPLOYMENT),
    "ydelse": UnitLine(WORK, "Ydelseskontoret", Kind.ECONOMY),
    "familieafdeling": UnitLine(CHILDREN, "Familieafdelingen", Kind.FAMILY_LIFE),
    "familiehus": UnitLine(CHILDREN, "Familiehuset", Kind.FAMILY_LIFE),
    "elmeskolen": UnitLine(CHILDREN, "Elmeskolen", Kind.SCHOOL, True, EarlyPart.STARTS),
    "fjordskolen": UnitLine(CHILDREN, "Fjordskolen", Kind.SCHOOL, True, EarlyPart.STARTS),
    "boernehave": UnitLine(CHILDREN, "Børnehaven Åhaven", Kind.DAYCARE, True, EarlyPart.STARTS),
    "ppr": UnitLine(CHILDREN, "PPR", Kind.SCHOOL, early=EarlyPart.TAKES_PART),
    "sundhedspleje": UnitLine(CHILDREN, "Sundhedsplejen", Kind.HEALTH, early=EarlyPart.STARTS),
    "voksenstoette": UnitLine(ADULTS, "Voksenstøtten", Kind.MENTAL_HEALTH),
    "psykiatri": UnitLine(ADULTS, "Psykiatrikontakten", Kind.MENTAL_HEALTH),
    "rusmiddel": UnitLine(ADULTS, "Rusmiddelcentret", Kind.SUBSTANCE_USE),
    "unge": UnitLine(YOUTH, "Ungevejledningen", Kind.EMPLOYMENT),
    "forebyggelse": UnitLine(CHILDREN, "Forebyggelsesteamet", Kind.FAMILY_LIFE, early=EarlyPart.TAKES_PART),
}

STAFF = {
    line.login: line
    for line in (
        StaffLine("mette", "Mette Lund", "Familiekoordinator", "koordination", Role.COORDINATOR),
        StaffLine("omar", "Omar Haddad", "Familiekoordinator", "koordination", Role.COORDINATOR),
        StaffLine("jens", "Jens Bro", "Jobkonsulent", "jobcenter"),
        StaffLine("lis", "Lis Krogh", "Klasselærer", "elmeskolen"),
        StaffLine("hanne", "Hanne Friis", "Familierådgiver", "familieafdeling"),
        StaffLine("bodil", "Bodil Maar", "Bostøtte", "voksenstoette"),
        StaffLine("karen", "Karen Toft", "Familiebehandler", "familiehus"),
        StaffLine("nanna", "Nanna Skov", "Ungevejleder", "unge"),
        StaffLine("ida", "Ida Ravn", "Psykolog", "ppr"),
        StaffLine("tom", "Tom Bjerre", "Ydelsesrådgiver", "ydelse"),
        StaffLine("peter", "Peter Dam", "Skoleleder", "fjordskolen"),
        StaffLine("grete", "Grete Munk", "Pædagog", "boernehave"),
        StaffLine("stine", "Stine Holt", "Sundhedsplejerske", "sundhedspleje"),
        StaffLine("lars", "Lars Bech", "Sygeplejerske", "psykiatri"),
        StaffLine("anders", "Anders Vind", "Alkoholbehandler", "rusmiddel"),
        StaffLine("rikke", "Rikke Bang", "Boligsocial medarbejder", "bolig"),
        StaffLine("mia", "Mia Krag", "Skolesocialrådgiver", "forebyggelse"),
        StaffLine("birgit", "Birgit Storm", "Leder", "koordination", Role.LEADER),
        StaffLine("vera", "Vera Nygaard", "Systemadministrator", "digital", Role.ADMINISTRATOR),
    )
}
ADMINISTRATOR = STAFF["vera"]


def build(today: date) -> None:
    """The first administrator as the owner of the tables; she writes the rest of the directory herself."""
    since = today - timedelta(days=800)
    _first_administrator(since)
    vera = ADMINISTRATOR.actor
    with acting_as(vera):
        departments = {row.name: row for row in Department.objects.all()}
        for line in UNITS.values():
            if line.department not in departments:
                new = directory.add_department(name=line.department, id=id_of("department", line.department), by=vera)
                departments[new.name] = new
            if line is not UNITS[ADMINISTRATOR.unit]:
                directory.add_unit(
                    id=line.id,
                    department=departments[line.department],
                    name=line.name,
                    category=line.category,
                    reveals_place=line.reveals_place,
                    phone=line.phone,
                    early=line.early,
                    by=vera,
                )
        units = Unit.objects.in_bulk()
        for person in STAFF.values():
            if person is not ADMINISTRATOR:
                staff = directory.add_staff(id=person.id, name=person.name, title=person.title, by=vera)
                directory.give_role(
                    staff=staff, unit=units[UNITS[person.unit].id], role=person.role, starts=since, by=vera
                )


@transaction.atomic("owner")
def _first_administrator(since: date) -> None:
    unit, person = UNITS[ADMINISTRATOR.unit], ADMINISTRATOR
    Department.objects.using("owner").get_or_create(
        id=id_of("department", unit.department), defaults={"name": unit.department}
    )
    Unit.objects.using("owner").get_or_create(
        id=unit.id,
        defaults={
            "department_id": id_of("department", unit.department),
            "name": unit.name,
            "category": unit.category,
        },
    )
    Staff.objects.using("owner").get_or_create(id=person.id, defaults={"name": person.name, "title": person.title})
    StaffRole.objects.using("owner").get_or_create(
        staff_id=person.id, unit_id=unit.id, role=person.role, defaults={"starts": since}
    )


@dataclass(frozen=True)
class Town:
    """The directory as the stories use it: by key. Read as whoever is signed in."""

    today: date
    units: dict[str, Unit] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)

    @classmethod
    def read(cls, today: date) -> "Town":
        with acting_as(ADMINISTRATOR.actor):
            units, staff = Unit.objects.in_bulk(), Staff.objects.in_bulk()
        return cls(
            today,
            {key: units[line.id] for key, line in UNITS.items()},
            {key: staff[line.id] for key, line in STAFF.items()},
        )

    def unit_ids(self, *keys: str) -> tuple[UUID, ...]:
        return tuple(self.units[key].pk for key in keys)
