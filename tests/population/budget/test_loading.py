"""A parameter file that cannot be used is refused with its line and a reason, before anything is worked out."""

from importlib.resources import files
from pathlib import Path

import pytest

from familieplan.population.budget.checked import ParameterFault
from familieplan.population.budget.loading import SHIPPED, load, read, shipped
from familieplan.population.budget.potential import Case, Potential
from familieplan.population.budget.remarks import remarks
from familieplan.population.words import Words
from tests.population.budget.test_potential import SMALL


def test_every_shipped_figure_has_source_year_and_owner() -> None:
    parameters = shipped()
    assert not parameters.changed
    for number in parameters.numbers.values():
        source = parameters.sources[number.source]
        assert source.title
        assert source.owner
        assert source.year > 2000
    ours = [key for key, one in parameters.numbers.items() if parameters.sources[one.source].kind == "assumption"]
    assert {key.partition(".")[0] for key in ours} == {"units", "price", "persistence", "beyond"}


def test_another_file_is_said_to_be_another() -> None:
    assert read(SMALL, "small.toml").changed


@pytest.mark.parametrize(
    ("instead_of", "stands", "line_of", "reason"),
    [
        ('person = "child"', 'person = "dog"', 'person = "dog"', "adult, child, not 'dog'"),
        ("value = [-1]", 'value = ["many"]', 'value = ["many"]', "is not a number: 'many'"),
        ("value = [-1]", "value = [nan]", "value = [nan]", "is not a number"),
        ("value = [1.0, 0.5]", "value = [1.0, 1.5]", "persistence", "1.5 does not lie between 0 and 1"),
        ("value = 0.10", "value = true", "discount", "is not a number: True"),
        ("value = [3000, 1000]", "value = [3000, -1]", "amount", "-1 does not lie between 0"),
        ("value = [3000, 1000]", "value = []", "amount", "one to 50 numbers"),
        ("value = 2, ", "value = 2, low = 1, ", "children_per_parent", "low and high belong together"),
        ("value = 2, ", "value = 2, low = 3, high = 4, ", "children_per_parent", "low ≤ value ≤ high"),
        ('value = [-1], source = "me"', 'value = [-1], source = "you"', "value = [-1]", "'you' does not stand under"),
        ('value = [-1], source = "me"', "value = [-1]", "value = [-1]", "source is missing"),
        ('kind = "own"', 'kind = "guess"', 'kind = "guess"', "assumption, own, published"),
        ('owner = "Me"', 'owner = " "', "owner", "owner is missing, or no text"),
        ('id = "days"', 'id = "weeks"', None, "weeks stands twice"),
        ("years = 3", "years = 0", "years = 0", "whole number between 1 and 50"),
        ("beyond = ", "byond = ", "byond", "byond is not known here"),
        ("years = 3", "years = ", "years = ", "is not TOML"),
    ],
)
def test_a_wrong_cell(instead_of: str, stands: str, line_of: str | None, reason: str) -> None:
    text = SMALL.replace(instead_of, stands, 1)
    assert text != SMALL
    with pytest.raises(ParameterFault) as refused:
        read(text, "mine.toml")
    assert reason in refused.value.reason
    if line_of:
        line = next(number for number, line in enumerate(text.splitlines(), 1) if line_of in line)
        assert str(refused.value).startswith(f"mine.toml:{line}: ")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParameterFault, match=r"x\.toml:1: cannot be read"):
        load(tmp_path / "x.toml")
    with pytest.raises(ParameterFault, match="cannot be read"):
        load(tmp_path / "absent.toml")


def test_a_price_of_ones_own_is_said_from_what_to_what() -> None:
    own = files("familieplan.population.budget").joinpath(SHIPPED).read_text("utf-8").replace("2560", "2700", 1)
    case = Case(15, 0.4, 0.25)
    changed, as_shipped = (
        " ".join(remarks(Potential(parameters, case), Words("en"))) for parameters in (read(own, "own.toml"), shipped())
    )
    assert "not the shipped ones. consequence.income_support.price.1.value: 2560 → 2700." in changed
    assert "not the shipped ones" not in as_shipped
