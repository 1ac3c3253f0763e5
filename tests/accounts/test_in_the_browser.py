"""The way in, in a real browser: by keyboard alone, on a phone, and with nothing for axe to say."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.browser import WIDTHS, Violations

from .conftest import PASSWORD, House, code_of


def is_fine(page: Page, violations: Violations) -> None:
    """Accessible, and no wider than the screen."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.parametrize("width", ["phone", "projector"])
def test_a_coordinator_comes_in_for_the_first_time(
    page: Page, house: House, violations: Violations, width: str
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    page.goto("/account/sessions/")
    is_fine(page, violations)
    page.get_by_label("Brugernavn").focus()
    page.keyboard.type("carla")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/app/")
    is_fine(page, violations)
    house.carla.secret = page.locator("code").inner_text()
    page.get_by_label("Koden, appen viser").focus()
    page.keyboard.type(code_of(house.carla))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/codes/")
    is_fine(page, violations)
    assert page.locator("ul.codes li").count() == 10
    for path in ("", "sessions/", "password/", "codes/new/", "sign-out/"):
        page.goto(f"/account/{path}")
        is_fine(page, violations)


def test_a_mother_reads_danish_and_is_told_kindly(page: Page, house: House, violations: Violations) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("Brugernavn").fill("mia")
    page.get_by_label("Adgangskode").fill("forkert kodeord")
    page.get_by_role("button", name="Log ind").click()
    assert "Brugernavnet eller adgangskoden passer ikke." in page.inner_text("main")
    assert page.get_by_label("Brugernavn").input_value() == "mia"  # what she typed is still there
    assert page.get_by_label("Adgangskode").input_value() == ""
    is_fine(page, violations)


def test_nothing_of_a_page_comes_back_after_sign_out(page: Page, house: House) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("Brugernavn").fill("mia")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/account/")
    assert "Mia" in page.inner_text("header")
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_load_state()
    page.go_back(timeout=timedelta(seconds=10).total_seconds() * 1000)
    assert "Mia" not in page.inner_text("body")
