"""Acting in the database: the signed actor is set for one transaction and gone with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from familieplan.access.actor import Actor, token


def act_as(actor: Actor) -> None:
    """Let the rest of this transaction be asked by ``actor``. Raises ``TransactionManagementError`` outside one."""
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an actor acts inside a transaction")
    with connection.cursor() as cursor:
        signed = token(actor, backend_pid=connection.connection.info.backend_pid)
        cursor.execute("SELECT set_config('app.actor', %s, true), set_config('app.family', '', true)", [signed])


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """A transaction in which ``actor`` asks. For commands, jobs, the demo and tests; requests have the middleware.

    Inside an open transaction it is a savepoint, and nobody is the actor afterwards: whoever goes on says who they are.
    """
    with transaction.atomic():
        act_as(actor)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('app.actor', '', true), set_config('app.family', '', true)")
