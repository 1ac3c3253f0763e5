"""Every link that adds or changes, clicked: a form where one stands, or a page of its own; never a page in a page."""

import pytest
from playwright.sync_api import expect

from tests.journeys.town import HOLM, Town


@pytest.mark.parametrize(
    ("login", "address"), [("mette", HOLM), ("mette", f"{HOLM}people/"), ("sara", HOLM), ("vera", "/admin/")]
)
def test_no_page_opens_within_a_page(town: Town, login: str, address: str) -> None:
    page = town.sign_in(login)
    page.goto(address)
    links = page.locator("a.edit:visible, a.add:visible")
    hrefs = {str(links.nth(number).get_attribute("href")) for number in range(links.count())}
    kinds = {href.split("/")[-2 if href.endswith("/") else -1]: href for href in hrefs}  # one of each kind
    assert kinds
    for href in kinds.values():
        page.goto(address)
        with page.expect_response(lambda answer, href=href: answer.url.endswith(href)) as answered:  # type: ignore[misc]
            page.locator(f'a[href="{href}"]:visible').first.click()
        assert answered.value.ok, href
        page.wait_for_load_state("networkidle")
        assert page.locator("main").count() == 1, href
        assert page.locator("main form, main h1").count(), href


def test_a_form_opened_as_a_page_of_its_own_is_saved_as_one(town: Town) -> None:
    """In a new tab, or after "load again": there is no plan around it to put the answer into."""
    sara = town.sign_in("sara")
    sara.goto(f"{HOLM}burning/add/")
    sara.get_by_label("Hvad brænder på i dag?").fill("Vaskemaskinen er gået i stykker.")
    sara.get_by_role("button", name="Gem").click()
    sara.wait_for_url(f"**{HOLM}#burning")
    expect(sara.locator("#burning")).to_contain_text("Vaskemaskinen er gået i stykker.")
