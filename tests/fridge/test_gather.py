"""What goes on the fridge, and what does not."""

from dataclasses import replace

import pytest
from django.utils import translation

from familieplan.plan.fridge.gather import everybody_first, fridge_plan, week
from familieplan.plan.fridge.pdf import weekdays
from familieplan.plan.fridge.values import few_words
from tests.fridge.plans import MOTHER
from tests.ui import sample
from tests.ui.sample import said


def test_a_topic_shows_its_next_small_step() -> None:
    assert (MOTHER.works[0].title, MOTHER.works[0].step) == ("Frejas morgener", "Ringe til døren, når vi går hjemmefra")


def test_what_is_settled_or_done_has_left_the_fridge() -> None:
    assert "Weekender hos Jonas" not in [work.title for work in MOTHER.works]
    assert not any("cykel" in task.what for task in MOTHER.tasks)


def test_the_coordinator_is_called_first_then_the_familys_own_people_with_a_number() -> None:
    assert [call.name for call in MOTHER.calls] == ["Lone Kjær", "Line Holm", "Almas forældre"]


def test_of_those_we_call_it_says_who_they_are_and_nothing_more() -> None:
    ole = replace(sample.PAGE.network[0], name="Ole", role="min bror, har været tør i ni år", phone="00 00 00 00")
    assert fridge_plan(replace(sample.PAGE, network=(ole,))).calls[-1].what == "min bror"


def test_private_words_never_hang_on_a_fridge() -> None:
    secret = said("Det her er kun mit", "Sara", 3, is_private=True)
    page = replace(sample.PAGE, hopes=(secret, *sample.PAGE.hopes))
    assert fridge_plan(page).hopes == MOTHER.hopes


def test_a_professionals_hope_is_not_the_familys() -> None:
    theirs = said("At borgeren bliver selvforsørgende", "Peter Dahl", 3, "Jobcentret")
    assert fridge_plan(replace(sample.PAGE, hopes=(theirs,))).hopes == ()


def test_what_is_the_same_on_most_days_stands_once() -> None:
    emil = sample.EMIL
    school = [sample.slot(day, "08:00", "12:00", "Skole", (emil,), "") for day in (0, 1, 2, 4)]
    sport = [sample.slot(day, "15:00", "16:00", "Fodbold", (emil,), "") for day in (0, 2)]
    rows = [(row.days, [slot.title for slot in row.slots]) for row in week([*sport, *school])]
    assert rows == [((0, 1, 2, 4), ["Skole"]), ((0,), ["Fodbold"]), ((2,), ["Fodbold"])]


@pytest.mark.parametrize(("days", "said"), [((2,), "Onsdag"), ((0, 1, 2, 3, 4), "Man–fre"), ((0, 2, 4), "Man ons fre")])
def test_days_as_one_says_them(days: tuple[int, ...], said: str) -> None:
    with translation.override("da"):
        assert weekdays(days) == said


def test_places_are_not_on_it() -> None:
    assert "Søndergade" not in str(MOTHER)


def test_everybody_has_a_hope_before_anybody_has_two() -> None:
    hopes = [said(text, speaker, 1) for text, speaker in (("1", "Sara"), ("2", "Sara"), ("3", "Freja"))]
    assert [one.text for one in everybody_first(hopes)] == ["1", "3", "2"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kort", "Kort"),
        ("Vi vil gerne ud at gå", "Vi vil gerne …"),
        ("  mange \n\t luft  ", "mange luft"),
        ("a\x00b\u202ec", "a b c"),
    ],
)
def test_few_words(text: str, shown: str) -> None:
    assert few_words(text, 15) == shown


def test_a_word_no_line_can_hold_may_be_broken() -> None:
    assert max(map(len, few_words("x" * 100, 100).split("\u200b"))) <= 24
