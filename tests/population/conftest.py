"""What the population tests share: a small town, sound in every respect, as a folder of CSV files."""

from pathlib import Path

import pytest

from familieplan.population.synthetic.making import Wish, make
from tests.population.measuring import FEW, MANY
from tests.population.town import Tables, made, write


@pytest.fixture(scope="session")
def small_town() -> Tables:
    return made(300, seed=7).tables


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
