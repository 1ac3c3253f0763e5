"""The wall changes by the clock alone when a child comes in; no drawer does, so nobody says anything on the stream."""

from pathlib import Path

from playwright.sync_api import Browser, Route, expect

MODULES = Path("familieplan/ui/static/ui")
HEARD = """window.EventSource = class extends EventTarget {
    readyState = 1;
    constructor() { super(); setInterval(() => this.dispatchEvent(new MessageEvent("here")), 1000); }
    close() {}
};
window.htmx = { process() {} };"""
PART = '<div id="{0}" data-live-part="/{0}/"{1}>{2}</div>'
PAGE = """<main><div data-live="/live/"></div>{}{}</main><template id="say" data-away="" data-refreshed=""></template>
<script type="module" src="/ui/follow.js"></script>"""


def test_what_depends_on_the_clock_is_read_though_the_stream_is_silent(browser: Browser) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://wall.test")
        if path.startswith("/ui/"):
            return route.fulfill(body=(MODULES / path.removeprefix("/ui/")).read_text(), content_type="text/javascript")
        asked.append(path)
        clock, other = PART.format("clock", " data-live-clock", "skolen"), PART.format("other", "", "hjemme")
        bodies = {"/": PAGE.format(clock, other), "/clock/": PART.format("clock", " data-live-clock", "tomt")}
        return route.fulfill(body=bodies.get(path, other), content_type="text/html; charset=utf-8")

    page = browser.new_page()
    page.add_init_script(HEARD)
    page.route("**/*", answer)
    page.goto("http://wall.test/")
    expect(page.locator("#clock")).to_have_text("tomt", timeout=10_000)
    assert "/other/" not in asked
    page.close()
