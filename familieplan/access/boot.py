"""The web process refuses to start on a database that does not guard itself."""

import time

from django.db import OperationalError, connection, transaction

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import act_as
from familieplan.access.lints import APP, faults, through

AGAIN = 0.5  # seconds between two tries


class Unguarded(RuntimeError):
    """The database is not guarded as it must be. The message lists what is wrong and what to do."""


def refuse_unguarded(*, patience: float = 60) -> None:
    """Raises :class:`Unguarded` unless we are the weak role, the catalogue agrees and the key opens.

    Costs some tens of milliseconds once per process. A database that does not answer is asked again for ``patience``
    seconds: a worker that ends as it starts takes all of gunicorn with it. Raises ``OperationalError`` after that.
    """
    if found := _found_within(patience):
        raise Unguarded(
            "The database does not guard families' data as it must, so nothing is served:\n  - "
            + "\n  - ".join(found)
            + "\nRun `manage prepare_database` as the owner (DATABASE_OWNER_URL), then try again."
        )


def _found_within(patience: float) -> list[str]:
    until = time.monotonic() + patience
    while True:
        try:
            return [*_who_we_are(), *faults(through(connection))]
        except OperationalError:
            connection.close()
            if time.monotonic() >= until:
                raise
            time.sleep(AGAIN)


def _who_we_are() -> list[str]:
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('transaction_isolation'), current_setting('row_security')")
        role, isolation, row_security = cursor.fetchone()
        if role != APP:
            found.append(f"DATABASE_URL signs in as {role}; it must be {APP}")
        if isolation != "read committed":
            found.append(f"transactions are {isolation}; a withdrawn consent would be read on (must be read committed)")
        if row_security != "on":
            found.append("row_security is switched off")
        cursor.execute("SELECT count(*) FROM access_scope")
        if cursor.fetchone()[0]:
            found.append("rows are read though nobody is asking")
        act_as(SIGNING_IN)
        cursor.execute("SELECT access.actor_kind()")
        if cursor.fetchone()[0] != "auth":
            found.append("FAMILIEPLAN_ACTOR_KEY is not the key the database was prepared with")
        transaction.set_rollback(True)
    return found
