"""If N parents come into work: p0 is asked for, what was typed stays, and the page says what the figures are not."""

from html import unescape
from pathlib import Path

import pytest
from django.conf import LazySettings

from familieplan.desk.leading.forms import WhatIf
from tests.plan.house import House

ASKED = {"parents": "15", "success": "40", "anyway": "25", "cost": "30.000", "years": "4"}


def answer(house: House, asked: dict[str, str] | None = None, language: str = "da", page: str = "/") -> tuple[int, str]:
    found = house.client("Lena").get(f"/leader/what-if{page}", asked or {}, headers={"accept-language": language})
    return found.status_code, unescape(found.content.decode(errors="ignore"))


def test_it_is_asked_before_it_answers(house: House) -> None:
    status, html = answer(house)
    assert status == 200
    assert 'id="result"' not in html
    assert 'name="anyway" id="id_anyway" required' in html


def test_the_answer_says_what_it_is_not_and_who_gains(house: House) -> None:
    status, html = answer(house, ASKED)
    assert status == 200
    for told in ("ikke en besparelse", "p = 39,0 pct.", "men ikke for kommunen", "er 24 antagelser", "som medfølgende"):
        assert told in html
    assert html.count('class="swing"') > 10
    assert 'value="30.000"' in html


def test_p0_is_never_taken_for_granted_and_the_rest_stays(house: House) -> None:
    status, html = answer(house, ASKED | {"anyway": "", "success": "firs"})
    assert status == 422
    assert "også hvis du mener 0" in html
    assert 'value="firs"' in html
    assert 'value="30.000"' in html
    assert 'id="result"' not in html
    assert answer(house, ASKED | {"anyway": ""}, page=".pdf")[0] == 302


def test_it_is_english_for_who_reads_english(house: House) -> None:
    html = answer(house, ASKED | {"cost": ""}, "en")[1]
    assert "A potential, not a saving" in html
    assert "What the effort costs is not given" in html


def test_the_paper_is_a_tagged_pdf(house: House) -> None:
    status, document = answer(house, ASKED, page=".pdf")
    assert status == 200
    assert document.startswith("%PDF-")
    assert "pdfuaid" in document


def test_a_broken_file_of_the_municipality_is_said(house: House, settings: LazySettings, tmp_path: Path) -> None:
    settings.BUDGET_PARAMETERS = str(tmp_path / "mine.toml")
    status, html = answer(house, ASKED)
    assert status == 200
    assert "mine.toml:1:" in html
    assert 'id="result"' not in html


@pytest.mark.parametrize(
    ("name", "typed", "is_right"),
    [
        ("parents", "1.000", True),
        ("parents", "1.5", False),
        ("parents", "0", False),
        ("parents", "-3", False),
        ("success", "12,5 %", True),
        ("success", "101", False),
        ("success", "nan", False),
        ("cost", "30 000 kr.", True),
        ("cost", "", True),
        ("cost", "-1", False),
        ("years", "31", False),
    ],
)
def test_figures_as_people_write_them(name: str, typed: str, is_right: bool) -> None:
    assert (name not in WhatIf(ASKED | {name: typed}).errors) == is_right


def test_who_does_not_lead_finds_no_such_page(house: House) -> None:
    for name in ("Mette", "Ada", "Sara"):
        client = house.client(name)
        assert client.get("/leader/what-if/", ASKED).status_code == 404
        assert client.get("/leader/what-if.pdf", ASKED).status_code == 404
