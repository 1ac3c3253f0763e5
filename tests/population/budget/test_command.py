"""`budget` as an analyst runs it: what it prints, writes and refuses."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from familieplan.population.__main__ import main
from familieplan.population.budget import Case, Potential, shipped
from familieplan.population.budget.command import kroner, share
from familieplan.population.budget.pdf import render
from familieplan.population.budget.sheet import Sheet
from familieplan.population.words import Words

ASKED = ["budget", "--parents", "15", "--success", "40%", "--anyway", "25%", "--cost", "30000", "--draws", "100"]


def test_it_prints_the_potential_and_what_it_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ASKED) == 0
    told = capsys.readouterr().out
    assert "not a saving" in told
    assert "p = 39.0 %" in told
    assert "the municipality does not" in told
    assert main([*ASKED, "--anyway", "50%", "--language", "da"]) == 0
    assert "p er lavere end p0" in capsys.readouterr().out


def test_p0_left_out_is_refused_with_what_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budget", "--parents", "15", "--success", "40%"]) == 2
    answer = capsys.readouterr()
    assert "Say p0" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--parents", "-3"], "at least 1"),
        (["--success", "40"], "between 0 and 1"),
        (["--draws", "3"], "--draws lies between"),
        (["--parameters", "absent.toml"], "absent.toml:1: cannot be read"),
    ],
)
def test_bad_questions(more: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, *more]) == 2
    assert says in capsys.readouterr().err


def test_the_fit_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budget", "--fit"]) == 0
    assert capsys.readouterr().out.count(" fits") == len(shipped().published) == 4


def test_the_folder_holds_the_same_figures(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([*ASKED, "--out", str(out)]) == 0
    net = Potential(shipped().with_cost((30_000.0,)), Case(15, 0.4, 0.25)).net
    with (out / "potential.csv").open() as file:
        assert sum(float(row["present_value"]) for row in csv.DictReader(file)) == pytest.approx(net)
    written = "SELECT sum(present_value) FROM read_parquet(?)"
    assert duckdb.execute(written, [str(out / "potential.parquet")]).fetchall() == [(pytest.approx(net),)]
    with (out / "figures.csv").open() as file:
        assert all(row["source"] and row["source_year"] and row["owner"] for row in csv.DictReader(file))
    assert json.loads((out / "about.json").read_text())["parameters"]["changed"] is False
    document = (out / "potential.pdf").read_bytes()
    assert document.startswith(b"%PDF-")
    assert b"/MarkInfo" in document
    assert b"pdfuaid" in document


def test_without_a_cost_nothing_is_called_net(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    without = [part for part in ASKED if part not in ("--cost", "30000")]
    assert main([*without, "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Potential before the effort is paid for, 4 years" in told
    assert "net of costs" not in told
    assert "Costs of the effort" not in told
    assert told.endswith("What the effort costs is not in the figures: give it by --cost.\n")
    rows = duckdb.execute(
        "SELECT DISTINCT cost, net, cost_given FROM read_parquet(?)", [str(out / "potential.parquet")]
    )
    assert rows.fetchall() == [(None, None, False)]
    about = json.loads((out / "about.json").read_text())
    assert "not in the figures" in about["what"]
    assert (about["cost_of_the_effort"], about["net_of_costs"]) == (None, False)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext here")
def test_without_a_cost_every_page_says_so() -> None:
    document = render(Sheet(Potential(shipped(), Case(15, 0.4, 0.25)), Words("en"), 20))
    pages = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True).stdout
    *read, _end = pages.decode().split("\f")
    assert all("What the effort costs is not in the figures." in page for page in read)
    assert "net of costs" not in "".join(read)


def test_an_effort_that_costs_nothing_is_costed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--cost", "0"]) == 0
    told = capsys.readouterr().out
    assert "net of costs" in told
    assert "not in the figures" not in told


def test_nothing_is_left_when_it_may_not_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").mkdir()
    assert main([*ASKED, "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert "exists already" in told.err
    assert told.out == ""  # before anything is drawn
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_shares_and_costs_as_people_write_them() -> None:
    assert share("40%") == share("0.4") == share("0,4") == pytest.approx(0.4)
    assert kroner("30000,10000") == (30_000.0, 10_000.0)
