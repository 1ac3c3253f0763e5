"""What the small scripts promise: nothing typed is lost, the page changes where it stands. We play the server."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from familieplan.core.headers import POLICY
from familieplan.people.drafts import Sheet
from tests.browser import WIDTHS, Violations
from tests.ui.preview import request
from tests.ui.sample import PAGE

HOPE = PAGE.hopes[0]
EDIT = f"{PAGE.base}statements/{HOPE.id}/edit/"
Answer = Callable[[Route], None]


class Said(forms.Form):
    text = forms.CharField(label="Hvad håber du?", widget=forms.Textarea)


def page_html() -> str:
    with translation.override("da"):
        return render_to_string("plan/family.html", {"page": PAGE}, request(PAGE.base))


def form_html() -> str:
    asked = request(EDIT)
    asked.htmx = True
    said = Said(initial={"text": HOPE.text})
    said.sheet = Sheet(f"none:statement:{HOPE.id}")  # type: ignore[attr-defined]
    context = {
        "title": "Ret dit håb",
        "form": said,
        "action": EDIT,
        "cancel": f"{PAGE.base}cards/{HOPE.id}/",
        "box": f"said-{HOPE.id}",
    }
    with translation.override("da"):
        return render_to_string("plan/edit.html", context, asked)


def answer(body: str, status: int = 200) -> Answer:
    return lambda route: route.fulfill(
        body=body, status=status, content_type="text/html; charset=utf-8", headers=dict(POLICY)
    )


@pytest.fixture
def family(page: Page) -> Page:
    """The family page of the sample, with its scripts and the content policy of the house."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.route(f"**{PAGE.base}", answer(page_html()))
    page.route(f"**{EDIT}", answer(form_html()))
    page.route("**/drafts/", answer("", 204))
    page.goto(PAGE.base)
    assert complaints == []
    return page


def editing(family: Page) -> Page:
    family.locator(f"#said-{HOPE.id} a.edit").click()
    expect(family.get_by_label("Hvad håber du?")).to_be_focused()
    return family


@pytest.mark.parametrize("width", WIDTHS)
def test_the_family_page_is_for_everyone(family: Page, violations: Violations, width: str) -> None:
    size = WIDTHS[width]
    family.set_viewport_size({"width": size[0], "height": size[1]})
    assert violations(family) == []


def test_nothing_runs_over_the_edge_of_a_small_phone(family: Page) -> None:
    family.set_viewport_size({"width": 320, "height": 640})
    assert family.evaluate("document.documentElement.scrollWidth") == 320


def test_on_a_phone_the_header_is_one_row_with_a_menu(browser: Browser, live_server: LiveServer) -> None:
    """No script opens it: Enter does."""
    phone = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, java_script_enabled=False
    ).new_page()
    phone.route(f"**{PAGE.base}", answer(page_html()))
    phone.goto(PAGE.base)
    sign_out = phone.get_by_role("button", name="Log ud")
    box = phone.locator("header.top").bounding_box()
    assert box
    assert box["height"] < 64
    expect(sign_out).to_be_hidden()
    phone.locator("summary", has_text="Menu").press("Enter")
    expect(sign_out).to_be_visible()
    phone.context.close()


def test_a_card_becomes_a_form_where_it_stands_and_back(family: Page, violations: Violations) -> None:
    family.route(f"**{PAGE.base}cards/**", answer(f'<figure id="said-{HOPE.id}" data-card>som før</figure>'))
    editing(family)
    assert violations(family) == []
    family.get_by_role("link", name="Lad det være").click()
    expect(family.locator(f"#said-{HOPE.id}")).to_have_text("som før")
    assert family.url.endswith(PAGE.base)


def test_a_quick_finger_keeps_its_place(family: Page) -> None:
    """Nothing moves the cursor once the form can be seen: what is typed next would land in the wrong field."""
    quick = "new MutationObserver(() => document.querySelector('.editing a')?.focus())"
    family.evaluate(f"{quick}.observe(document.body, {{childList: true, subtree: true}})")
    family.locator(f"#said-{HOPE.id} a.edit").click()
    cancel = family.get_by_role("link", name="Lad det være")
    expect(cancel).to_be_focused()
    family.wait_for_timeout(200)  # longer than htmx takes to settle, when it does
    expect(cancel).to_be_focused()


def test_what_is_typed_is_kept_as_a_draft(family: Page) -> None:
    editing(family)
    with family.expect_request("**/drafts/") as posted:
        family.get_by_label("Hvad håber du?").fill("En tur til havet")
    sent = parse_qs(posted.value.post_data or "")
    assert {"key": [f"none:statement:{HOPE.id}:text"], "text": ["En tur til havet"]}.items() <= sent.items()
    assert sent["draft"]
    assert sent["once"]
    assert posted.value.headers["x-csrftoken"]
    expect(family.get_by_text("Gemt som kladde")).to_be_visible()


def test_a_draft_that_was_not_kept_is_tried_again(family: Page) -> None:
    family.unroute("**/drafts/")
    answers = iter([answer("", 503), answer("", 204)])
    family.route("**/drafts/", lambda route: next(answers)(route))
    editing(family).get_by_label("Hvad håber du?").fill("En tur til havet")
    expect(family.get_by_text("Kladden er ikke gemt endnu")).to_be_visible()
    expect(family.get_by_text("Gemt som kladde")).to_be_visible(timeout=10_000)


def test_a_save_that_fails_keeps_the_text_and_comes_again_as_the_same_one(family: Page) -> None:
    once: list[str] = []
    answers = iter([answer("", 503), answer(f'<figure id="said-{HOPE.id}" data-card>gemt</figure>')])

    def save(route: Route) -> None:
        if route.request.method == "GET":
            return route.fallback()
        once.append(parse_qs(route.request.post_data or "")["once"][0])
        return next(answers)(route)

    family.route(f"**{EDIT}", save)
    editing(family).get_by_label("Hvad håber du?").fill("En tur til havet")
    family.get_by_role("button", name="Gem").click()
    expect(family.get_by_text("Ikke gemt endnu. Din tekst er her stadig")).to_be_visible()
    expect(family.get_by_label("Hvad håber du?")).to_have_value("En tur til havet")
    expect(family.locator(f"#said-{HOPE.id}")).to_have_text("gemt", timeout=10_000)
    assert len(once) == 2
    assert len(set(once)) == 1


def test_who_can_see_this_is_asked_when_opened(family: Page) -> None:
    family.route("**/who/**", answer("<p>Skovbakkeskolen</p>"))
    topic = family.locator(f"#topic-{PAGE.topics[0].id}")
    topic.get_by_text("Hvem kan se det her?").click()
    expect(topic.get_by_text("Skovbakkeskolen", exact=True)).to_be_visible()


def test_a_page_without_scripts_still_has_its_links(family: Page) -> None:
    assert family.locator(f"#said-{HOPE.id} a.edit").get_attribute("href") == EDIT
