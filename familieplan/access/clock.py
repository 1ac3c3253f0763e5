"""The database's clock: which moment a statement counts as. Python asks it where a fact is about to be dated."""

from datetime import datetime

from django.db import connection

from familieplan.core.sql import sql_file

THE_CLOCK = sql_file(__file__, "clock.sql")  # run by the owner, it puts the one and only clock in its place


def moment() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.clock()")
        now: datetime = cursor.fetchone()[0]
    return now
