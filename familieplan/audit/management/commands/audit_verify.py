"""`manage audit_verify [HEADS]`: is the log whole? Prints every break; the exit code says the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from familieplan.audit import chain


class Command(BaseCommand):
    help = "Verifies the hash chains of the log; with a file of `audit_heads`, also that nothing is gone since then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("heads", nargs="?", type=Path, help="A file that `manage audit_heads` has printed.")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = chain.breaks()
        if options["heads"]:
            lines = options["heads"].read_text().splitlines()
            found += chain.gone_since(chain.Head.read(line) for line in lines if line.strip())
        for one in found:
            self.stdout.write(str(one))
        if found:
            raise CommandError(f"The log has been tampered with: {len(found)} break(s).")
        self.stdout.write(self.style.SUCCESS(f"The log is whole: {len(chain.heads())} chain(s)."))
