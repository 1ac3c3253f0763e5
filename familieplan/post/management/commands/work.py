"""The worker, as one command: letters and everything else that is done behind the scenes."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from familieplan.access.boot import refuse_unguarded
from familieplan.post.jobs import POST, WORK
from familieplan.post.worker import work


class Command(BaseCommand):
    help = "Works off the queue until it is told to stop (SIGTERM, Ctrl-C): mail, reminders, what is done at night."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_unguarded()
        if settings.SMTP is None:
            self.stdout.write("Works. No mail server is named (SMTP_URL): letters wait.")
        else:
            self.stdout.write(f"Works. Letters are handed in at {settings.SMTP.host}:{settings.SMTP.port}.")
        self.stdout.flush()
        asyncio.run(work(app, queues=[WORK] if settings.SMTP is None else [POST, WORK]))
        self.stdout.write("Stopped.")
