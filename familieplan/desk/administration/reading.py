"""The directory and the accounts, as the administrator's pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from familieplan.accounts.models import EventKind
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
    factor_asked_by: UUID | None  # waits for another administrator


@dataclass(frozen=True, slots=True)
class Done:
    """What an administrator did with an account. Whose a family's account is, is not told."""

    at: datetime
    what: EventKind
    by: str
    whose: str


def done_lately(at_most: int = 20) -> list[Done]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts.done(%s)", [at_most])
        rows = cursor.fetchall()
    names = dict(Staff.objects.filter(pk__in={id for row in rows for id in (row[1], row[3])}).values_list("pk", "name"))
    return [Done(at, EventKind(what), names.get(by, ""), names.get(holder, "")) for at, by, what, holder in rows]


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
