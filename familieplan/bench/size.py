"""P5: the family page among many families and among few: the same family and reader, two databases in turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from familieplan.bench import clock
from familieplan.bench.figures import Figure, proportion
from familieplan.bench.town import FEW
from familieplan.bench.visitor import Visitor
from familieplan.demo.generate import Generated


def measured(generated: Generated, rounds: int) -> Iterator[Figure]:
    """PostgreSQL's own time for everything the page asks, the log row and its link in the chain included."""
    page = f"/families/{generated.id('family')}/"
    usual = connections["default"]
    other = usual.copy()
    other.settings_dict["NAME"] = FEW
    timed = [_on(database, page) for database in (usual, other)]
    many, few = clock.in_turns(*timed, rounds=rounds, batch=3)
    yield proportion("P5.ratio", many, few, n=3 * rounds, seed=generated.seed)


def _on(database: BaseDatabaseWrapper, page: str) -> tuple[clock.Clock, Callable[[], object]]:
    with _default(database):
        visit = Visitor("bench-coordinator").asks(page)
        visit()
        backend = connection.connection.info.backend_pid

    def asked() -> None:
        with _default(database):
            visit()

    return clock.of_backend(backend), asked


@contextmanager
def _default(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Whatever is asked inside is asked there."""
    usual = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = usual
