"""Looking at a demo family as somebody of the cast: the same door, the same row security, as in service."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import Model

from familieplan.access.actor import SIGNING_IN, Actor
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.audit import log
from familieplan.demo.municipality import id_of
from familieplan.people.models import Person
from familieplan.plan.models import Agreement, Goal, Intervention, NetworkPerson, SectorPlan, Statement, Topic

HOLM = id_of("family", "eight_places")
COUNTED: dict[str, type[Model]] = {
    "statements": Statement,
    "goals and steps": Goal,
    "agreements": Agreement,
    "sector plans": SectorPlan,
    "network": NetworkPerson,
}


def actor(login: str) -> Actor:
    with acting_as(SIGNING_IN):
        user = User.objects.get(login=login)
    return Actor(user.holder, "staff" if user.kind == "staff" else "person", login, user=user.pk)


@contextmanager
def looking(login: str, family: UUID = HOLM) -> Iterator[log.Opening | None]:
    """The family opened by ``login``, and logged."""
    with acting_as(actor(login)):
        yield log.open_family(family, "family")


def seen_by(login: str) -> dict[str, str]:
    """Row title → "x", and how many of what is only counted. Things of no interest are not there."""
    with looking(login) as opened:
        found: dict[str, str] = {"opens as": opened or "-"}
        found |= dict.fromkeys(Person.objects.values_list("given_name", flat=True), "x")
        found |= dict.fromkeys(Topic.objects.values_list("title", flat=True), "x")
        found |= dict.fromkeys(Intervention.objects.values_list("title", flat=True), "x")
        found |= {name: str(model._default_manager.count()) for name, model in COUNTED.items()}
    return found


def table(logins: list[str]) -> str:
    """One column for each of them, one row for each thing anybody sees."""
    columns = {login: seen_by(login) for login in logins}
    first, second = ["opens as"], list(COUNTED)
    rows = list(dict.fromkeys(row for column in columns.values() for row in column if row not in first + second))
    head = f"{'':27}" + "".join(f"{login:>7}" for login in logins)
    return "\n".join((head, *(_line(row, list(columns.values())) for row in (*first, *rows, *second))))


def _line(row: str, columns: list[dict[str, str]]) -> str:
    return f"{row:27}" + "".join(f"{column.get(row, '.'):>7}" for column in columns)
