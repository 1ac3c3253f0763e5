"""One A4 page, tagged for PDF/UA-1, in the language that was asked for – whatever the family has said."""

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from itertools import pairwise

import pytest
from django.utils import translation

from familieplan.plan.fridge import pdf
from familieplan.plan.fridge.fit import LEVELS
from familieplan.plan.fridge.values import FridgePlan, Hope
from tests.fridge.plans import MOTHER, SMALL, endless

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext here")
PLANS = {
    "the mother": MOTHER,
    "a small family": SMALL,
    "endless": endless(),
    "nothing": replace(SMALL, hopes=(), works=(), tasks=(), calls=()),
}


def opened(document: bytes) -> bytes:
    """The file with its compressed parts beside it."""
    parts = [document]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def text_of(document: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture(params=list(PLANS.values()), ids=list(PLANS))
def plan(request: pytest.FixtureRequest) -> FridgePlan:
    found: FridgePlan = request.param
    return found


def test_one_a4_page(plan: FridgePlan) -> None:
    inside = opened(pdf.render(plan))
    assert len(re.findall(rb"/Type\s*/Page\b", inside)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 595\.27\d* 841\.8\d*\]", inside)


def test_tagged_for_accessibility(plan: FridgePlan) -> None:
    inside = opened(pdf.render(plan))
    assert b"pdfuaid:part>1<" in inside
    assert re.search(rb"/Marked\s+true", inside)
    assert re.search(rb"/DisplayDocTitle\s+true", inside)
    assert re.search(rb"/S\s*/H1\b", inside)


def test_headings_and_lists_are_real() -> None:
    inside = opened(pdf.render(MOTHER))
    assert len(re.findall(rb"/S\s*/H2\b", inside)) == 5
    assert len(re.findall(rb"/S\s*/LI\b", inside)) >= len(MOTHER.hopes) + len(MOTHER.week)
    assert re.search(rb"/S\s*/Figure\b", inside)  # the step that stands for a word says it


@pytest.mark.parametrize("language", ["da", "en"])
def test_its_language_is_said(language: str) -> None:
    with translation.override(language):
        inside = opened(pdf.render(MOTHER))
    assert re.search(rb"/Lang\s*\(" + language.encode(), inside)


@needs_pdftotext
def test_the_mother_with_eight_meeting_places_has_room_for_what_matters() -> None:
    """Every hope, every topic, every agreement with a date, and whom to call."""
    with translation.override("da"):
        text = text_of(pdf.render(MOTHER))
    needed = [hope.text for hope in MOTHER.hopes] + [work.title for work in MOTHER.works] + ["99 12 34 56"]
    needed += [pdf.short_day(task.due) for task in MOTHER.tasks]
    assert [words for words in needed if " ".join(words.split()) not in text] == []


@needs_pdftotext
def test_what_has_no_room_is_said_to_be_in_the_plan() -> None:
    with translation.override("da"):
        text = text_of(pdf.render(endless()))
    assert "mere i planen" in text
    assert "12345678901234567890" in text  # whom to call stays


@needs_pdftotext
@pytest.mark.parametrize(
    "words", ["Пес", "köpek şey", "Hund 🐶 nu", "犬がほしい", "#strong[x] $a$ */ @kilde <x>", '"\\u0022}']
)
def test_any_words_can_be_hung_up(words: str) -> None:
    """What people type is data, never markup; a sign no font can draw is left out."""
    document = pdf.render(replace(SMALL, hopes=(Hope(words, "Mia"),)))
    assert b"pdfuaid:part>1<" in opened(document)
    assert "Mia" in text_of(document)
    assert all(word in text_of(document) for word in words.split() if pdf.drawn_by_all(word[0]))


@needs_pdftotext
def test_an_appointment_stays_before_everything_else_and_a_clash_whatever_the_room() -> None:
    """Thirty hopes, topics and agreements, and the mother's whole week: the week is there."""
    full = replace(endless(), week=MOTHER.week)
    with translation.override("da"):
        text = text_of(pdf.render(full))
    assert [slot.title for row in MOTHER.week for slot in row.slots if slot.title.split()[0] not in text] == []
    crowded = tuple(
        replace(
            row,
            slots=tuple(replace(slot, title=f"{n}{row.days[0]}tid", burns=n == 8) for n, slot in enumerate(row.slots)),
        )
        for row in endless().week
    )
    with translation.override("da"):
        text = text_of(pdf.render(replace(endless(), week=crowded)))
    assert [row.days for row in crowded if f"8{row.days[0]}tid" not in text] == []
    assert "mere i planen" in text
    assert "+1" not in text


def test_letters_never_fall_below_what_is_read_from_a_metre() -> None:
    assert min(level.size for level in LEVELS) == 14


def test_levels_only_ever_give_less() -> None:
    sizes = [
        (level.size, level.steps, level.hopes, level.works, level.tasks, level.slots, level.calls) for level in LEVELS
    ]
    assert all(all(a >= b for a, b in zip(one, two, strict=True)) for one, two in pairwise(sizes))
