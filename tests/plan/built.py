"""One family for all who ask for a `house`, built once in a process; each test gets a copy of the database with it.

A plugin, not the conftest of a folder: imported into a second one, pytest would build the house again, and the first
folder's tests would look in the copies for people whose ids are no longer there.
"""

from uuid import UUID

import psycopg
import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.conftest import databases
from tests.plan.house import House, build


@pytest.fixture(scope="session")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> tuple[House, str]:
    before, name = databases.current, f"plan_{worker_id}"
    with django_db_blocker.unblock():
        databases.use(name, databases.prepared())
        with psycopg.connect(databases.cluster.url(name), autocommit=True) as superuser:
            house = build(superuser)
        databases.use(before, databases.prepared())
    return house, name


@pytest.fixture
def house(built: tuple[House, str], transactional_db: None, settings: Settings) -> House:
    settings.DEMO = True
    house, template = built
    databases.use(databases.current, template)
    return house


@pytest.fixture
def names(house: House) -> dict[UUID, str]:
    return {id: name for name, id in {**house.people, **house.staff}.items()}
