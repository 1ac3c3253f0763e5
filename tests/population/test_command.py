"""The command: what it writes, what it refuses, and that it then has written nothing."""

import json
from pathlib import Path

import duckdb
import pytest

from familieplan.population.__main__ import main
from familieplan.population.definitions.loading import shipped
from familieplan.population.results import read
from tests.population.families import three_families


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    return three_families().write(tmp_path / "extracts")


def asked(extracts: Path, *more: str, year: str = "2022") -> int:
    return main(["target", "--data", str(extracts), "--year", year, "--out", str(extracts.parent / "out"), *more])


def test_target_writes_tables_and_how_they_came_to_be(extracts: Path) -> None:
    assert asked(extracts, year="2021-2022") == 0
    out = extracts.parent / "out"
    found = read(out / "target.parquet")
    assert [found.one("in_target", group="children", year=year).persons for year in (2021, 2022)] == [0, 3]
    about = json.loads((out / "about.json").read_text())
    assert about["rows_read"]["persons"] == 9
    assert about["definitions"][0]["variant"] == "one_challenge"
    assert {path.name for path in extracts.parent.iterdir()} == {"extracts", "out"}  # nothing else is left


def test_risk_and_domains(extracts: Path) -> None:
    for name in ("special_risk", "domains"):
        out = extracts.parent / name
        assert main(["risk", "--data", str(extracts), "--year", "2022", "--definition", name, "--out", str(out)]) == 0
    assert read(extracts.parent / "special_risk" / "risk.parquet").one("special_risk", among="all").base == 4
    assert read(extracts.parent / "domains" / "domains.parquet").one("parents").persons == 3


def test_a_definition_of_ones_own_is_named_as_changed(extracts: Path) -> None:
    own = extracts.parent / "own.toml"
    own.write_text(shipped()["target_2022"].read_text().replace("ages = [0, 23]", "ages = [0, 8]"))
    assert asked(extracts, "--definition", str(own)) == 0
    out = extracts.parent / "out"
    assert read(out / "target.parquet").one("in_target", group="children").persons == 0
    assert json.loads((out / "about.json").read_text())["definitions"][0]["changed"] is True


@pytest.mark.parametrize("year", ["22", "2022-2020", "1967", "twenty", "2022,2023"])
def test_a_bad_year(extracts: Path, capsys: pytest.CaptureFixture[str], year: str) -> None:
    assert asked(extracts, year=year) == 2
    assert f"“{year}” is no year" in capsys.readouterr().err


def test_what_cannot_be_computed_writes_nothing(extracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (extracts / "placements.csv").unlink()
    assert asked(extracts) == 2
    assert "placements" in capsys.readouterr().err
    assert [path.name for path in extracts.parent.iterdir()] == ["extracts"]


def test_an_analysis_that_breaks_off_leaves_nothing(extracts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/spill/block-7")

    monkeypatch.setattr("familieplan.population.results.write", full)
    assert asked(extracts) == 2
    assert [path.name for path in extracts.parent.iterdir()] == ["extracts"]


def test_words_of_the_engine_that_may_hold_persons_are_not_passed_on(
    extracts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> None:
        raise duckdb.ConversionException("Could not convert string '0101801234' to INT32")

    monkeypatch.setattr("familieplan.population.analysis.target.analyse", failing)
    assert asked(extracts) == 2
    said = capsys.readouterr().err
    assert "ConversionException" in said
    assert "0101801234" not in said


def test_earlier_results_are_not_overwritten(extracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (extracts.parent / "out").mkdir()
    assert asked(extracts) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_definition_of_another_kind(extracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(extracts, "--definition", "special_risk") == 2
    assert "this command is for target" in capsys.readouterr().err


def test_help_and_tables(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    assert "synthesise --out denmark" in capsys.readouterr().out
    assert main(["tables"]) == 0
    assert "vulnerable_from" in capsys.readouterr().out
