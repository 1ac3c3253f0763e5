"""Whom `--place` means."""

from pathlib import Path

import pytest

from familieplan.population.__main__ import main
from familieplan.population.report.focus import found
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

TOWNS = {"101": "København", "147": "Frederiksberg", "151": "Ballerup", "751": "Aarhus", "461": "Odense"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [("101", "101"), ("0101", "101"), ("københavn", "101"), (" ODENSE ", "461"), ("Århus", "751")],
)
def test_a_code_or_a_name(asked: str, code: str) -> None:
    assert found(TOWNS, asked) == code


def test_extracts_with_leading_zeros_are_found_without() -> None:
    assert found({"0101": "København"}, "101") == "0101"


@pytest.mark.parametrize(("asked", "named"), [("Odnse", "Odense (461)."), ("161", "København (101), Ballerup (151),")])
def test_the_nearest_are_named(asked: str, named: str) -> None:
    with pytest.raises(Trouble) as refused:
        found(TOWNS, asked)
    assert f"Det nærmeste er: {named}" in refused.value.said(Words("da"))


def test_nothing_near_is_named_when_nothing_is() -> None:
    with pytest.raises(Trouble, match="There is no municipality Xyz in the extracts"):
        found(TOWNS, "Xyz")


def test_a_name_that_two_share_is_asked_about() -> None:
    with pytest.raises(Trouble, match=r"Which municipality is Herning\? Herning \(1\), Herning \(2\)"):
        found({"1": "Herning", "2": "Herning"}, "Herning")


def test_a_place_that_is_not_there_is_refused_before_anything_is_checked(
    few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", "--data", str(few), "--year", "2022", "--out", str(tmp_path / "out")]
    assert main([*asked, "--place", "Odnse"]) == 2
    assert main([*asked, "--variant", "none_such"]) == 2
    told = capsys.readouterr().err
    assert "Odense (461)" in told
    assert "checking" not in told
    assert list(tmp_path.iterdir()) == []
