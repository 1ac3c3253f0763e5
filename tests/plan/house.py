"""A family to write with. Sara (mother) and Peter (father, elsewhere) have joint custody of Anton (10); Emma is 16.

Mette coordinates; Jens (job centre) has Sara's yes to work and plan; Lis (school) is on the team and has nobody's yes;
Olga coordinates another family, Ida's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import psycopg
from django.test import Client
from django.utils import timezone

from familieplan.access.actor import SIGNING_IN, Actor
from familieplan.access.context import acting_as
from familieplan.access.enums import Kind
from familieplan.accounts import actions as accounts
from familieplan.accounts.models import Kind as AccountKind
from familieplan.accounts.models import User
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.models import Consent
from familieplan.people import actions as people
from familieplan.people.models import Person, Staff, Unit
from familieplan.plan import actions as plan
from familieplan.plan.enums import StatementKind
from familieplan.plan.models import Topic

JOB = Actor(holder=None, kind="job")
STAFF = {
    "Mette": ("Familieteamet", "coordinator"),
    "Jens": ("Jobcentret", "professional"),
    "Lis": ("Byskolen", "professional"),
    "Olga": ("Familieteamet", "coordinator"),
    "Lena": ("Familieteamet", "leader"),
    "Ada": ("Familieteamet", "administrator"),
}
UNITS = {"Familieteamet": (Kind.PLAN, False), "Jobcentret": (Kind.EMPLOYMENT, False), "Byskolen": (Kind.SCHOOL, True)}


@dataclass
class House:
    """Ids by name, and ways in."""

    family: UUID = field(default_factory=uuid4)
    other_family: UUID = field(default_factory=uuid4)
    units: dict[str, UUID] = field(default_factory=lambda: {name: uuid4() for name in UNITS})
    staff: dict[str, UUID] = field(default_factory=lambda: {name: uuid4() for name in STAFF})
    people: dict[str, UUID] = field(default_factory=dict)
    rows: dict[str, UUID] = field(default_factory=dict)
    today: date = field(default_factory=timezone.localdate)

    @property
    def base(self) -> str:
        return f"/families/{self.family}/"

    def actor(self, name: str) -> Actor:
        if name in self.staff:
            unit, role = STAFF[name]
            return Actor(self.staff[name], "staff", name, frozenset({role}), (self.units[unit],))
        return Actor(self.people[name], "person", name, frozenset({"youth" if name in ("Anton", "Emma") else "parent"}))

    def client(self, name: str) -> Client:
        """Signed in as the demo does it: staff without a second factor."""
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        with acting_as(SIGNING_IN):
            client.force_login(
                User.objects.get(login=name.lower()), backend="django.contrib.auth.backends.ModelBackend"
            )
        return client

    def as_(self, name: str) -> "Acting":
        return Acting(self, self.actor(name))


class Acting:
    """`with house.as_("Sara") as by:` acts as Sara, with the family opened."""

    def __init__(self, house: House, actor: Actor) -> None:
        self.house, self.actor, self.scope = house, actor, acting_as(actor)

    def __enter__(self) -> Actor:
        self.scope.__enter__()
        log.open_family(self.house.family, "test")
        return self.actor

    def __exit__(self, *problem: object) -> None:
        self.scope.__exit__(*problem)  # type: ignore[arg-type]


def build(superuser: psycopg.Connection) -> House:
    house = House()
    _directory(superuser, house)
    _people(house)
    _consents(house)
    _words(house)
    _another_family(house)
    for name, holder in {**house.staff, **house.people}.items():
        with acting_as(JOB):
            kind = AccountKind.STAFF if name in house.staff else AccountKind.PERSON
            invited = accounts.invite(kind=kind, holder=holder, login=name, by=JOB)
            accounts.accept(token=invited.token, password="tolv gule cykler")
    return house


def _directory(database: psycopg.Connection, house: House) -> None:
    department = uuid4()
    database.execute("INSERT INTO people_department (id, name) VALUES (%s, 'Børn og familie')", [department])
    for name, (category, place) in UNITS.items():
        database.execute(
            "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
            " VALUES (%s, %s, %s, %s, %s, '12345678')",
            [house.units[name], department, name, category, place],
        )
    for name, (unit, role) in STAFF.items():
        database.execute("INSERT INTO people_staff (id, name, title) VALUES (%s, %s, '')", [house.staff[name], name])
        database.execute(
            "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts) VALUES (%s, %s, %s, %s, '2020-01-01')",
            [uuid4(), house.staff[name], house.units[unit], role],
        )


def _people(house: House) -> None:
    by = house.actor("Mette")
    with acting_as(by):
        family, first = people.open_family(
            unit=Unit.objects.get(name="Familieteamet"), opened_on=house.today, by=by, id=house.family
        )
        add = people.add_person
        sara = add(family=family, given_name="Sara", birth_date=date(1990, 1, 1), role_words="mor", by=by, id=first)
        peter = add(
            family=family,
            given_name="Peter",
            birth_date=date(1988, 1, 1),
            role_words="far",
            part="parent_elsewhere",
            by=by,
        )
        anton = add(family=family, given_name="Anton", birth_date=_years_ago(house.today, 10), by=by)
        emma = add(family=family, given_name="Emma", birth_date=_years_ago(house.today, 16), by=by)
        for parent in (sara, peter):
            people.set_custody(child=anton, holder=parent, kind="joint", starts=anton.birth_date or house.today, by=by)
        people.set_custody(child=emma, holder=sara, kind="sole", starts=emma.birth_date or house.today, by=by)
        house.people = {person.given_name: person.pk for person in (sara, peter, anton, emma)}
        for name, about in (("Jens", sara), ("Lis", anton)):
            unit = Unit.objects.get(name=STAFF[name][0])
            staff = Staff.objects.get(pk=house.staff[name])
            people.add_to_team(family=family, staff=staff, unit=unit, about=[about], starts=house.today, by=by)


def _years_ago(today: date, years: int) -> date:
    return (today - timedelta(days=40)).replace(year=today.year - years, day=1)


def _consents(house: House) -> None:
    with house.as_("Mette") as by:
        sara = Person.objects.get(pk=house.people["Sara"])
        team, jobs = house.units["Familieteamet"], house.units["Jobcentret"]
        until = house.today + timedelta(days=90)

        def give(*kinds: Kind, to: UUID, from_units: tuple[UUID, ...] = ()) -> Consent:
            yes = consents.Yes(sara, tuple(map(str, kinds)), "samarbejde", until, to_units=(to,), from_units=from_units)
            return consents.give(yes=yes, form="tablet", signed_by=[sara], by=by)

        house.rows["consent"] = give(Kind.BASIC, Kind.EMPLOYMENT, Kind.PLAN, to=jobs, from_units=(team,)).pk
        give(Kind.BASIC, Kind.PLAN, Kind.EMPLOYMENT, Kind.FAMILY_LIFE, to=team, from_units=(jobs,))


def _words(house: House) -> None:
    place: Callable[[str, Kind], plan.Place] = lambda name, kind: plan.Place(house.family, (house.people[name],), kind)  # noqa: E731
    with house.as_("Sara") as by:
        sara = Person.objects.get(pk=house.people["Sara"])
        work = plan.add_topic(place=place("Sara", Kind.EMPLOYMENT), title="Praktikken", by=by)
        school = plan.add_topic(place=place("Anton", Kind.SCHOOL), title="Morgenerne", by=by)

        def say(kind: StatementKind, text: str, about: Kind, topic: Topic | None = None, private: bool = False) -> UUID:
            said = plan.say(
                place=place("Sara", about),
                kind=kind,
                text=text,
                speaker=sara,
                said_on=house.today,
                by=by,
                topic=topic,
                private=private,
            )
            return said.pk

        house.rows |= {
            "work": work.pk,
            "school": school.pk,
            "worry": say(StatementKind.WORRY, "Tirsdag er for tidligt", Kind.EMPLOYMENT, work),
            "private": say(StatementKind.WORRY, "Det siger jeg kun her", Kind.FAMILY_LIFE, None, private=True),
            "hope": say(StatementKind.HOPE, "En almindelig lørdag", Kind.PLAN),
        }
        house.rows["goal"] = plan.add_goal(
            place=place("Sara", Kind.EMPLOYMENT), text="Fire timer om ugen", topic=work, by=by
        ).pk
    with house.as_("Jens") as by:
        jens, sara = Staff.objects.get(pk=by.id), Person.objects.get(pk=house.people["Sara"])
        training = plan.add_intervention(
            place=place("Sara", Kind.EMPLOYMENT), title="Praktik", unit=Unit.objects.get(name="Jobcentret"),
            starts=house.today, purpose="At prøve kræfter", by=by,
        )  # fmt: skip
        plan.add_weekly_time(
            person=sara,
            kind=Kind.EMPLOYMENT,
            weekday="2",
            starts_at=time(9),
            ends_at=time(12),
            intervention=training,
            by=by,
        )
        house.rows["effort"] = training.pk
        house.rows["agreement"] = plan.agree(
            place=place("Sara", Kind.EMPLOYMENT), what="ringer til butikken", doer=jens, due_on=house.today, by=by
        ).pk
    with house.as_("Lis") as by:
        lis = Staff.objects.get(pk=by.id)
        house.rows["school words"] = plan.say(
            place=place("Anton", Kind.SCHOOL),
            kind=StatementKind.WORRY,
            text="Elleve fraværsdage",
            speaker=lis,
            said_on=house.today,
            by=by,
        ).pk


def _another_family(house: House) -> None:
    by = house.actor("Olga")
    with acting_as(by):
        family, first = people.open_family(
            unit=Unit.objects.get(name="Familieteamet"), opened_on=house.today, by=by, id=house.other_family
        )
        ida = people.add_person(family=family, given_name="Ida", birth_date=date(1985, 1, 1), by=by, id=first)
    house.people["Ida"] = ida.pk
