"""The leader asks what it could be worth: by keyboard and phone, and never gets a figure without p0."""

import pytest
from playwright.sync_api import expect

from tests.browser import Violations
from tests.journeys.town import Town


@pytest.mark.parametrize("across", [320, 768, 1440])
def test_what_if_fifteen_parents_come_into_work(town: Town, violations: Violations, across: int) -> None:
    page = town.sign_in("birgit")
    page.set_viewport_size({"width": across, "height": 900})
    page.get_by_role("link", name="Hvis forældre kommer i arbejde").click()
    page.get_by_label("Hvor mange af 100 kommer").fill("40")
    page.get_by_role("button", name="Regn det ud").click()
    expect(page.get_by_role("alert")).to_contain_text("ville være kommet det alligevel")
    expect(page.get_by_label("Hvor mange af 100 kommer")).to_have_value("40")
    page.get_by_label("ville være kommet det alligevel").fill("25")
    page.get_by_label("Hvad koster indsatsen").fill("30.000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Når 15 forældre får hjælp til arbejde eller uddannelse")).to_be_visible()
    expect(page.locator(".key-figures")).to_contain_text("p = 39,0 pct.")
    expect(page.get_by_role("row", name="Kommune")).to_contain_text("−48")
    assert page.evaluate("document.documentElement.scrollWidth") == across
    assert violations(page) == []
