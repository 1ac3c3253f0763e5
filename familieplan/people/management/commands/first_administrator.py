"""The first one in: an administrator cannot be made by an administrator. As the owner of the tables, on the server."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.access.enums import Kind as Category
from familieplan.accounts import actions
from familieplan.accounts.models import Kind
from familieplan.people.enums import Role
from familieplan.people.models import Department, Staff, StaffRole, Unit

JOB = Actor(holder=None, kind="job")


class Command(BaseCommand):
    help = "Makes the first administrator and prints the link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="The user name they will sign in with.")
        parser.add_argument("name")
        parser.add_argument("--department", required=True)
        parser.add_argument("--unit", required=True)

    def handle(self, *_args: Any, **said: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("DATABASE_OWNER_URL is not set: only the owner of the tables can do this.")
        staff = _administrator(said["name"], said["department"], said["unit"])
        try:
            with acting_as(JOB):
                invited = actions.invite(kind=Kind.STAFF, holder=staff.pk, login=said["login"], by=JOB)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        path = reverse("account_accept", kwargs={"token": invited.token})
        self.stdout.write(f"Open this address within seven days and choose a password:\n{path}")


@transaction.atomic("owner")
def _administrator(name: str, department: str, unit: str) -> Staff:
    """Found by name if the command is run again: then there is only a new link."""
    owner = "owner"
    of, _ = Department.objects.using(owner).get_or_create(name=department)
    where, _ = Unit.objects.using(owner).get_or_create(
        name=unit, defaults={"department": of, "category": Category.BASIC}
    )
    found = StaffRole.objects.using(owner).filter(role=Role.ADMINISTRATOR, unit=where, staff__name=name).first()
    if found:
        return found.staff
    staff = Staff.objects.using(owner).create(name=name)
    StaffRole.objects.using(owner).create(staff=staff, unit=where, role=Role.ADMINISTRATOR, starts=timezone.localdate())
    return staff
