"""Writing the municipality's directory: departments, units, staff, roles. The administrator's actions."""

from datetime import date
from uuid import UUID

from django.db import transaction

from familieplan.access.actor import Actor
from familieplan.access.models import new_id
from familieplan.audit import log
from familieplan.people.models import Department, Staff, StaffRole, Unit


@transaction.atomic
def add_department(*, name: str, by: Actor, id: UUID | None = None) -> Department:
    department = Department.objects.create(id=id or new_id(), name=name)
    log.record(None, "added department", department.pk)
    return department


@transaction.atomic
def add_unit(
    *,
    department: Department,
    name: str,
    category: str,
    by: Actor,
    reveals_place: bool = False,
    phone: str = "",
    id: UUID | None = None,
) -> Unit:
    """``category``: the kind of information it works with; ``reveals_place``: knowing it tells where somebody lives."""
    unit = Unit.objects.create(
        id=id or new_id(),
        department=department,
        name=name,
        category=category,
        reveals_place=reveals_place,
        phone=phone,
    )
    log.record(None, "added unit", unit.pk)
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, first_day_closed: date, by: Actor) -> Unit:
    """From that day its people reach nothing through it; the grants follow in this transaction."""
    Unit.objects.filter(pk=unit.pk).update(closed_on=first_day_closed)
    log.record(None, "closed unit", unit.pk)
    unit.refresh_from_db()
    return unit


@transaction.atomic
def add_staff(*, name: str, by: Actor, title: str = "", id: UUID | None = None) -> Staff:
    staff = Staff.objects.create(id=id or new_id(), name=name, title=title)
    log.record(None, "added staff", staff.pk)
    return staff


@transaction.atomic
def give_role(*, staff: Staff, unit: Unit, role: str, starts: date, by: Actor, ends: date | None = None) -> StaffRole:
    row = StaffRole.objects.create(staff=staff, unit=unit, role=role, starts=starts, ends=ends)
    log.record(None, "gave role", row.pk)
    return row


@transaction.atomic
def end_role(*, role: StaffRole, last_day: date, by: Actor) -> StaffRole:
    StaffRole.objects.filter(pk=role.pk).update(ends=last_day)
    log.record(None, "ended role", role.pk)
    role.refresh_from_db()
    return role
