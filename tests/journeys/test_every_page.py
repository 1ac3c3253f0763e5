"""Every page a role can reach from its menus: answered, accessible, no wider than the screen, stored nowhere."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page, ViewportSize

from familieplan.core.headers import POLICY
from tests.browser import WIDTHS, Violations
from tests.journeys.town import Town

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
SMALLEST: ViewportSize = {"width": 320, "height": 640}
OF_EACH = 2  # pages of one pattern that are read; one of them is looked at in the browser
# What is the same for everybody, or the same form, is looked at for one of them.
SAME_FOR_ALL = re.compile(r"^(account|principles|was)/|/who/|/earlier/")
FORM = re.compile(r"/(add|edit|new|done|again|shorten|withdraw)/$")
ROLES = ["mette", "jens", "tom", "sara", "freja", "thomas", "birgit", "vera"]


def pattern(address: str) -> str:
    return resolve(urlsplit(address).path).route


def links(address: str, text: str) -> Iterator[str]:
    for found in LINK.findall(text):
        to = urldefrag(urljoin(address, found.replace("&amp;", "&"))).url
        if to.startswith(address[: address.index("/", 8)]) and not urlsplit(to).path.endswith((".pdf", ".ics")):
            yield to


def reached(page: Page) -> dict[str, str]:
    """Breadth first from the front page: pattern → one address. Each answer is what it must be."""
    ways, seen, many = deque([page.url]), {page.url}, Counter[str]()
    found: dict[str, str] = {}
    while ways:
        address = ways.popleft()
        route = pattern(address)
        many[route] += 1
        if many[route] > OF_EACH:
            continue
        answer = page.request.get(address)
        assert answer.status == 200, f"{answer.status} {address}"
        assert "no-store" in answer.headers["cache-control"], address
        assert answer.headers["content-security-policy"] == POLICY["Content-Security-Policy"], address
        found.setdefault(route, address)
        fresh = [way for way in links(address, answer.text()) if way not in seen]
        seen.update(fresh)
        ways.extend(fresh)
    return found


def faults(page: Page, address: str, violations: Violations) -> Iterator[str]:
    page.goto(address)
    for width, (across, down) in WIDTHS.items():
        page.set_viewport_size({"width": across, "height": down})
        yield from (f"{width}: {one}" for one in violations(page))
    page.set_viewport_size(SMALLEST)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > SMALLEST["width"]:
        yield f"{wide} px wide on a screen of {SMALLEST['width']}"


def is_looked_at(route: str, login: str) -> bool:
    if SAME_FOR_ALL.search(route):
        return login == "mette"
    return login in ("mette", "sara", "vera") or not FORM.search(route)


@pytest.mark.parametrize("login", ROLES)
def test_every_page_of(town: Town, violations: Violations, login: str) -> None:
    page = town.sign_in(login)
    looked_at = {route: address for route, address in reached(page).items() if is_looked_at(route, login)}
    assert looked_at
    assert [f"{route}: {fault}" for route, at in looked_at.items() for fault in faults(page, at, violations)] == []
