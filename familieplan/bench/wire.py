"""What is asked of PostgreSQL, counted on the wire: no layer above can leave anything out."""

from collections.abc import Callable
from tempfile import TemporaryFile

from django.db import connection

SENT = ("F\t", "\tQuery\t", "\tExecute\t")  # libpq's own trace: F is what the front end sends
NOT_A_QUESTION = ('"BEGIN"', '"COMMIT"')


def statements(call: Callable[[], object]) -> int:
    """How many statements ``call`` sends on the connection that is open, but for the two that hold the transaction.

    Signing the transaction (twice), the session, the log row and asking whether the connection lives: all count.
    """
    call()  # opens the connection
    database = connection.connection.pgconn
    with TemporaryFile() as trace:
        database.trace(trace.fileno())
        try:
            call()
        finally:
            database.untrace()
        trace.seek(0)
        return sum(map(_is_question, trace.read().decode().splitlines()))


def _is_question(line: str) -> bool:
    at_front, simple, extended = SENT
    return at_front in line and (simple in line or extended in line) and not line.endswith(NOT_A_QUESTION)
