"""Where a mail server hands in what comes to the address of the invitations: one mail on standard input.

Postfix, in ``master.cf``: ``flags=DRhu user=familieplan argv=… receive_mail ${original_recipient}``. The exit code
says what became of it (sysexits.h): 0 taken, 65 nothing for us, 75 try again later. Nothing else is said: a bounce
would repeat it.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError

from familieplan.access.boot import refuse_unguarded
from familieplan.meetings import replying

NOT_FOR_US, LATER = 65, 75


class Command(BaseCommand):
    help = "Takes one mail from standard input: a calendar's answer to an invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipient", nargs="?", default="", help="the address it was handed in for")

    def handle(self, *_args: Any, recipient: str, **_options: Any) -> None:
        raw = sys.stdin.buffer.read(replying.LARGEST + 1)
        try:
            refuse_unguarded(patience=0)
            replying.receive(raw, recipient)
        except replying.NotTaken:
            sys.exit(NOT_FOR_US)
        except (OperationalError, InterfaceError):
            sys.exit(LATER)
