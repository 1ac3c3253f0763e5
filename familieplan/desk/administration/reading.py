"""The directory and the accounts, as the administrator's pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from familieplan.people.models import Department, Staff, StaffRole, Unit


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator may know of an account: no password, no secret, no session."""

    id: UUID
    login: str
    kind: str
    holder: UUID | None
    is_active: bool
    last_login: datetime | None
    has_second_factor: bool
    invited_until: datetime | None


def accounts() -> list[Account]:
    """Raises ``ProgrammingError`` for anybody but an administrator: the database asks too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts.directory()")
        return [Account(*row) for row in cursor.fetchall()]


def departments() -> list[Department]:
    units = Prefetch("units", Unit.objects.order_by("name"))
    return list(Department.objects.order_by("name").prefetch_related(units))


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff with the roles of today, and their account."""

    staff: Staff
    roles: tuple[StaffRole, ...]
    account: Account | None


def colleagues(*, today: date) -> list[Colleague]:
    roles = Prefetch("roles", StaffRole.objects.select_related("unit").order_by("starts"))
    by_holder = {account.holder: account for account in accounts()}
    return [
        Colleague(one, tuple(current(one.roles.all(), today)), by_holder.get(one.pk))
        for one in Staff.objects.order_by("left_at", "name").prefetch_related(roles)
    ]


def current(roles: Iterable[StaffRole], today: date) -> list[StaffRole]:
    return [role for role in roles if role.starts <= today and (role.ends is None or role.ends >= today)]
