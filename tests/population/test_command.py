"""The command: what it writes, what it refuses, and that it then has written nothing."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from familieplan.population.__main__ import main
from familieplan.population.definitions.loading import shipped
from familieplan.population.engine import started
from familieplan.population.faults import check
from familieplan.population.results import read
from familieplan.population.source import Source
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
    assert f"“{year}” cannot be counted for" in capsys.readouterr().err


def test_a_year_that_nobody_has_delivered_is_refused(extracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(extracts, year="2021-2023") == 2
    said = capsys.readouterr().err
    assert "placements.csv" not in said  # it is empty, and so of no year
    assert "income_support.csv: nothing begins in 2023; the years there are: 2022." in said
    assert "begins in 2021" not in said  # Camilla found work: a small place has little in a year
    assert not (extracts.parent / "out").exists()
    assert asked(extracts, "--despite", "no_such_year", year="2023") == 0


def test_check_says_in_the_end_which_years_it_lacks(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(few), "--year", "2017-2022"]) == 1
    told = capsys.readouterr().err
    assert told.endswith("counts once. In some tables nothing begins in 2017, 2018.\n")
    assert main(["check", "--data", str(few), "--year", "2022"]) == 0
    assert capsys.readouterr().err == "No faults.\n"


def test_a_table_that_stops_before_the_others_is_named(few: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(few, data)
    kept = f"FROM '{few}/notifications.parquet' WHERE year(received) <> 2021"
    duckdb.execute(f"COPY ({kept}) TO '{data}/notifications.parquet'")
    with started() as engine:
        found = list(check(Source(data, engine), years=[2020, 2021]))
    assert [line for fault in found if fault.hard for line in fault.lines("da")] == [
        "notifications.parquet: intet begynder i 2021; de år, der er: 2019–2020, 2022.  [no_such_year]"
    ]


def test_what_cannot_be_computed_writes_nothing(extracts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (extracts / "placements.csv").unlink()
    assert asked(extracts) == 2
    assert "placements" in capsys.readouterr().err
    assert [path.name for path in extracts.parent.iterdir()] == ["extracts"]


@pytest.mark.parametrize("command", ["target", "report"])
@pytest.mark.parametrize("spoiled", ["file", "column", "year"])
def test_what_is_missing_is_refused_before_a_row_is_read(
    extracts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, spoiled: str
) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("a row was read")

    monkeypatch.setattr("familieplan.population.faults.check", read)
    if spoiled == "file":
        (extracts / "costs.csv").unlink()
    elif spoiled == "column":
        path = extracts / "costs.csv"
        path.write_text(path.read_text().replace("payer", "betaler"))
    out = extracts.parent / "out"
    year = "2023" if spoiled == "year" else "2022"
    assert main([command, "--data", str(extracts), "--year", year, "--out", str(out)]) == 2
    assert {"file": "[missing_file]", "column": "[missing_column]", "year": "[no_such_year]"}[
        spoiled
    ] in capsys.readouterr().err
    assert not out.exists()


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
