"""Make a database ready, as its owner: tables and rules, the key that actors are signed with, the reference data."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from familieplan.access.actor import key_blocks
from familieplan.access.clock import THE_CLOCK
from familieplan.access.reference import REFERENCE


class Command(BaseCommand):
    help = (
        "Migrates as the owner, sets the clock right, installs the actor key and the reference data. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("DATABASE_OWNER_URL is not set: only the owner of the tables can prepare the database.")
        call_command("migrate", database="owner", interactive=False, verbosity=options["verbosity"] - 1)
        inner, outer = key_blocks(settings.FAMILIEPLAN_ACTOR_KEY)
        with connections["owner"].cursor() as cursor:
            cursor.execute(THE_CLOCK)
            cursor.execute(
                "INSERT INTO access.signing_key (inner_block, outer_block) VALUES (%s, %s) "
                "ON CONFLICT (only_row) DO UPDATE "
                "SET inner_block = excluded.inner_block, outer_block = excluded.outer_block",
                [inner, outer],
            )
        for load in REFERENCE:
            load("owner")
