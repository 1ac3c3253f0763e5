"""Who one may sign in as, for the terminal."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from familieplan.accounts.cast import everybody


class Command(BaseCommand):
    help = "Lists the people of the demo municipality."

    def handle(self, *_args: Any, **_options: Any) -> None:
        people = everybody()
        width = max((len(person.login) for person in people), default=0)
        for group, members in groupby(people, key=lambda person: person.group):
            self.stdout.write(self.style.MIGRATE_HEADING(group))
            for person in members:
                self.stdout.write(f"  {person.login:<{width}}  {person.name}, {person.role}. {person.about}")
        self.stdout.write(_("Each of them has a card on the sign-in page; nobody needs a password in the demo."))
