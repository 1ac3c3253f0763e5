"""Words that are one's own, an account that is closed, and a door that opens only when the family has been asked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.town import HOLM, Town, families, path

OWN_WORDS = "Jeg vil helst selv fortælle det, når jeg er klar."


def page_of(page: Page, path: str = HOLM) -> str:
    """Byte for byte, but for the token against forged forms."""
    text = page.request.get(path).text()
    return re.sub(r'(?i)(csrf\w*"?(?: value=|: )")[^"]+', r"\1", text)


@pytest.mark.parametrize("other", ["sara", "thomas", "hanne"])
def test_frejas_private_words_leave_no_trace(town: Town, other: str) -> None:
    freja, reader = town.sign_in("freja"), town.sign_in(other)
    page_of(reader)  # the first look stands in the log from now on
    before = page_of(reader)
    freja.goto(HOLM)
    freja.get_by_role("link", name="Sig, hvad der brænder på").click()
    freja.get_by_label("Hvad brænder på i dag?").fill(OWN_WORDS)
    freja.get_by_label("Kun mellem os").check()
    freja.get_by_role("button", name="Gem").click()
    expect(freja.locator("figure", has_text=OWN_WORDS)).to_contain_text("Kun mellem os")
    assert page_of(reader) == before
    assert "passer på mor" in page_of(freja)
    assert "passer på mor" not in before


def test_an_account_is_closed_and_the_next_click_lands_at_sign_in(town: Town) -> None:
    jens, vera = town.sign_in("jens"), town.sign_in("vera")
    jens.goto("/families/")
    vera.goto("/admin/staff/")
    vera.get_by_role("link", name="Jens Bro").click()
    vera.get_by_role("link", name="Luk kontoen").click()
    vera.get_by_role("button", name="Ja, luk den").click()
    expect(vera.locator("main")).to_contain_text("lukket")
    families(jens).filter(has_text="Sara").click()
    jens.wait_for_url("**/account/demo/**")
    jens.goto("/families/")
    assert path(jens) == "/account/demo/"


def test_somebody_without_a_yes_sees_the_minimal_card_and_asks(town: Town) -> None:
    ida, mette = town.sign_in("ida"), town.sign_in("mette")
    ida.goto("/families/")
    families(ida).filter(has_text="En familie, hvis navne du ikke må se").click()
    expect(ida.locator("main")).to_contain_text("Mette Lund")
    for name in ("Sara", "Freja", "Emil", "Holm", "Thomas"):
        assert name not in ida.content()
    ida.get_by_role("link", name="Bed om adgang").click()
    ida.get_by_role("group", name="Hvad har du brug for at vide?").get_by_label("Bolig").first.check()
    ida.get_by_label("Hvad vil du bruge det til?").fill("Så huslejen kan betales direkte.")
    ida.get_by_role("button", name="Send spørgsmålet").click()
    expect(ida.get_by_text("Venter på familien")).to_be_visible()

    mette.goto("/")
    asked = mette.locator("main li", has_text="PPR beder om at se mere")
    expect(asked.first).to_contain_text("Sara, Freja, Emil")
    asked.first.get_by_role("link", name="Svar").click()
    expect(mette.locator("main")).to_contain_text("Ida Ravn")
