"""What the worker does about meetings by itself (see post/jobs.py)."""

from django.db import connection
from procrastinate.contrib.django import app

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.post.jobs import WORK


@app.periodic(cron="0 6 * * *")
@app.task(name="meetings.remind", queue=WORK)
def remind(timestamp: int) -> None:
    """In the morning: who is reminded of a meeting a week before, and a coordinator whose agenda is not out yet."""
    with acting_as(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT meetings.remind()")
