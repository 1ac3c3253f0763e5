"""A machine sleeps, a tab is hidden for long, the stream process is replaced: the page catches up by itself."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.live.test_in_the_browser import SOON, Served, sara_hopes, served

__all__ = ["sara_hopes", "served"]
ASLEEP = """() => {
    // Nothing comes in and no clock ticks, as in sleep; then the machine wakes.
    Object.defineProperty(document, "hidden", { configurable: true, get: () => window.isAsleep === true });
    window.sleep = (asleep) => {
        window.isAsleep = asleep;
        document.dispatchEvent(new Event("visibilitychange"));
    };
    const Real = window.EventSource;
    window.opened = 0;
    window.EventSource = class extends Real {
        constructor(...all) { super(...all); window.opened += 1; }
    };
}"""


def test_a_page_that_wakes_reads_anew(served: Served, sara_hopes: Callable[[str], None]) -> None:
    page = served.town.sign_in("mette")
    page.add_init_script(f"({ASLEEP})()")
    mette = served.on(page)
    expect(mette.locator("#hopes")).to_be_visible()
    before = mette.evaluate("window.opened")
    mette.evaluate("window.sleep(true)")
    sara_hopes("Sagt mens hun sov")
    mette.evaluate("window.sleep(false)")
    expect(mette.locator("#hopes")).to_contain_text("Sagt mens hun sov", timeout=SOON)
    assert mette.evaluate("window.opened") == before + 1
