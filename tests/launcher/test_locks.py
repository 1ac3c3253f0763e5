"""What is installed is pinned by hash, names no address, and has a reason."""

import json
import re
from pathlib import Path

import pytest

from familieplan.launcher.home import ROOT

LOCKS = sorted(ROOT.glob("requirements*.txt"))
WANTED = sorted(ROOT.glob("requirements*.in"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_hash(lock: Path) -> None:
    packages = re.split(r"\n(?=\S)", lock.read_text().replace("\\\n", ""))
    loose = [text for text in packages if not re.match(r"[a-z0-9-]+==\S+.*--hash=sha256:", text, re.DOTALL)]
    assert not [text for text in loose if not text.startswith("#")]


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    assert "://" not in lock.read_text()
    assert "resolved" not in lock.read_text()


@pytest.mark.parametrize("wanted", WANTED, ids=lambda path: path.name)
def test_every_dependency_has_its_reason(wanted: Path) -> None:
    lines = [line for line in wanted.read_text().splitlines() if line and not line.startswith(("#", "-r"))]
    assert [line for line in lines if "#" not in line] == []


def test_every_asset_has_its_reason() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    names = {*package["dependencies"], *package["devDependencies"]}
    assert {name for name in names if f"{name}:" not in package["//"]} == set()
