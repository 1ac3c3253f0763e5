"""Only what one may see is found; what is found is logged; how long it took tells nothing."""

import pytest

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.desk.search import cleaned, piece
from tests.desk.test_families import page
from tests.plan.house import House


def found(house: House, name: str, words: str) -> str:
    return page(house, name, f"/search/?q={words}")


@pytest.mark.parametrize(
    ("name", "words", "is_found"),
    [
        ("Mette", "sara", True),
        ("Jens", "praktik", True),
        ("Jens", "anton", False),  # on the team, but nobody said yes to the children
        ("Jens", "fraværsdage", False),  # the school's words
        ("Mette", "kun her", False),  # said in private
        ("Lis", "fraværsdage", True),  # her own
        ("Olga", "sara", False),  # another's family
        ("Olga", "ida", True),
    ],
)
def test_only_what_one_may_see(house: House, name: str, words: str, is_found: bool) -> None:
    assert ('<ul class="hits">' in found(house, name, words)) is is_found


def test_a_search_without_answer_looks_the_same_whether_or_not_it_is_there(house: House) -> None:
    hidden, nonsense = found(house, "Jens", "anton"), found(house, "Jens", "anxon")
    start = '<main id="main"'
    assert hidden.partition(start)[2].replace("anton", "x") == nonsense.partition(start)[2].replace("anxon", "x")


def test_the_family_found_is_told(house: House) -> None:
    found(house, "Jens", "praktik")
    found(house, "Jens", "anton")
    with acting_as(house.actor("Sara")):
        log.open_family(house.family, "log")
        seen = [line for line in log.seen_by_me(house.family) if line.action == "search"]
    assert {line.holder for line in seen} == {house.staff["Jens"]}


def test_each_drawer_something_is_shown_from_is_in_the_log(house: House) -> None:
    """Not the first hit alone: whoever else's words were shown is told too."""
    shown = found(house, "Mette", "a%20")
    with acting_as(house.actor("Mette")):
        log.open_family(house.family, "log")
        seen = {scope for line in log.seen_by_me(house.family) if line.action == "search" for scope in line.scopes}
    assert shown.count("<mark>") < 2 or len(seen) > 1


@pytest.mark.parametrize("words", ["a", "%25", "%25%25", "__", "%5C", "'; DROP TABLE x --", "\x00\x00"])
def test_signs_with_a_meaning_of_their_own_mean_nothing_here(house: House, words: str) -> None:
    assert '<ul class="hits">' not in found(house, "Mette", words)


def test_around_what_was_found() -> None:
    text = "Et langt forløb " * 9 + "hvor Sara siger noget vigtigt " + "og så videre " * 9
    shown = piece(text, "sara")
    assert (shown.found, shown.before[:1], shown.after[-1:]) == ("Sara", "…", "…")
    assert len(shown.before + shown.after) < 130


def test_what_was_typed_is_one_line() -> None:
    assert cleaned("  a\x00b\n\u202ec ") == "a b c"
