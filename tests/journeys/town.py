"""The people of the demo municipality, each with a browser of their own, and what their browsers complain of."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from familieplan.demo.municipality import id_of
from tests.browser import WIDTHS

HOLM = f"/families/{id_of('family', 'eight_places')}/"
# A status that Chromium and htmx mention: the journeys look at statuses themselves.
REFUSED = ("Failed to load resource", "Response Status Error Code")


@dataclass
class Town:
    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    also: str = "data:"  # where the live boards are

    def visit(self, width: str = "laptop") -> Page:
        """Somebody sits down at a computer: nobody is signed in."""
        across, down = WIDTHS[width]
        context = self.browser.new_context(
            base_url=self.address,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            viewport={"width": across, "height": down},
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        context.on("request", self._own_address)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._heard(page, said))
        return page

    def sign_in(self, login: str, width: str = "laptop") -> Page:
        """By the card of the demo, to the front page."""
        page = self.visit(width)
        page.goto("/account/demo/")
        press_card(page, login)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _heard(self, page: Page, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(REFUSED):
            self.complaints.append(f"{page.url}: {said.text}")

    def _own_address(self, request: Request) -> None:
        """No page asks anybody else for anything."""
        if not request.url.startswith((self.address, self.also, "data:", "blob:")):
            self.complaints.append(f"asked of another: {request.url}")


def press_card(page: Page, login: str) -> None:
    page.locator(f"form:has(input[value={login}]) button").click()
    page.wait_for_url(lambda url: "/account/demo/" not in url)


def path(page: Page) -> str:
    return urlsplit(page.url).path


def words(page: Page) -> str:
    """What the page says, folded lists included, as one line."""
    return re.sub(r"\s+", " ", page.locator("main").text_content() or "")


def families(page: Page) -> Locator:
    """The families of the list, each by the names one may know."""
    return page.locator("table.families th a")
