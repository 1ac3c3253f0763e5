"""The product itself, served by gunicorn as in service, on a fresh copy of the demo municipality for every journey."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from familieplan.launcher.ports import ADDRESS, any_free
from familieplan.launcher.processes import gunicorn
from tests.conftest import databases
from tests.journeys.town import Town

PRODUCT = {"DJANGO_SETTINGS_MODULE": "familieplan.settings", "FAMILIEPLAN_DEMO": "1"}
COLLECT = [sys.executable, "-m", "familieplan.launcher", "assets"]


@pytest.fixture(scope="session")
def served(worker_id: str) -> Iterator[tuple[str, str]]:
    """The address of the web processes, and the database they ask. When it is replaced by a copy, they go on."""
    name, port = f"journeys_{worker_id}", any_free()
    product = {**os.environ, **PRODUCT}
    databases.first("collected", lambda: subprocess.run(COLLECT, env=product, check=True))
    databases.copy(name, databases.demo())
    with gunicorn({**product, **databases.keys, **databases.addresses(name)}, port, workers=1):
        yield f"http://{ADDRESS}:{port}", name


@pytest.fixture
def town(browser: Browser, served: tuple[str, str]) -> Iterator[Town]:
    """Nobody signed in, nothing changed yet. What a browser complained of fails the journey."""
    address, name = served
    databases.copy(name, databases.demo())
    town = Town(browser, address)
    yield town
    town.close()
    assert town.complaints == []
