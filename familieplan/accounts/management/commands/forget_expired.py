"""For the night: sessions, links and counters that have run out are removed."""

from typing import Any

from django.core.management.base import BaseCommand

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.accounts import actions


class Command(BaseCommand):
    help = "Removes sessions, links and counters that have run out. Run it once a day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting_as(Actor(holder=None, kind="job")):
            gone = actions.forget_expired()
        self.stdout.write(f"{gone} sessions removed.")
