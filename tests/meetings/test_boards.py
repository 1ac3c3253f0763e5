"""The boards' file: what is wrong in it is refused with the line and the reason, before anybody sits around one."""

from pathlib import Path

import pytest

from familieplan.meetings import boards
from familieplan.meetings.apps import MeetingsConfig
from familieplan.meetings.boards import ABOUT, FILE, NoBoard, read

GOOD = FILE.read_text(encoding="utf-8")


def test_three_variants_as_in_the_sources() -> None:
    found = read(FILE)
    assert {key: len(board.columns) for key, board in found.items()} == {"ftbt": 4, "halsnaes": 3, "favrskov": 5}
    for board in found.values():
        assert "agreements" in board.shows
        assert board.source
        for column in board.columns:
            assert column.prompts, column.key
            assert column.source
    asked = {prompt.about for board in found.values() for column in board.columns for prompt in column.prompts}
    assert asked == ABOUT  # exception, miracle, scaling, coping and detail are all asked for


def line_of(text: str) -> int:
    return GOOD[: GOOD.index(text)].count("\n") + 1


FIRST_PROMPT = 'about = "detail"'
WRONG = {
    "a slip of the pen": ('key = "ftbt"', "key = ftbt", "key = ", "Invalid value"),
    "an unknown field": ('source = "VIA 2014, Familien', 'sorce = "VIA 2014, Familien', "source = ", "'sorce'"),
    "an unknown kind": ('shows = ["worry"]', 'shows = ["worri"]', 'shows = ["worry"]', "'worri'"),
    "nothing shown": ('shows = ["strength"]', "shows = []", 'shows = ["strength"]', "a column shows something"),
    "one kind twice": ('shows = ["strength"]', 'shows = ["worry"]', 'shows = ["strength"]', "two columns: worry"),
    "no title": (
        'title_da = "Det, der virker"',
        'title_da = ""',
        'title_da = "Det, der virker"',
        "title_da is missing",
    ),
    "a key of its own kind": ('key = "works"', 'key = "Det virker"', 'key = "works"', "no key"),
    "no such question": (FIRST_PROMPT, 'about = "blame"', FIRST_PROMPT, "about is one of"),
    "it asks why": ('da = "Hvordan ser det ud, når', 'da = "Hvorfor er det sådan, når', "da = ", "asks why"),
    "it asks why in English": (
        'en = "What does it look like when it is hard',
        'en = "Why is it hard',
        "en = ",
        "asks why",
    ),
    "no agreements": ('shows = ["agreements"]', 'shows = ["comment"]', 'key = "ftbt"', "no column shows agreements"),
    "two of a name": ('key = "halsnaes"', 'key = "ftbt"', 'key = "halsnaes"', "two boards are called 'ftbt'"),
    "columns that are no tables": ('[[board]]\nkey = "ftbt"', 'board = 3\n[[borrd]]\nkey = "ftbt"', "[[board]]", ""),
}


@pytest.mark.parametrize("fault", WRONG)
def test_an_error_is_told_with_file_line_and_reason(fault: str, tmp_path: Path) -> None:
    right, wrong, at, reason = WRONG[fault]
    assert right in GOOD
    file = tmp_path / "boards.toml"
    file.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(NoBoard) as refused:
        read(file)
    said = str(refused.value)
    assert said.startswith("boards.toml, line ")
    assert reason in said
    if fault == "no agreements":
        expected = line_of('[[board]]\nkey = "ftbt"')
    elif fault == "columns that are no tables":
        return
    else:
        expected = line_of(right)
    assert said.startswith(f"boards.toml, line {expected}:"), (said, at)


def test_the_process_does_not_start_with_a_wrong_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "boards.toml"
    file.write_text("", encoding="utf-8")
    boards.read_all.cache_clear()
    monkeypatch.setattr(boards, "FILE", file)
    try:
        with pytest.raises(NoBoard, match="there is no"):
            MeetingsConfig.create("familieplan.meetings").ready()
    finally:
        boards.read_all.cache_clear()


def test_a_board_that_is_gone_is_the_first_one() -> None:
    assert boards.board("no such board").key == "ftbt"
