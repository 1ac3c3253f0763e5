"""What the worker does about meetings by itself (see post/jobs.py)."""

from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.meetings import own_calendar
from familieplan.post.jobs import WORK, defer


@app.periodic(cron="0 6 * * *")
@app.task(name="meetings.remind", queue=WORK)
def remind(timestamp: int) -> None:
    """In the morning: who is reminded of a meeting a week before, a coordinator whose agenda is not out, and who has
    not said which times suit them."""
    with acting_as(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT meetings.remind(), meetings.remind_of_times()")


@app.periodic(cron="40 2 * * *")
@app.task(name="meetings.read_calendars", queue=WORK)
def read_calendars(timestamp: int) -> None:
    """At night each calendar that was given by its address, one job each: one that hangs keeps none of the others."""
    with acting_as(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT holder FROM meetings.calendars()")
        for (holder,) in cursor.fetchall():
            defer("meetings.read_calendar", holder=holder)


@app.task(name="meetings.read_calendar", queue=WORK)
def read_calendar(holder: str) -> None:
    own_calendar.look_into(UUID(holder))
