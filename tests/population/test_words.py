"""The room says nothing that it cannot say in Danish, and knows no Danish that it does not say."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import familieplan.population
from familieplan.population.__main__ import COMMANDS, main
from familieplan.population.progress import COUNTED
from familieplan.population.words import Words, danish

ROOM = Path(familieplan.population.__file__).parent


def said() -> set[str]:
    """Every text in the room and in argparse, whole and by paragraph: labels are said from lists."""
    texts = {
        node.value
        for path in (*ROOM.rglob("*.py"), Path(argparse.__file__))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return texts | {paragraph for text in texts for paragraph in text.strip("\n").split("\n\n")}


def spoken() -> set[str]:
    """The first text of `say("…")`, `self.say("…")`, of a `step("…")` that is told, and what Words itself says."""
    calls = (
        node
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and node.args
        and (ast.unparse(node.func).rpartition(".")[2] == "say" or ast.unparse(node.func) in ("step", "told"))
    )
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


REFUSES = {"Trouble": 0, "CaseFault": 0, "wrong": 0, "self.wrong": 1, "self.fault": 1}  # where the sentence stands


def refused() -> Iterator[str]:
    """The sentence of every refusal, written there or under a name of the file; a `reason` passed on was seen."""
    for path in ROOM.rglob("*.py"):
        tree = ast.parse(path.read_text())
        named = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (place := REFUSES.get(ast.unparse(node.func))) is not None:
                written = ast.unparse(node.args[place])
                if written != "reason":
                    yield str(ast.literal_eval(named.get(written, node.args[place])))  # an f-string is an error


def test_every_refusal_has_its_danish() -> None:
    sentences = set(refused())
    assert "{path}: only .parquet and .csv can be read." in sentences
    assert sentences - set(danish()) == set()


def test_a_command_refuses_in_danish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "names.toml"
    own.write_text("[nonsense]\n")
    data = ["--data", str(tmp_path), "--mapping", str(own)]
    assert main(["check", *data, "--language", "da"]) == 2
    assert "names.toml, linje 1: der er ingen tabel “nonsense”. Tabeller:" in capsys.readouterr().err
    assert main(["check", *data, "--language", "en"]) == 2
    assert "names.toml, line 1: there is no table “nonsense”. Tables:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_all_of_the_help_has_its_danish(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: set[str] = set()

    class Listening(Words):
        def __call__(self, sentence: str, **values: object) -> str:
            asked.add(sentence)
            return super().__call__(sentence, **values)

    monkeypatch.setattr("familieplan.population.__main__.Words", Listening)
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help", "--language", "da"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("brug: familieplan-population")
    written = {one for one in filter(None, asked) if re.search("[A-Za-z]{3}", one) and not one.startswith("{")}
    assert written - set(danish()) - set(danish().values()) - set(COMMANDS) == set()  # what argparse said is said again


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["target"], "fejl: der mangler: --data, --year, --out"),
        (["budget", "--success", "meget"], "“meget” er ingen andel"),
        (["budget", "--parents", "1.5"], "fejl: --parents: '1.5' kan ikke læses som int"),
        (["tabels"], "'tabels' kan ikke vælges"),
    ],
)
def test_what_cannot_be_parsed_is_said_in_danish(
    asked: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    ended = ends(asked)
    told = capsys.readouterr().err
    assert (ended, said in told) == (2, True), told
    monkeypatch.setenv("LC_ALL", "en_DK.UTF-8")
    assert ends(asked) == 2
    assert said not in capsys.readouterr().err


def ends(asked: list[str]) -> int | str | None:
    try:
        return main(asked)
    except SystemExit as end:
        return end.code


def test_without_an_option_the_environment_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    assert main(["synthesise", "--out", str(tmp_path / "out"), "--persons", "1"]) == 2
    assert "Der kan ikke laves 1 personer: fra" in capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", "en_DK.UTF-8")
    assert main(["synthesise", "--out", str(tmp_path / "out"), "--persons", "1"]) == 2
    assert "1 persons cannot be made: from" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "said"), [("da", "udtrækkene tjekkes …"), ("en", "checking the extracts …")])
def test_progress_and_the_last_line_follow_the_language(
    few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    out = tmp_path / "out"
    assert main(["target", "--data", str(few), "--year", "2022", "--out", str(out), "--language", language]) == 0
    first, *_, last = capsys.readouterr().err.splitlines()
    assert first.endswith(said)
    assert last.startswith({"da": f"Skrevet til {out}. Tallene", "en": f"Written to {out}. The"}[language])


def test_every_step_has_its_danish() -> None:
    assert set(COUNTED.values()) <= set(danish())
    assert {"checking the extracts", "what may be shown", "{year}: the target group"} <= spoken() | set(
        COUNTED.values()
    )


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
