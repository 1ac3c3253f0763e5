"""An early course: Grete of the daycare and Ida's parents, Maja and Bo, with joint custody. Ida is four.

Beside it the family of tests/street.py, whose coordinator, school and job centre have nothing to do with Ida.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.actions import Yes
from familieplan.consent.models import Consent
from familieplan.early import actions
from familieplan.early.actions import Child, Parent
from familieplan.meetings import actions as meetings
from familieplan.meetings.models import Meeting
from familieplan.people import actions as people
from familieplan.people.models import Family, Person, Staff, TeamMember, Unit
from familieplan.plan import actions as plan
from familieplan.plan.models import Topic
from tests.street import SignIn, Street, enter, sign_in, street, years_ago

__all__ = ["SignIn", "sign_in", "street"]

SPHERE = {
    "Børnehuset": ("daycare", "starts"),
    "Naboskolen": ("school", "starts"),
    "Sundhedsplejen": ("health", "takes part"),
}
PEOPLE = {"Grete": "Børnehuset", "Nina": "Naboskolen", "Stine": "Sundhedsplejen"}


@dataclass
class Daycare:
    """``persons``: Ida, Maja, Bo."""

    street: Street
    family: UUID = field(default_factory=uuid4)
    persons: dict[str, UUID] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/families/{self.family}/"

    def actor(self, name: str) -> Actor:
        if name in PEOPLE:
            unit = self.street.units[PEOPLE[name]]
            return Actor(self.street.staff[name], "staff", name, frozenset({"professional"}), (unit,))
        if name in self.persons:
            return Actor(self.persons[name], "person", name, frozenset({"parent"}))
        return self.street.actor(name)

    @contextmanager
    def as_(self, name: str) -> Iterator[Actor]:
        by = self.actor(name)
        with acting_as(by):
            log.open_family(self.family, "family")
            yield by

    def unit(self, name: str) -> Unit:
        return Unit.objects.get(pk=self.street.units[name])

    def person(self, name: str) -> Person:
        return Person.objects.get(pk=self.persons[name])

    def sees(self, name: str) -> set[str]:
        """Given names of the family that somebody can read now."""
        with self.as_(name):
            return set(Person.objects.filter(family_id=self.family).values_list("given_name", flat=True))

    def yes(self, *signers: str, by: str = "Grete", to: tuple[str, ...] = ("Børnehuset",), **changes: Any) -> Consent:
        """The yes to the early meeting, written down by Grete with these signatures."""
        units = tuple(self.street.units[one] for one in to)
        with self.as_(by) as actor:
            last_day = Family.objects.get(pk=self.family).early_until
            whole: dict[str, Any] = {
                "subject": self.person("Ida"),
                "kinds": ("basic", "plan", "daycare", "family_life"),
                "purpose": "At tale om Idas søvn",
                "consequence": "Så holder vi ikke mødet.",
                "until": last_day,
                "from_units": (self.street.units["Børnehuset"],),
                "to_units": units,
            }
            signed = [self.person(one) for one in signers]
            return consents.give(yes=Yes(**(whole | changes)), form="tablet", signed_by=signed, by=actor)

    def withdraw(self, consent: Consent, by: str) -> None:
        with self.as_(by) as actor:
            consents.withdraw(consent=Consent.objects.get(pk=consent.pk), by=actor)

    def joins(self, name: str) -> TeamMember:
        with self.as_("Grete") as grete:
            return people.add_to_team(
                family=self.family,
                staff=Staff.objects.get(pk=self.street.staff[name]),
                unit=Unit.objects.get(pk=self.actor(name).units[0]),
                about=[self.person("Ida")],
                starts=timezone.localdate(),
                by=grete,
            )

    def topic(self, title: str = "Søvn", kind: str = "daycare", by: str = "Grete") -> Topic:
        with self.as_(by) as actor:
            return plan.add_topic(place=plan.Place(self.family, (self.persons["Ida"],), kind), title=title, by=actor)

    def meeting(self, **changes: Any) -> Meeting:
        with self.as_("Grete") as grete:
            whole: dict[str, Any] = {"kind": "early", "starts_at": timezone.now() + timedelta(days=9)}
            both = [self.person("Maja"), self.person("Bo")]
            return meetings.plan_meeting(family=self.family, for_=both, by=grete, **(whole | changes))


def sphere(database: psycopg.Connection, street: Street) -> None:
    """More units and people, as the administrators have made them."""
    department = database.execute("SELECT id FROM people_department").fetchone()
    for name, (category, part) in SPHERE.items():
        street.units[name] = uuid4()
        database.execute(
            "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone, early)"
            " VALUES (%s, %s, %s, %s, false, '11 22 33 55', %s)",
            [street.units[name], department[0] if department else None, name, category, part],
        )
    for name, unit in PEOPLE.items():
        street.staff[name] = uuid4()
        database.execute("INSERT INTO people_staff (id, name, title) VALUES (%s, %s, '')", [street.staff[name], name])
        database.execute(
            "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)"
            " VALUES (%s, %s, %s, 'professional', '2020-01-01')",
            [uuid4(), street.staff[name], street.units[unit]],
        )


@pytest.fixture
def before(street: Street, superuser_connection: psycopg.Connection) -> Daycare:
    """Nobody has said anything yet."""
    sphere(superuser_connection, street)
    return Daycare(street)


def begin(daycare: Daycare, by: str = "Grete", **changes: Any) -> None:
    today = timezone.localdate()
    parents = [Parent("Maja", "Lind", "mor", today), Parent("Bo", "Lind", "far", today)]
    whole: dict[str, Any] = {"child": Child("Ida", "Lind", years_ago(4)), "parents": parents}
    with acting_as(daycare.actor(by)):
        unit = daycare.unit(PEOPLE.get(by, "Byskolen"))
        begun = actions.begin(unit=unit, by=daycare.actor(by), id=daycare.family, **(whole | changes))
        daycare.persons = {one.given_name: one.pk for one in (begun.child, *begun.parents)}


@pytest.fixture
def daycare(before: Daycare) -> Daycare:
    """Grete has talked with both, and they have said that she may write it down."""
    begin(before)
    return before


@pytest.fixture
def at_page(before: Daycare, settings: Any) -> SignIn:
    """Signed in as one of the daycare, or of the street."""
    settings.DEMO = True
    return lambda name: enter(before.actor(name), name)
