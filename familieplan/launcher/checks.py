"""What must hold before anything is merged: style, types, import direction, and every test."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from familieplan.launcher import chromium
from familieplan.launcher.environment import NOWHERE, for_django, patiently
from familieplan.launcher.home import ROOT

TOOLS = Path(sys.executable).parent
TWO_WORKERS = ("-n", "2", "--dist", "worksteal")  # who is done takes over what the other has left
CHECKS: dict[str, Sequence[str | Path]] = {
    "ruff": [TOOLS / "ruff", "check", "."],
    "ruff format": [TOOLS / "ruff", "format", "--check", "."],
    "import-linter": [TOOLS / "lint-imports"],
    "mypy": [TOOLS / "mypy"],
}


def check() -> int:
    """All of them, so that one run shows everything there is to mend."""
    os.chdir(ROOT)
    failed = [name for name, command in CHECKS.items() if patiently(command, for_django(os.environ | NOWHERE))]
    print(f"checks: {len(CHECKS) - len(failed)} of {len(CHECKS)} pass" + "".join(f"; {n} fails" for n in failed))
    return 1 if failed else 0


def test(arguments: Sequence[str]) -> int:
    """The checks, then pytest. With arguments: pytest alone, for the work of the day."""
    os.chdir(ROOT)
    checked = 0 if arguments else check()
    chromium.ensure()
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # tests/conftest.py decides
    return patiently([sys.executable, "-m", "pytest", *(arguments or TWO_WORKERS)], os.environ) or checked


def bench(arguments: Sequence[str]) -> int:
    """The figures, from databases made for them."""
    os.chdir(ROOT)
    return patiently([sys.executable, "-m", "familieplan.bench", *arguments], os.environ)
