"""The family page says what it is given, in the reader's language, and is silent about the rest."""

from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from familieplan.plan.page import FamilyPage
from tests.ui.preview import request
from tests.ui.sample import PAGE

SECTIONS = {
    "people": "people",
    "burning": "burning",
    "hopes": "hopes",
    "topics": "topics",
    "agreements": "agreements",
    "week": "week",
    "network": "around",
    "departments": "everything",
    "sight": "sight",
}
LISTS = (*SECTIONS, "professionals")


def drawn(page: FamilyPage, language: str = "da") -> str:
    with translation.override(language):
        return render_to_string("plan/family.html", {"page": page}, request(page.base))


def without(*names: str, **more: Any) -> FamilyPage:
    empty: dict[str, Any] = dict.fromkeys(names, ())
    return replace(PAGE, **empty, **more)


def test_it_reads_in_danish_with_dates_as_people_say_them() -> None:
    html = drawn(PAGE)
    assert "Det, der brænder på lige nu" in html
    assert "i morgen" in html
    assert "fredag 27. november" in html
    assert "34 år" in html


def test_it_reads_in_english() -> None:
    html = drawn(PAGE, "en")
    assert "What is burning now" in html
    assert "Friday 27 November" in html


def test_eight_places_and_seven_plans_are_one_overview() -> None:
    html = drawn(PAGE)
    assert "<b>8</b> mødesteder" in html
    assert "<b>7</b> handleplaner" in html


@pytest.mark.parametrize(("name", "section"), SECTIONS.items())
def test_what_is_empty_for_this_reader_is_not_there(name: str, section: str) -> None:
    names = (name, "professionals") if name == "network" else (name,)
    html = drawn(without(*names, may_add=frozenset()))
    assert f'id="{section}"' not in html
    assert f'href="#{section}"' not in html


def test_an_empty_page_says_nothing_of_what_it_lacks() -> None:
    html = drawn(without(*LISTS, may_add=frozenset()))
    assert "<section" not in html


def test_a_reader_who_may_add_is_invited_into_an_empty_page() -> None:
    html = drawn(without(*LISTS))
    assert f"{PAGE.base}hopes/add/" in html
    assert "Her står ikke noget lige nu" in html


def test_a_reader_who_may_only_read_gets_no_links_to_change() -> None:
    html = drawn(without("people", "topics", "burning", "hopes", "agreements", "network", may_add=frozenset()))
    assert "/edit/" not in html
    assert "/add/" not in html


def test_words_of_the_family_and_of_professionals_stand_apart() -> None:
    html = drawn(PAGE)
    assert 'class="words-family"' in html
    assert 'class="words-staff"' in html
    assert "Mette Lund, Skovbakkeskolen" in html


def test_what_people_write_is_never_markup() -> None:
    hope = replace(PAGE.hopes[0], text="<script>alert(1)</script>\nog en linje til")
    html = drawn(replace(PAGE, hopes=(hope,)))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>og en linje til" in html


def test_nothing_inline_for_the_content_policy_to_refuse() -> None:
    html = drawn(PAGE)
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count("<script src=") + html.count('<script type="module" src=')
