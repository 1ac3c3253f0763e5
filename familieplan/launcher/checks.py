"""What must hold before anything is merged: style, types, import direction, and every test."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from familieplan.launcher import chromium
from familieplan.launcher.cluster import Cluster, kept_in
from familieplan.launcher.environment import NOWHERE, for_django, manage, own_cluster
from familieplan.launcher.home import ROOT, throw_away_home

TOOLS = Path(sys.executable).parent

CHECKS: dict[str, Sequence[str | Path]] = {
    "ruff": [TOOLS / "ruff", "check", "."],
    "ruff format": [TOOLS / "ruff", "format", "--check", "."],
    "import-linter": [TOOLS / "lint-imports"],
    "mypy": [TOOLS / "mypy"],
}


def check() -> int:
    """All of them, so that one run shows everything there is to mend."""
    failed = [name for name, command in CHECKS.items() if _answer(command, os.environ | NOWHERE)]
    print(f"checks: {len(CHECKS) - len(failed)} of {len(CHECKS)} pass" + "".join(f"; {n} fails" for n in failed))
    return 1 if failed else 0


def test(arguments: Sequence[str]) -> int:
    """The checks, then pytest. With arguments: pytest alone, for the work of the day."""
    checked = 0 if arguments else check()
    plain = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }  # tests/conftest.py decides
    pytest = [sys.executable, "-m", "pytest", *(arguments or ["-n", "2"])]
    chromium.ensure()
    return subprocess.run(pytest, cwd=ROOT, env=plain, check=False).returncode or checked


def bench(arguments: Sequence[str]) -> int:
    """The figures, from a database made for them. Only the benchmark is told the superuser's address: it compares
    what row security costs with the same question asked past it."""
    with throw_away_home() as folder, own_cluster(folder, throw_away=True) as environment:
        manage(environment, "prepare_database")
        superuser = Cluster(kept_in(folder)).url("familieplan")
        manage({**environment, "FAMILIEPLAN_SUPERUSER_URL": superuser}, "bench", *arguments)
    return 0


def _answer(command: Sequence[str | Path], environment: Mapping[str, str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=for_django(environment), check=False).returncode
