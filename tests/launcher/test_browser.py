"""The browser of the journeys: it comes, it reaches us, and axe is awake."""

from playwright.sync_api import Page

from tests.browser import Violations


def test_reaches_the_live_server(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")


def test_axe_finds_what_is_wrong(page: Page, violations: Violations) -> None:
    page.set_content("<html lang=da><title>t</title><main><h1>h</h1><img src='data:,'></main>")
    assert [line.split(":")[0] for line in violations(page)] == ["image-alt"]
