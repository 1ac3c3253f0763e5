"""Many families for the benchmark, in a database that is thrown away."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from familieplan.demo.generate import generate


class Command(BaseCommand):
    help = "Fills a prepared, empty database with generated families. Needs FAMILIEPLAN_SUPERUSER_URL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--families", type=int, default=340)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        url = os.environ.get("FAMILIEPLAN_SUPERUSER_URL")
        if not url:
            raise CommandError(
                "FAMILIEPLAN_SUPERUSER_URL is not set: only the benchmark's own cluster is filled like this."
            )
        generate(url, families=options["families"], seed=options["seed"], say=self.stdout.write)
