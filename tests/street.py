"""One small family and the people around it, for tests of pages. Made through `actions`, committed, thrown away.

Mette coordinates (family team); Jens is at the job centre, Lis at the school, both on the team; Olga is at the job
centre and not on the team. Sara and Jonas are parents of Anton (10), with joint custody; Freja (16) is Sara's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from familieplan.access.actor import SIGNING_IN, Actor
from familieplan.access.context import acting_as
from familieplan.accounts import actions as accounts
from familieplan.accounts.models import Kind, User
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.actions import Yes
from familieplan.consent.models import Consent, LegalParagraph
from familieplan.people import actions
from familieplan.people.models import Person, Staff, Unit

JOB = Actor(holder=None, kind="job")
STAFF = {
    "Mette": ("Familieteam", "coordinator"),
    "Jens": ("Jobcenter", "professional"),
    "Lis": ("Byskolen", "professional"),
    "Olga": ("Jobcenter", "professional"),
    "Leo": ("Familieteam", "leader"),
    "Ada": ("Familieteam", "administrator"),
}
UNITS = {"Familieteam": "plan", "Jobcenter": "employment", "Byskolen": "school"}


def years_ago(years: int, *, days: int = 40) -> date:
    """Somebody so many years old, whose birthday was some days ago."""
    today = timezone.localdate() - timedelta(days=days)
    return today.replace(year=today.year - years, day=min(today.day, 28))


@dataclass
class Street:
    family: UUID = field(default_factory=uuid4)
    units: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    persons: dict[str, UUID] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/families/{self.family}/"

    def actor(self, name: str) -> Actor:
        if name in self.staff:
            unit, role = STAFF[name]
            return Actor(self.staff[name], "staff", name, frozenset({role}), (self.units[unit],))
        return Actor(
            self.persons[name], "person", name, frozenset({"youth" if name in ("Freja", "Anton") else "parent"})
        )

    def yes(self, about: str, **changes: object) -> Yes:
        """A whole consent: the job centre may know about work, from the family and from the family team."""
        whole = {
            "subject": Person.objects.get(pk=self.persons[about]),
            "kinds": ("basic", "employment"),
            "purpose": "At finde et job, der passer til familien",
            "until": timezone.localdate() + timedelta(days=90),
            "from_units": (self.units["Familieteam"],),
            "to_units": (self.units["Jobcenter"],),
            "consequence": "Hjælpen fortsætter.",
        }
        return Yes(**(whole | changes))  # type: ignore[arg-type]

    def give(self, about: str, *signers: str, **changes: object) -> Consent:
        """Mette writes a consent down, with these signatures."""
        mette = self.actor("Mette")
        with acting_as(mette):
            log.open_family(self.family, "consents")
            signed_by = list(Person.objects.filter(pk__in=[self.persons[name] for name in signers]))
            return consents.give(yes=self.yes(about, **changes), form="tablet", signed_by=signed_by, by=mette)

    def break_glass(self, name: str, about: str, reason: str = "Hun svarer ikke, og døren er låst") -> None:
        """Emergency access for four hours."""
        with acting_as(self.actor(name)):
            log.open_family(self.family, "card")
            consents.break_glass(
                family=self.family,
                subject=self.persons[about],
                paragraph=LegalParagraph.objects.get(key="vital_interest"),
                reason=reason,
                hours=4,
                by=self.actor(name),
            )


def town(database: psycopg.Connection, street: Street) -> None:
    """The municipality, as its administrators have made it."""
    department = uuid4()
    database.execute("INSERT INTO people_department (id, name) VALUES (%s, 'Velfærd')", [department])
    for name, category in UNITS.items():
        street.units[name] = uuid4()
        database.execute(
            "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
            " VALUES (%s, %s, %s, %s, %s, '11 22 33 44')",
            [street.units[name], department, name, category, category == "school"],
        )
    for name, (unit, role) in STAFF.items():
        street.staff[name] = uuid4()
        database.execute("INSERT INTO people_staff (id, name, title) VALUES (%s, %s, '')", [street.staff[name], name])
        database.execute(
            "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts) VALUES (%s, %s, %s, %s, '2020-01-01')",
            [uuid4(), street.staff[name], street.units[unit], role],
        )


def family(street: Street) -> None:
    today, mette = timezone.localdate(), street.actor("Mette")
    with acting_as(mette):
        unit = Unit.objects.get(pk=street.units["Familieteam"])
        street.family, first = actions.open_family(unit=unit, opened_on=today, by=mette)

        def person(name: str, born: date, **more: object) -> Person:
            row = actions.add_person(family=street.family, given_name=name, birth_date=born, by=mette, **more)  # type: ignore[arg-type]
            street.persons[name] = row.pk
            return row

        sara = person("Sara", date(1988, 3, 4), id=first, role_words="mor", cpr="040388-1234")
        jonas = person("Jonas", date(1986, 7, 8), part="parent_elsewhere", role_words="far")
        anton, freja = person("Anton", years_ago(10)), person("Freja", years_ago(16))
        for holder in (sara, jonas):
            actions.set_custody(child=anton, holder=holder, kind="joint", starts=anton.birth_date or today, by=mette)
        actions.set_custody(child=freja, holder=sara, kind="sole", starts=freja.birth_date or today, by=mette)
        team = [("Jens", "Jobcenter", [sara]), ("Lis", "Byskolen", [anton])]
        for name, unit_name, about in team:
            actions.add_to_team(
                family=street.family,
                staff=Staff.objects.get(pk=street.staff[name]),
                unit=Unit.objects.get(pk=street.units[unit_name]),
                about=about,
                starts=today,
                by=mette,
            )


@pytest.fixture
def street(transactional_db: None, superuser_connection: psycopg.Connection) -> Street:
    made = Street()
    town(superuser_connection, made)
    family(made)
    return made


SignIn = Callable[[str], Client]


def enter(actor: Actor, name: str) -> Client:
    """Signed in as somebody, with an account of their own; staff without a second factor where it is a demo."""
    with acting_as(JOB):
        kind = Kind.STAFF if actor.is_staff else Kind.PERSON
        invited = accounts.invite(kind=kind, holder=actor.id, login=f"{name.lower()}-{uuid4().hex[:6]}", by=JOB)
        accounts.accept(token=invited.token, password="tolv gule cykler")
    client = Client()
    with acting_as(SIGNING_IN):
        client.force_login(User.objects.get(pk=invited.user))
    return client


@pytest.fixture
def sign_in(street: Street, settings: object) -> SignIn:
    """Signed in as one of them, past the doors that have tests of their own (tests/accounts)."""
    settings.DEMO = True  # type: ignore[attr-defined]  # staff without a second factor

    def signed_in(name: str) -> Client:
        return enter(street.actor(name), name)

    return signed_in
