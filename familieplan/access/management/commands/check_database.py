"""Say whether the database guards itself as the catalogue says; exit code 1 when it does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from familieplan.access.boot import Unguarded, refuse_unguarded


class Command(BaseCommand):
    help = "Checks roles, policies, privileges, functions and triggers against access/catalogue.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unguarded(patience=0)
        except Unguarded as error:
            raise CommandError(str(error)) from None
        self.stdout.write("The database is guarded as the catalogue says.")
