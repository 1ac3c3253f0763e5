"""Who one may sign in as, for the terminal."""

import os
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from familieplan.accounts.cast import everybody


class Command(BaseCommand):
    help = "Lists the people of the demo municipality."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", default="", help="where it is served")

    def handle(self, *_args: Any, **options: Any) -> None:
        """In the terminal's language: what `run.py` says before and after is English, so Danish for the Danish only."""
        with translation.override("da" if terminal_language().startswith("da") else "en"):
            self.list_people(options["address"])

    def list_people(self, address: str) -> None:
        people = everybody()
        width = max((len(person.login) for person in people), default=0)
        for group, members in groupby(people, key=lambda person: person.group):
            self.stdout.write(self.style.MIGRATE_HEADING(group))
            for person in members:
                self.stdout.write(f"  {person.login:<{width}}  {person.name}, {person.role}. {person.about}")
        self.stdout.write(_("Each of them has a card on the sign-in page; nobody needs a password in the demo."))
        if address:
            self.stdout.write("\n" + _("Familiens Plan is at %(address)s — Ctrl-C ends it.") % {"address": address})


def terminal_language() -> str:
    return next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := os.environ.get(name))), "")
