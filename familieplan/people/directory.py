"""Writing the municipality's directory: departments, units, staff, roles. The administrator's actions."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from familieplan.access.actor import Actor
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.people.models import Department, Staff, StaffRole, Unit
from familieplan.people.records import insert_once

Row = TypeVar("Row", Department, Unit, Staff, StaffRole)


def _add(row: Row, what: str) -> Row:
    """Sent twice, it is added once."""
    added = insert_once(row)
    if added is row:
        log.record(None, what, row.pk)
    return added


@transaction.atomic
def add_department(*, name: str, by: Actor, id: UUID | None = None) -> Department:
    return _add(Department(id=id or new_id(), name=name), "added department")


@transaction.atomic
def add_unit(
    *,
    department: Department,
    name: str,
    category: str,
    by: Actor,
    reveals_place: bool = False,
    phone: str = "",
    early: str = "",
    id: UUID | None = None,
) -> Unit:
    """``category``: the kind of information it works with; ``reveals_place``: knowing it tells where somebody lives;
    ``early``: its part in early courses."""
    unit = Unit(
        id=id or new_id(),
        department=department,
        name=name,
        category=category,
        reveals_place=reveals_place,
        phone=phone,
        early=early,
    )
    return _add(unit, "added unit")


@transaction.atomic
def takes_part_early(*, unit: Unit, part: str, by: Actor) -> Unit:
    """Another part in early courses. Those that have begun go on as they are."""
    Unit.objects.filter(pk=unit.pk).update(early=part)
    log.record(None, "changed unit", unit.pk)
    unit.refresh_from_db()
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, first_day_closed: date, by: Actor) -> Unit:
    """From that day its people reach nothing through it; the grants follow in this transaction."""
    Unit.objects.filter(pk=unit.pk).update(closed_on=first_day_closed)
    log.record(None, "closed unit", unit.pk)
    unit.refresh_from_db()
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, by: Actor) -> Unit:
    """Its people reach what they reached before, as far as roles, teams and consents still hold."""
    Unit.objects.filter(pk=unit.pk).update(closed_on=None)
    log.record(None, "reopened unit", unit.pk)
    unit.refresh_from_db()
    return unit


@transaction.atomic
def add_staff(*, name: str, by: Actor, title: str = "", id: UUID | None = None) -> Staff:
    return _add(Staff(id=id or new_id(), name=name, title=title), "added staff")


@transaction.atomic
def give_role(
    *,
    staff: Staff,
    unit: Unit,
    role: str,
    starts: date,
    by: Actor,
    ends: date | None = None,
    id: UUID | None = None,
) -> StaffRole:
    row = StaffRole(id=id or new_id(), staff=staff, unit=unit, role=role, starts=starts, ends=ends)
    return _add(row, "gave role")


@transaction.atomic
def end_role(*, role: StaffRole, last_day: date, by: Actor) -> StaffRole:
    StaffRole.objects.filter(pk=role.pk).update(ends=last_day)
    log.record(None, "ended role", role.pk)
    role.refresh_from_db()
    return role
