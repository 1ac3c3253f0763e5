"""The room says nothing that it cannot say in Danish, and knows no Danish that it does not say."""

import ast
from pathlib import Path

import pytest

import familieplan.population
from familieplan.population.words import Words, danish

ROOM = Path(familieplan.population.__file__).parent


def said() -> set[str]:
    """Every text of `say("…")`, and every text of a file that says something: labels are said from lists."""
    return {
        node.value
        for path in ROOM.rglob("*.py")
        if "say" in (source := path.read_text())
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def spoken() -> set[str]:
    """The first text of `say("…")`, `self.say("…")`, and what Words itself says."""
    calls = (
        node
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] == "say"
    )
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def test_everything_has_its_danish() -> None:
    assert spoken()
    assert not spoken() - set(danish())


def test_no_danish_is_left_over() -> None:
    own = {"{amount} kr.", "{amount} million kr.", "{share} %"}
    assert not set(danish()) - said() - own


def test_both_languages_fill_in_the_same() -> None:
    def holes(sentence: str) -> set[str]:
        return {part.partition("}")[0] for part in sentence.split("{")[1:]}

    assert [one for one, other in danish().items() if holes(one) != holes(other)] == []


@pytest.mark.parametrize(
    ("amount", "da", "en"),
    [
        (3_360_105, "3,4 mio. kr.", "3.4 million kr."),
        (-48_422, "−48.000 kr.", "−48,000 kr."),
        (-400, "0 kr.", "0 kr."),
    ],
)
def test_kroner_as_people_say_them(amount: float, da: str, en: str) -> None:
    assert (Words("da").kr(amount), Words("en").kr(amount)) == (da, en)


def test_a_share_has_a_danish_comma() -> None:
    assert Words("da").percent(0.3904, 1) == "39,0 pct."
    assert Words("en").percent(0.3904, 1) == "39.0 %"
