"""The demo municipality, shared by tests that change nothing in it."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.conftest import databases


@pytest.fixture(scope="session")
def shared_demo(django_db_setup: None, worker_id: str) -> str:
    name = f"shared_demo_{worker_id}"
    databases.copy(name, databases.demo())
    return name


@pytest.fixture
def demo_app(shared_demo: str) -> Iterator[psycopg.Connection]:
    """The app's own role, without Django."""
    with psycopg.connect(databases.addresses(shared_demo)["DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def demo_superuser(shared_demo: str) -> Iterator[psycopg.Connection]:
    """Past row security: to compare what there is with what may be seen."""
    with psycopg.connect(databases.cluster.url(shared_demo), autocommit=True) as connection:
        yield connection
