"""Everything that is written about an early course: the only door (keyword-only, atomic, ``by=``, logged).

Persons, consents and meetings are written by the actions of their rooms; PostgreSQL keeps them small (sql/doors.sql).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.consent import actions as consent
from familieplan.consent.actions import Yes
from familieplan.consent.enums import Form
from familieplan.consent.models import Consent
from familieplan.people import actions as people
from familieplan.people.enums import CustodyKind
from familieplan.people.guards import coordinates, is_early
from familieplan.people.models import FirstTalk, Person, Staff, Unit
from familieplan.people.records import drawer_of, lay


@dataclass(frozen=True, slots=True)
class Child:
    given_name: str
    surname: str
    birth_date: date
    talked_on: date | None = None  # from the age of consent the child decides, and is talked with as the parents are


@dataclass(frozen=True, slots=True)
class Parent:
    """Somebody with custody, and the day they were talked with. ``words``: what the child calls them."""

    given_name: str
    surname: str
    words: str
    talked_on: date


@dataclass(frozen=True, slots=True)
class Begun:
    family: UUID
    child: Person
    parents: tuple[Person, ...]


def _ask(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


@transaction.atomic
def begin(*, unit: Unit, child: Child, parents: Sequence[Parent], by: Actor, id: UUID | None = None) -> Begun:
    """Somebody of a school, daycare or health visitor begins, when all with custody have been talked with.

    Raises ``PermissionDenied`` for other units, ``IntegrityError`` where somebody has not been talked with first.
    """
    family = id or new_id()
    which = uuid5(family, "first person")
    try:
        with transaction.atomic():
            _ask("SELECT early.begin(%s, %s, %s, %s)::text", [family, new_id(), unit.pk, which])
            log.open_family(family, "family")
    except IntegrityError:  # sent twice, or the id of a family that has nothing to do with this form
        if log.open_family(family, "family") is None or not (is_early(family) and coordinates(family, by)):
            raise
    its = people.add_person(
        id=which, family=family, given_name=child.given_name, surname=child.surname, birth_date=child.birth_date, by=by
    )
    kind = CustodyKind.JOINT if len(parents) > 1 else CustodyKind.SOLE
    made = tuple(_add_parent(its, one, kind, number, by) for number, one in enumerate(parents))
    if child.talked_on:
        _note_talk(its, child.talked_on, by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS early_whole IMMEDIATE; SET CONSTRAINTS early_whole DEFERRED")  # asked now
    log.record(family, "opened early course", its.pk, its.scope_id)
    return Begun(family, its, made)


def _add_parent(child: Person, parent: Parent, kind: str, number: int, by: Actor) -> Person:
    row = people.add_person(
        id=uuid5(child.family_id, f"parent {number}"),
        family=child.family_id,
        given_name=parent.given_name,
        surname=parent.surname,
        role_words=parent.words,
        by=by,
    )
    starts = child.birth_date or parent.talked_on
    people.set_custody(child=child, holder=row, kind=kind, starts=starts, by=by, id=uuid5(row.pk, "custody"))
    _note_talk(row, parent.talked_on, by)
    return row


def _note_talk(person: Person, talked_on: date, by: Actor) -> None:
    """In their own drawer: when they were talked with, and by whom."""
    talk = FirstTalk(id=uuid5(person.pk, "first talk"), person=person, talked_on=talked_on)
    lay(talk, drawer_of(person.family_id, (person.pk,), Kind.BASIC, by), by=by)


OWN = frozenset({Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE})


@transaction.atomic
def say_yes(*, yes: Yes, form: Form | str, signed_by: Iterable[Person], by: Actor) -> Consent:
    """The yes to an early meeting about a child, and each parent's own, about what they themselves say there.

    Ordinary consents, which PostgreSQL keeps to what such ones can be. Who is not in ``signed_by`` is waited for.
    """
    signers = list(signed_by)
    laid = consent.give(yes=yes, form=form, signed_by=signers, by=by)
    for parent in Person.objects.filter(custody_of__child=yes.subject).distinct().order_by("pk"):
        kinds = tuple(one for one in yes.kinds if one in OWN)
        own = replace(yes, id=uuid5(yes.id, parent.pk.hex), subject=parent, kinds=kinds)
        consent.give(yes=own, form=form, signed_by=[one for one in signers if one.pk == parent.pk], by=by)
    return laid


@transaction.atomic
def close(*, family: UUID, is_well: bool, by: Actor) -> None:
    """The contact ends it: after a no, or because it is well. From now on nobody but the family reads it."""
    where = _where_the_child_lies(family)
    if not _ask("SELECT early.close(%s, %s)", [family, is_well]):
        raise PermissionDenied
    log.record(family, "closed early course", scope=where)


def _where_the_child_lies(family: UUID) -> int | None:
    """The drawer that what is done with the course is logged in: whoever may know of the child reads it."""
    rows = Person.objects.filter(family_id=family, custody__isnull=False)
    return rows.values_list("scope_id", flat=True).first()


class NobodyThere(Exception):
    """The contact works there no more: there is nobody to come back to."""


@transaction.atomic
def come_back(*, family: UUID, by: Actor, id: UUID | None = None) -> None:
    """One clip: the family comes back to its contact without a new referral. What may be known is asked anew."""
    if not _ask("SELECT early.come_back(%s, %s)", [id or new_id(), family]):
        raise NobodyThere
    log.record(family, "came back")


@transaction.atomic
def ask_for_a_course(
    *,
    child: Person,
    unit: Unit,
    purpose: str,
    consequence: str,
    until: date,
    follows: Iterable[str],
    from_units: Iterable[UUID],
    signed_by: Sequence[Person],
    by: Actor,
    form: Form | str = Form.TABLET,
    id: UUID | None = None,
) -> Consent:
    """The family's yes to an ordinary course: to a unit with coordinators, about the child and each who signs.

    ``follows``: kinds of what has been said that go with them; none: the coordinator knows who they are, and no more.
    """
    sent, said, sources = id or new_id(), tuple(follows), tuple(from_units)
    names = (str(Kind.BASIC), str(Kind.CONTACT))
    for one in signed_by:
        if one.pk != child.pk:
            own = _to_course(
                uuid5(sent, one.pk.hex), one, names, unit, purpose, consequence, until, sources, bool(said)
            )
            consent.give(yes=own, form=form, signed_by=(one,), by=by)
    yes = _to_course(sent, child, (*names, *said), unit, purpose, consequence, until, sources, bool(said))
    return consent.give(yes=yes, form=form, signed_by=signed_by, by=by)


def _to_course(
    id: UUID,
    subject: Person,
    kinds: tuple[str, ...],
    unit: Unit,
    purpose: str,
    consequence: str,
    until: date,
    sources: tuple[UUID, ...],
    from_family: bool,
) -> Yes:
    return Yes(
        id=id,
        subject=subject,
        kinds=kinds,
        purpose=purpose,
        consequence=consequence,
        until=until,
        from_family=from_family,
        from_units=sources,
        to_units=(unit.pk,),
    )


@transaction.atomic
def become_a_course(*, family: UUID, coordinator: Staff, unit: Unit, by: Actor, id: UUID | None = None) -> None:
    """A coordinator takes the family on. Raises ``IntegrityError`` until all who decide for the child have said yes."""
    if not _ask("SELECT early.become_a_course(%s, %s, %s, %s)", [id or new_id(), family, coordinator.pk, unit.pk]):
        raise PermissionDenied
    log.record(family, "became a course", scope=_where_the_child_lies(family))
