"""Random errands in a small town, run through the product's own actions, by whoever tries: some are refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import psycopg
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, connection
from django.db.models import Model

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.models import Consent, LegalBasis, LegalParagraph
from familieplan.people import actions as people
from familieplan.people.models import AddressProtection, Custody, Household, Person, Residence, Staff, TeamMember, Unit
from familieplan.plan import actions as plan

from .model import COPENHAGEN

REFUSALS = (PermissionDenied, IntegrityError, psycopg.IntegrityError, ObjectDoesNotExist, consents.Incomplete)
KINDS = ("plan", "school", "health", "violence", "address", "basic")
DAY = timedelta(days=1)
Row = TypeVar("Row", bound=Model)


@dataclass
class Errands:
    """A town and its clock. `next()` lets somebody try something; says what, and whether it was done."""

    superuser: psycopg.Connection
    rng: random.Random
    now: datetime = datetime(2026, 6, 1, 9, tzinfo=UTC)
    units: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(3)])
    staff: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(4)])
    families: dict[UUID, list[UUID]] = field(default_factory=dict)
    coordinators: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(COPENHAGEN).date()

    @property
    def holders(self) -> list[UUID]:
        return [*(person for members in self.families.values() for person in members), *self.staff]

    def actor(self, holder: UUID) -> Actor:
        if holder in self.staff:
            place = self.staff.index(holder)
            return Actor(holder, "staff", "", frozenset({"professional"}), (self.units[place % 3],))
        return Actor(holder, "person", "", frozenset({"parent"}))

    def tick(self, step: timedelta) -> None:
        self.now += step
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('histories.clock', %s, false)", [self.now.isoformat()])
        self.superuser.execute("SELECT set_config('histories.clock', %s, false)", [self.now.isoformat()])

    # --- the town -----------------------------------------------------------------------------------------------------
    def build(self) -> None:
        self.tick(timedelta())
        department = uuid4()
        self.superuser.execute(
            "INSERT INTO people_department (id, name) VALUES (%s, %s)", [department, str(department)]
        )
        for place, unit in enumerate(self.units):
            self.superuser.execute(
                "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
                " VALUES (%s, %s, %s, 'school', %s, '')",
                [unit, department, str(unit), place == 2],  # knowing the third tells where somebody is
            )
        for place, staff in enumerate(self.staff):
            self.superuser.execute("INSERT INTO people_staff (id, name, title) VALUES (%s, 'x', '')", [staff])
            self.role(staff, self.units[place % 3], "coordinator" if place < 2 else "professional")
        for place, children in enumerate(([14, 17, 7], [14])):
            self.family(self.staff[place], self.units[place], children)

    def role(self, staff: UUID, unit: UUID, role: str) -> None:
        self.superuser.execute(
            "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts) VALUES (%s, %s, %s, %s, %s)",
            [uuid4(), staff, unit, role, self.today],
        )

    def family(self, coordinator: UUID, unit: UUID, ages: list[int]) -> None:
        by = self.actor(coordinator)
        with acting_as(by):
            family, first = people.open_family(unit=Unit.objects.get(pk=unit), opened_on=self.today, by=by)
            grown = [self.person(family, date(1985, 1, 1), by, first), self.person(family, date(1980, 1, 1), by)]
            soon = self.today + self.rng.choice((1, 5, 30)) * DAY
            children = [
                self.person(family, soon.replace(year=soon.year - age - 1, day=min(soon.day, 28)), by) for age in ages
            ]
            for child in children:
                for holder in grown[: self.rng.randint(1, 2)]:
                    people.set_custody(
                        child=child, holder=holder, kind="joint", starts=child.birth_date or self.today, by=by
                    )
            for grown_up in grown:
                home = people.add_household(family=family, label="home", about=[grown_up], by=by, address="Nygade 1")
                people.live_at(person=grown_up, household=home, starts=self.today - 300 * DAY, by=by)
                people.live_at(person=children[0], household=home, starts=self.today - 300 * DAY, by=by)
        self.coordinators[family] = coordinator
        self.families[family] = [person.pk for person in (*grown, *children)]

    def person(self, family: UUID, born: date, by: Actor, known: UUID | None = None) -> Person:
        return people.add_person(family=family, given_name="x", birth_date=born, by=by, id=known)

    # --- somebody tries something -------------------------------------------------------------------------------------
    def next(self) -> tuple[str, bool]:
        self.tick(self.rng.choice((timedelta(seconds=1), timedelta(hours=3), DAY, 9 * DAY)))
        family = self.rng.choice(list(self.families))
        anybody = [*self.families[family], *self.staff]
        who = self.coordinators[family] if self.rng.random() < 0.5 else self.rng.choice(anybody)
        errand = self.rng.choice(ERRANDS)
        by = self.actor(who)
        try:
            with acting_as(by):
                log.open_family(family, "history")
                errand(self, family, by)
        except REFUSALS:
            return errand.__name__, False
        return errand.__name__, True

    def one(self, kind: type[Row], **which: object) -> Row:
        """Any that the one who tries can see."""
        found = list(kind._default_manager.filter(**which))
        if not found:
            raise ObjectDoesNotExist
        return self.rng.choice(found)

    def somebody(self, family: UUID) -> Person:
        return Person.objects.get(pk=self.rng.choice(self.families[family]))

    def day(self) -> date:
        return self.today + self.rng.choice((-20, -1, 0, 0, 1, 1, 2, 30, 200)) * DAY

    def units_(self) -> tuple[UUID, ...]:
        return tuple(self.rng.sample(self.units, self.rng.randint(0, 2)))

    def yes(self, family: UUID) -> consents.Yes:
        subject = self.somebody(family)
        return consents.Yes(
            subject=subject, kinds=tuple(self.rng.sample(KINDS, 3)), purpose="to help", until=self.day() + 20 * DAY,
            from_family=self.rng.random() < 0.8, from_units=self.units_(), to_units=self.units_(),
            to_persons=tuple(self.rng.sample(self.families[family], 1)), consequence="none",
            deviation_reason="abroad" if self.rng.random() < 0.2 else "", private_voice=self.rng.random() < 0.4,
        )  # fmt: skip

    def signers(self, yes: consents.Yes, by: Actor) -> list[Person]:
        must = [by.id] if by.is_family else sorted(consents.must_sign(yes.subject, self.today))
        return [Person.objects.get(pk=pk) for pk in must if self.rng.random() < 0.85]


def gives(town: Errands, family: UUID, by: Actor) -> None:
    yes = town.yes(family)
    consents.give(yes=yes, form="tablet", signed_by=town.signers(yes, by), by=by)


def renegotiates(town: Errands, family: UUID, by: Actor) -> None:
    old, yes = town.one(Consent, withdrawn_at=None, family_id=family), town.yes(family)
    consents.give(yes=yes, form="paper", signed_by=town.signers(yes, by), by=by, replaces=old)


def signs(town: Errands, family: UUID, by: Actor) -> None:
    consent = town.one(Consent, withdrawn_at=None, family_id=family)
    person = Person.objects.get(pk=by.id) if by.is_family else town.somebody(family)
    consents.sign(consent=consent, person=person, form="tablet", by=by)


def withdraws(town: Errands, family: UUID, by: Actor) -> None:
    consents.withdraw(consent=town.one(Consent, withdrawn_at=None, family_id=family), by=by)


def shortens(town: Errands, family: UUID, by: Actor) -> None:
    consent = town.one(Consent, withdrawn_at=None, family_id=family, until__gt=town.today)
    consents.shorten(consent=consent, last_day=town.rng.choice((town.today, consent.until - DAY)), by=by)


def shares_by_law(town: Errands, family: UUID, by: Actor) -> None:
    unit, paragraph = town.one(Unit), town.one(LegalParagraph)
    consents.share_by_law(
        subject=town.somebody(family), kinds=town.rng.sample(KINDS, 2), from_units=town.units_(), to_unit=unit,
        paragraph=paragraph, necessity="danger", days=town.rng.choice((1, 14)), by=by, from_family=True,
    )  # fmt: skip


def stops_sharing(town: Errands, family: UUID, by: Actor) -> None:
    consents.stop_sharing(basis=town.one(LegalBasis, family_id=family), by=by)


def breaks_glass(town: Errands, family: UUID, by: Actor) -> None:
    subject = town.rng.choice(town.families[family])
    consents.break_glass(
        family=family, subject=subject, paragraph=town.one(LegalParagraph), reason="fire", hours=8, by=by
    )


def custody_changes(town: Errands, family: UUID, by: Actor) -> None:
    child, holder = Person.objects.get(pk=town.rng.choice(town.families[family][2:])), town.somebody(family)
    people.set_custody(child=child, holder=holder, kind=town.rng.choice(("joint", "sole")), starts=town.day(), by=by)


def custody_ends(town: Errands, family: UUID, by: Actor) -> None:
    people.end_custody(custody=town.one(Custody, ends=None, family_id=family), last_day=town.day(), by=by)


def moves_in(town: Errands, family: UUID, by: Actor) -> None:
    home = town.one(Household, family_id=family)
    people.live_at(person=town.somebody(family), household=home, starts=town.day(), by=by)


def moves_out(town: Errands, family: UUID, by: Actor) -> None:
    people.move_out(residence=town.one(Residence, ends=None, family_id=family), last_day=town.day(), by=by)


def is_protected(town: Errands, family: UUID, by: Actor) -> None:
    people.protect_address(person=town.somebody(family), starts=town.day(), by=by)


def protection_ends(town: Errands, family: UUID, by: Actor) -> None:
    row = town.one(AddressProtection, ends=None, family_id=family)
    people.end_address_protection(protection=row, last_day=town.day(), by=by)


def invites_to_team(town: Errands, family: UUID, by: Actor) -> None:
    place = town.rng.randrange(4)
    staff, unit = Staff.objects.get(pk=town.staff[place]), Unit.objects.get(pk=town.units[place % 3])
    people.add_to_team(family=family, staff=staff, unit=unit, about=[town.somebody(family)], starts=town.today, by=by)


def leaves_team(town: Errands, family: UUID, by: Actor) -> None:
    people.leave_team(member=town.one(TeamMember, ends=None, family_id=family), last_day=town.day(), by=by)


def writes(town: Errands, family: UUID, by: Actor) -> None:
    about = {town.somebody(family) for _ in range(town.rng.randint(1, 2))}
    plan.add_topic(place=plan.Place.for_(about, town.rng.choice(KINDS)), title="words", by=by)


def says_in_private(town: Errands, family: UUID, by: Actor) -> None:
    speaker = Person.objects.get(pk=by.id) if by.is_family else town.somebody(family)
    place = plan.Place.for_([speaker], town.rng.choice(KINDS))
    plan.say(place=place, kind="worry", text="words", speaker=speaker, said_on=town.today, by=by, private=True)


def changes_at_work(town: Errands, family: UUID, by: Actor) -> None:
    """The municipality's own register, which the product takes over from outside."""
    staff, unit = town.rng.choice(town.staff), town.rng.choice(town.units)
    statement, values = town.rng.choice(
        (
            (
                "UPDATE people_staffrole SET ends = greatest(starts, %s) WHERE staff_id = %s AND ends IS NULL",
                [town.day(), staff],
            ),
            ("UPDATE people_staff SET left_at = %s WHERE id = %s", [town.now, staff]),
            ("UPDATE people_staff SET left_at = NULL WHERE id = %s", [staff]),
            ("UPDATE people_unit SET closed_on = %s WHERE id = %s", [town.day(), unit]),
            ("UPDATE people_unit SET closed_on = NULL WHERE closed_on IS NOT NULL AND %s", [True]),
        )
    )
    town.superuser.execute(statement, values)


def gets_a_role(town: Errands, family: UUID, by: Actor) -> None:
    place = town.rng.randrange(4)
    town.role(town.staff[place], town.units[place % 3], town.rng.choice(("coordinator", "professional", "leader")))


ERRANDS: tuple[Callable[[Errands, UUID, Actor], None], ...] = (
    *(gives, gives, gives, renegotiates, signs, signs, withdraws, shortens),
    *(shares_by_law, stops_sharing, breaks_glass, custody_changes, custody_changes, custody_ends),
    *(moves_in, moves_out, is_protected, is_protected, protection_ends, protection_ends),
    *(invites_to_team, invites_to_team, leaves_team, writes, writes, writes, writes, says_in_private, says_in_private),
    *(changes_at_work, gets_a_role, gets_a_role),
)
