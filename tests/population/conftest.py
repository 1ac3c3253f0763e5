"""What the population tests share: a small town, sound in every respect, as a folder of CSV files."""

import os
from pathlib import Path

import pytest

from familieplan.population.synthetic.making import Wish, make
from tests.population.measuring import FEW, MANY
from tests.population.town import Tables, made, write


@pytest.fixture(scope="session")
def small_town() -> Tables:
    return made(300, seed=7).tables


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key that counts are rounded by lies: nobody's real one."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / f"{tmp_path.name}-settings"))
    return Path(os.environ["XDG_CONFIG_HOME"]) / "familieplan"


@pytest.fixture
def extract(small_town: Tables, tmp_path: Path) -> Path:
    """A folder of one's own, to spoil."""
    return write(small_town, tmp_path / "extract")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic Denmark, large enough that the published margins show; not to be spoiled."""
    make(Wish(out := tmp_path_factory.mktemp("synthetic") / "many", persons=MANY))
    return out


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    make(Wish(out := tmp_path_factory.mktemp("synthetic") / "few", persons=FEW))
    return out
