"""Planted faults in the deployed rules, each in a throw-away database: the histories find every one, and how soon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .adapter import Deployed
from .driver import steps_until_caught
from .faults import FAULTS
from .test_histories import SEED

pytestmark = pytest.mark.database

MOST = 12_000


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(
    deployed: Deployed, fault: str, record_property: Callable[[str, object], None]
) -> None:
    if deployed.admin.info.server_version < 180000:
        pytest.skip("one version of PostgreSQL is enough: before 18 it takes five times as long")
    FAULTS[fault].plant(deployed.admin)
    steps = steps_until_caught(deployed, f"{SEED}/faults", MOST)
    assert steps is not None, f"nobody noticed in {MOST:,} steps: {fault}"
    record_property("planted fault", f"{fault}: caught at step {steps}")
