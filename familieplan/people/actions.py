"""Everything that is written about people: the only door (keyword-only, atomic, ``by=``, logged)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.people import cpr as cpr_number
from familieplan.people.enums import ContactKind, Part, RelationKind, TeamRole
from familieplan.people.models import (
    AddressProtection,
    Contact,
    Custody,
    Family,
    Household,
    Identifier,
    Person,
    Relation,
    Residence,
    Staff,
    TeamMember,
    Unit,
)
from familieplan.people.records import Conflict, change, drawer_of, lay


@transaction.atomic
def open_family(*, unit: Unit, opened_on: date, by: Actor, id: UUID | None = None) -> tuple[UUID, UUID]:
    """Open a course: the family, with ``by`` as its coordinator for ``unit``.

    Answers ``(family id, id for the first person)``; add that person next, with this id.
    """
    family = id or new_id()
    first_person = uuid5(family, "first person")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people.open_family(%s, %s, %s, %s, %s)", [family, new_id(), unit.pk, first_person, opened_on]
        )
    if log.open_family(family, "family") is None:
        raise PermissionDenied
    log.record(family, "opened family")
    return family, first_person


@transaction.atomic
def add_person(
    *,
    family: UUID,
    given_name: str,
    by: Actor,
    surname: str = "",
    birth_date: date | None = None,
    part: Part | str = Part.MEMBER,
    role_words: str = "",
    cpr: str = "",
    id: UUID | None = None,
) -> Person:
    """A person of the family, in their own drawer of category basic. Raises ``ValueError`` for a wrong CPR number."""
    person = Person(
        id=id or new_id(),
        given_name=given_name,
        surname=surname,
        birth_date=birth_date,
        part=part,
        role_words=role_words,
    )
    lay(person, drawer_of(family, (person.pk,), Kind.BASIC, by), by=by)
    if cpr:
        digits = cpr_number.clean(cpr)
        identifier = Identifier(
            id=uuid5(person.pk, "cpr"),
            person=person,
            cpr_encrypted=cpr_number.encrypt(digits, person.pk),
            cpr_index=cpr_number.index(digits),
        )
        laid = lay(identifier, drawer_of(family, (person.pk,), Kind.IDENTITY, by), by=by)
        if bytes(laid.cpr_index) != bytes(identifier.cpr_index):
            raise Conflict(person)
    return person


def edit_person(*, person: Person, version: int, by: Actor, **fields: object) -> Person:
    return change(person, by=by, version=version, **fields)


def relate(
    *, person: Person, other: Person, kind: RelationKind | str, by: Actor, words: str = "", id: UUID | None = None
) -> Relation:
    """``person`` is ``kind`` to ``other``; known to those who may know of both."""
    row = Relation(id=id or new_id(), person=person, other=other, kind=kind, words=words)
    return lay(row, drawer_of(person.family_id, (person.pk, other.pk), Kind.BASIC, by), by=by)


def set_custody(
    *,
    child: Person,
    holder: Person,
    kind: str,
    starts: date,
    by: Actor,
    ends: date | None = None,
    id: UUID | None = None,
) -> Custody:
    """Custody from a day. Grants and who must sign follow at once. Raises ``IntegrityError`` where dates contradict."""
    row = Custody(id=id or new_id(), child=child, holder=holder, kind=kind, starts=starts, ends=ends)
    return lay(row, drawer_of(child.family_id, (child.pk,), Kind.BASIC, by), by=by)


def end_custody(*, custody: Custody, last_day: date, by: Actor) -> Custody:
    return change(custody, by=by, ends=last_day)


@transaction.atomic
def add_household(
    *, family: UUID, label: str, about: Iterable[Person], by: Actor, address: str = "", id: UUID | None = None
) -> Household:
    """A home, by the family's name for it; its address lies in a drawer that address protection reaches."""
    people = tuple(person.pk for person in about)
    household = lay(Household(id=id or new_id(), label=label), drawer_of(family, people, Kind.BASIC, by), by=by)
    if address:
        row = Contact(id=uuid5(household.pk, "address"), household=household, kind=ContactKind.ADDRESS, value=address)
        lay(row, drawer_of(family, people, Kind.ADDRESS, by, reveals_place=True), by=by)
    return household


def live_at(
    *,
    person: Person,
    household: Household,
    starts: date,
    by: Actor,
    pattern: str = "",
    ends: date | None = None,
    id: UUID | None = None,
) -> Residence:
    row = Residence(id=id or new_id(), person=person, household=household, pattern=pattern, starts=starts, ends=ends)
    return lay(row, drawer_of(person.family_id, (person.pk,), Kind.BASIC, by), by=by)


def move_out(*, residence: Residence, last_day: date, by: Actor) -> Residence:
    return change(residence, by=by, ends=last_day)


def protect_address(
    *, person: Person, starts: date, by: Actor, ends: date | None = None, id: UUID | None = None
) -> AddressProtection:
    """Protected name and address: from this day every fact that reveals a place needs its own yes."""
    row = AddressProtection(id=id or new_id(), person=person, starts=starts, ends=ends)
    return lay(row, drawer_of(person.family_id, (person.pk,), Kind.ADDRESS, by), by=by)


def end_address_protection(*, protection: AddressProtection, last_day: date, by: Actor) -> AddressProtection:
    return change(protection, by=by, ends=last_day)


def add_contact(*, person: Person, kind: ContactKind | str, value: str, by: Actor, id: UUID | None = None) -> Contact:
    place = kind == ContactKind.ADDRESS
    row = Contact(id=id or new_id(), person=person, kind=kind, value=value)
    category = Kind.ADDRESS if place else Kind.CONTACT
    return lay(row, drawer_of(person.family_id, (person.pk,), category, by, reveals_place=place), by=by)


def add_to_team(
    *,
    family: UUID,
    staff: Staff,
    unit: Unit,
    about: Iterable[Person],
    starts: date,
    by: Actor,
    reason: str = "",
    role: TeamRole | str = TeamRole.PROFESSIONAL,
    ends: date | None = None,
    id: UUID | None = None,
) -> TeamMember:
    """A professional joins, for these persons. By itself it opens nothing: consents to the unit do."""
    row = TeamMember(id=id or new_id(), staff=staff, unit=unit, role=role, reason=reason, starts=starts, ends=ends)
    people = tuple(person.pk for person in about)
    return lay(row, drawer_of(family, people, unit.category, by, reveals_place=unit.reveals_place), by=by)


def leave_team(*, member: TeamMember, last_day: date, by: Actor, reason: str = "") -> TeamMember:
    """What they wrote stays theirs; from the day after they see nothing more of the family's."""
    return change(member, by=by, ends=last_day, left_because=reason)


def close_family(*, family: Family, last_day: date, by: Actor) -> None:
    """End the course. What was written stays with those who wrote it; consents are ended by their own dates."""
    if not Family.objects.filter(pk=family.pk).update(closed_on=last_day):
        raise PermissionDenied
    log.record(family.pk, "closed family")
