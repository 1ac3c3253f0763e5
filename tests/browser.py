"""Chromium for the journeys, and axe for every page they see."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from familieplan.launcher import chromium

AXE = Path("node_modules") / "axe-core" / "axe.min.js"
WIDTHS = {"phone": (390, 844), "laptop": (1280, 800), "projector": (1920, 1080)}
QUICKLY = "{preload: false, resultTypes: ['violations']}"  # without style sheets that no rule of ours asks for
Violations = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop of its own beside us
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh browser on a laptop, in Danish. Other widths: `page.set_viewport_size` with WIDTHS."""
    width, height = WIDTHS["laptop"]
    context = browser.new_context(
        base_url=live_server.url, locale="da-DK", viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def violations() -> Violations:
    """What axe has to say of the page, a line for each; nothing is what we want."""
    source = (settings.HOME / "node" / AXE).read_text()

    def check(page: Page) -> list[str]:
        if page.evaluate("window.axe === undefined"):
            page.evaluate(source)
        found: list[dict[str, Any]] = page.evaluate(f"axe.run({QUICKLY}).then(result => result.violations)")
        return [f"{item['id']}: {node['target']} {item['help']}" for item in found for node in item["nodes"]]

    return check
