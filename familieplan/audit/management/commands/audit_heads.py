"""`manage audit_heads > FILE`: how far each chain of the log has come.

Keep the file where nobody who can write in the database can write.
"""

from typing import Any

from django.core.management.base import BaseCommand

from familieplan.audit import chain


class Command(BaseCommand):
    help = "Prints the head of every chain: chain, number, hash. `manage audit_verify FILE` holds the log against it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for head in chain.heads():
            self.stdout.write(str(head))
