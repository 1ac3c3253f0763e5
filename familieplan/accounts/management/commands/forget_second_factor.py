"""Where there is only one administrator: whoever runs the server is the second person about a lost telephone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.accounts import actions

JOB = Actor(holder=None, kind="job")


class Command(BaseCommand):
    help = "Forgets the code app of an account: the next sign-in starts with a new one. Make sure who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="the user name")

    def handle(self, *_args: Any, login: str, **_options: Any) -> None:
        with acting_as(JOB):
            with connection.cursor() as cursor:
                cursor.execute("SELECT id FROM accounts.directory() WHERE login = lower(%s)", [login])
                found = cursor.fetchone()
            if found is None:
                raise CommandError("There is no account of that name.")
            actions.forget_second_factor(user=found[0], by=JOB)
        self.stdout.write("Forgotten. Its holder reads of it at the next sign-in.")
