"""What the population tests share: a small town, sound in every respect, as a folder of CSV files."""

from pathlib import Path

import pytest

from tests.population.town import Tables, made, write


@pytest.fixture(scope="session")
def small_town() -> Tables:
    return made(300, seed=7).tables


@pytest.fixture
def extract(small_town: Tables, tmp_path: Path) -> Path:
    """A folder of one's own, to spoil."""
    return write(small_town, tmp_path / "extract")
