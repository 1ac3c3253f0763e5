"""A wheel carries what the room reads besides Python: SQL, definitions, templates, words."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "familieplan" / "population"


def test_a_wheel_holds_every_file_of_the_room() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    packed = {
        path
        for package, patterns in told.items()
        for pattern in patterns
        for path in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    there = {path for path in ROOM.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert {".sql", ".toml", ".typ", ".csv", ".json"} <= {path.suffix for path in there}
    assert not there - packed


def test_every_folder_with_code_is_a_package() -> None:
    assert not {path.parent for path in ROOM.rglob("*.py")} - {path.parent for path in ROOM.rglob("__init__.py")}
