"""A process that serves starts only on a guarded database, and waits for one that is starting itself."""

import threading

import pytest
from django.db import OperationalError, connection

from familieplan.access.boot import refuse_unguarded
from familieplan.launcher.ports import any_free


@pytest.fixture
def away(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """PostgreSQL is not where it was; its port."""
    port = int(connection.settings_dict["PORT"])
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", str(any_free()))
    return port


def test_a_database_that_comes_back_is_waited_for(away: int) -> None:
    settings = connection.settings_dict  # of this thread: each has a connection of its own
    threading.Timer(1, lambda: settings.update(PORT=str(away))).start()
    refuse_unguarded(patience=30)


def test_one_that_stays_away_ends_it(away: int) -> None:
    with pytest.raises(OperationalError):
        refuse_unguarded(patience=0)
