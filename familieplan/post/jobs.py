"""The jobs of this room, and how any room gives the worker something to do.

A room's ``jobs.py`` is found by itself. A job is told ids only (the database refuses anything else), asks the database
as ``JOB`` through functions that let a job do that one thing, and may run twice. Each has its full name::

    @app.periodic(cron="0 6 * * *")
    @app.task(name="meetings.remind", queue=WORK)
    def remind(timestamp: int) -> None: ...
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import connection
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.post import sending
from familieplan.post.actions import ask

POST, WORK = "post", "work"  # letters, which wait while no mail server is named; everything else
LONGEST_PAUSE = 1_800  # seconds
LAST_TRY = 250  # by then five days have passed: what other mail servers do (RFC 5321, 4.5.4.1)


class Patiently(BaseRetryStrategy):
    """Two seconds, four, eight … then every half hour, for five days."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= LAST_TRY:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** (min(job.attempts, 20) + 1), LONGEST_PAUSE)})


def defer(
    task: str, *, queue: str = WORK, in_turn: str | None = None, at: datetime | None = None, **told: UUID
) -> None:
    """Give the worker a job when this transaction commits; not before ``at``; one by one where ``in_turn`` is the same.

    Raises ``ProgrammingError`` where nobody is asking.
    """
    values = [task, queue, json.dumps({name: str(id) for name, id in told.items()}), in_turn, at]
    with connection.cursor() as cursor:
        cursor.execute("SELECT post.defer(%s, %s, %s::jsonb, %s, %s)", values)


@app.task(name="post.send", queue=POST, retry=Patiently())
def send(letter: str) -> None:
    sending.send(UUID(letter))


@app.periodic(cron="10 3 * * *")
@app.task(name="post.forget_old", queue=WORK)
def forget_old(timestamp: int) -> None:
    """For the night: what was sent a quarter of a year ago is nobody's business any more."""
    with acting_as(JOB):
        ask("forget_old")
