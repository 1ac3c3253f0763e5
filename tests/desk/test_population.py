"""The leaders' page on the population: aggregates in fives, said to be an example where they are one."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.plan.house import House
from tests.population.report.invented import findings

ADDRESS = "/leader/population/"


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    """What the command leaves behind, without its plots."""
    (tmp_path / "findings.json").write_text(findings().written(), "utf-8")
    settings.POPULATION_REPORT = str(tmp_path)
    return tmp_path


def html(house: House, language: str = "da") -> str:
    answer = house.client("Lena").get(ADDRESS, headers={"accept-language": language})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_municipalitys_own_figures_beside_the_nation(house: House, folder: Path) -> None:
    page = html(house)
    for told in (
        "Familier i udsatte positioner: Morland, 2022",
        "18 af 1.000, alle i udtrækkene: 19",
        "Lilleø",
        "target_2022/one_challenge 01234567 (som",
    ):
        assert told in page
    assert "følger med systemet" not in page
    assert 'class="stands-out"' in page
    assert "/families/" not in page
    assert "Families in vulnerable positions: Morland" in html(house, "en")


def test_without_a_folder_it_is_an_example_and_says_so(house: House) -> None:
    page = html(house)
    assert "eksempel med opdigtede personer, som følger med systemet" in page
    assert "Personerne er opdigtede" in page
    assert 'id="places"' in page


def test_few_people_are_not_there(house: House, folder: Path) -> None:
    page = html(house)
    row = page[page.index('<th scope="row">Lilleø') :].partition("</tr>")[0]
    assert row.count("0–4") == 3
    assert "(" not in row
    assert all(int(number) % 5 == 0 for number in re.findall(r">(\d+)<", row))


def test_the_paper_is_the_folders_own(house: House, folder: Path) -> None:
    assert "population.pdf" not in html(house)
    assert house.client("Lena").get("/leader/population.pdf").status_code == 404
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 ours")
    assert "population.pdf" in html(house)
    assert house.client("Lena").get("/leader/population.pdf").content == b"%PDF-1.7 ours"


def test_a_new_report_is_read_at_the_next_look(house: House, folder: Path) -> None:
    assert "Morland, 2022" in html(house)
    (folder / "findings.json").write_text(findings(focus="101").written(), "utf-8")
    assert "Solby, 2022" in html(house)


def test_a_folder_that_holds_no_report_is_said(house: House, settings: LazySettings, tmp_path: Path) -> None:
    for text in (None, "{}", '{"rows": 1}', "[]"):
        if text is not None:
            (tmp_path / "findings.json").write_text(text)
        settings.POPULATION_REPORT = str(tmp_path)
        page = html(house)
        assert "findings.json er ikke det, som" in page
        assert str(tmp_path) not in page


def test_who_does_not_lead_finds_no_such_page(house: House, folder: Path) -> None:
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 ours")
    for name in ("Mette", "Ada", "Sara"):
        for address in (ADDRESS, "/leader/population.pdf"):
            assert house.client(name).get(address).status_code == 404
