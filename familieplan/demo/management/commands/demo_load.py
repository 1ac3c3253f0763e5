"""The demo municipality, told through the same actions as in service."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from familieplan.demo import load


class Command(BaseCommand):
    help = "Fills an empty database with the demo municipality; does nothing when it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="throw away what is there and tell the stories anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("FAMILIEPLAN_DEMO is not set: invented families belong in a demo only.")
        if "owner" not in settings.DATABASES:
            raise CommandError("DATABASE_OWNER_URL is not set: the first administrator is made by the owner.")
        if options["fresh"]:
            load.empty()
        if not load.is_loaded():
            load.load(timezone.localdate())
