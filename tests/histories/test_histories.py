"""Random histories: after every step the deployed policies answer exactly as the reference model does.

FAMILIEPLAN_SEED and FAMILIEPLAN_STEPS choose another run. Before version 18 PostgreSQL plans the rules anew at every
change, five times as slow: there a tenth of the steps is run, by default.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from .adapter import Deployed
from .driver import run

pytestmark = pytest.mark.database

SEED = os.environ.get("FAMILIEPLAN_SEED", "2026-11-22")
STEPS = int(os.environ.get("FAMILIEPLAN_STEPS", "200000"))
PARTS = 8  # so that the workers share them


@pytest.mark.parametrize("part", range(PARTS))
def test_no_leaks_and_no_wrong_denials(
    deployed: Deployed, part: int, record_property: Callable[[str, object], None]
) -> None:
    asked_for = "FAMILIEPLAN_STEPS" in os.environ
    steps = STEPS if asked_for or deployed.admin.info.server_version >= 180000 else STEPS // 10
    seed = f"{SEED}/{part}"
    tally = run(deployed, seed, steps // PARTS)
    record_property("histories", f"seed {seed}: {tally}, 0 leaks, 0 wrong denials")
