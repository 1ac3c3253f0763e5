"""A database of its own for each run of histories: its clock can be set, and what is broken in it is thrown away."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from familieplan.launcher.database import drop_database
from tests.conftest import databases

from .adapter import Deployed


@pytest.fixture
def deployed(worker_id: str) -> Iterator[Deployed]:
    name = f"histories_{worker_id}"
    databases.copy(name, databases.prepared())
    house = Deployed(
        databases.cluster.url(name), databases.addresses(name)["DATABASE_URL"], os.environ["FAMILIEPLAN_ACTOR_KEY"]
    )
    yield house
    house.close()
    drop_database(databases.cluster, name)
