"""Adding and changing where it stands, in a real browser: the page does not move, and nothing typed is lost."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import Violations
from tests.plan.house import House


@pytest.fixture
def sara(page: Page, live_server: LiveServer, house: House) -> Page:
    return open_as("Sara", page, live_server, house)


def open_as(name: str, page: Page, live_server: LiveServer, house: House) -> Page:
    cookies = house.client(name).cookies
    page.context.add_cookies(
        [{"name": one.key, "value": one.value, "url": live_server.url} for one in cookies.values()]
    )
    page.goto(live_server.url + house.base)
    return page


def test_a_hope_is_added_where_the_link_stood(sara: Page, violations: Violations) -> None:
    hopes = sara.locator("#hopes")
    hopes.get_by_role("link", name="Skriv et håb").click()
    box = hopes.get_by_label("Hvad håber du på?")
    expect(box).to_be_focused()
    assert violations(sara) == []
    hopes.get_by_role("button", name="Gem").click()  # nothing written yet
    expect(hopes.get_by_role("alert")).to_contain_text("Skriv et ord eller to")
    box.fill("En tur til havet")
    expect(hopes.get_by_text("Gemt som kladde")).to_be_visible()
    hopes.get_by_role("button", name="Gem").click()
    expect(hopes.locator("blockquote", has_text="En tur til havet")).to_be_visible()
    expect(hopes.get_by_role("link", name="Skriv et håb")).to_be_visible()
    assert sara.locator("#hopes").count() == 1


def test_who_will_see_it_follows_the_answers(sara: Page) -> None:
    hopes = sara.locator("#hopes")
    hopes.get_by_role("link", name="Skriv et håb").click()
    who = hopes.locator(".who-will")
    expect(who).to_contain_text("Jobcentret")
    hopes.get_by_label("Kun mellem os").check()
    expect(who).not_to_contain_text("Jobcentret")
    expect(who).to_contain_text("Dig")
    hopes.get_by_label("Kun mellem os").uncheck()
    expect(who).to_contain_text("Jobcentret")
    hopes.get_by_text("Hvilken slags oplysninger er det? (").click()
    hopes.get_by_label("Hvilken slags oplysninger").select_option("mental_health")
    expect(who).not_to_contain_text("Jobcentret")
    expect(hopes.get_by_text("Hvilken slags oplysninger er det? (Psykisk helbred)")).to_be_visible()


def test_words_are_changed_in_place_or_left_as_they_are(sara: Page, house: House) -> None:
    card = sara.locator(f"#said-{house.rows['worry']}")
    card.get_by_role("link", name="Ret").click()
    form = sara.locator(f"#form-words-{house.rows['worry']}")
    form.get_by_role("link", name="Lad det være").click()
    expect(card).to_contain_text("Tirsdag er for tidligt")
    card.get_by_role("link", name="Ret").click()
    form.get_by_label("Hvad fylder?").fill("Tirsdag går bedre")
    form.get_by_role("button", name="Gem").click()
    topic = sara.locator(f"#topic-{house.rows['work']}")
    expect(topic.locator("blockquote", has_text="Tirsdag går bedre")).to_be_visible()
    expect(form).to_have_count(0)


def test_two_at_once_see_both_texts_in_place(sara: Page, house: House) -> None:
    topic = sara.locator(f"#topic-{house.rows['work']}")
    topic.locator(".topic-head").get_by_role("link", name="Ret").click()
    form = sara.locator(f"#form-topic-{house.rows['work']}")
    tablet = house.client("Sara")
    tablet.post(f"{house.base}topics/{house.rows['work']}/edit/", {"title": "Fra tabletten", "seen": "1"})
    form.get_by_label("Hvad handler det om").fill("Fra telefonen")
    form.get_by_role("button", name="Gem").click()
    expect(form.locator(".conflict")).to_contain_text("Fra tabletten")
    expect(form.locator(".conflict")).to_contain_text("Fra telefonen")
    expect(form.get_by_label("Hvad handler det om")).to_have_value("Fra telefonen")
    form.get_by_role("button", name="Gem").click()
    expect(topic.get_by_role("heading", name="Fra telefonen")).to_be_visible()


def test_a_goal_with_steps_and_a_step_reached(sara: Page, house: House) -> None:
    topic = sara.locator(f"#topic-{house.rows['work']}")
    topic.get_by_role("link", name="Sæt et mål").click()
    topic.get_by_label("Hvad vil vi gerne kunne?").fill("Fem timer")
    topic.get_by_label("Snart").check()
    topic.get_by_label("Et lille skridt").first.fill("Tre timer")
    topic.get_by_role("button", name="Gem").click()
    goal = topic.locator(".goal", has_text="Fem timer")
    goal.get_by_role("button", name="Det lykkedes").click()
    expect(goal.locator(".step-done")).to_contain_text("Tre timer")


def test_saved_again_after_a_lost_connection_once_only(sara: Page, house: House) -> None:
    hopes = sara.locator("#hopes")
    hopes.get_by_role("link", name="Skriv et håb").click()
    hopes.get_by_label("Hvad håber du på?").fill("Kun én gang")
    answers = iter([True, False])

    def lose_the_first(route: object) -> None:
        """The server saved it; the answer never came."""
        if next(answers, False):
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    sara.route("**/hopes/add/", lose_the_first)
    hopes.get_by_role("button", name="Gem").click()
    expect(hopes.locator("blockquote", has_text="Kun én gang")).to_have_count(1, timeout=10_000)


@pytest.mark.parametrize("name", ["Sara", "Mette", "Jens"])
def test_every_form_is_for_everyone(
    page: Page, live_server: LiveServer, house: House, violations: Violations, name: str
) -> None:
    open_as(name, page, live_server, house)
    assert violations(page) == []
    links = page.eval_on_selector_all("main a.add, main a.edit", "links => links.map(one => one.href)")
    for address in dict.fromkeys(links):
        page.goto(address)
        assert violations(page) == [], address


def test_signed_out_while_writing_loses_nothing(sara: Page, live_server: LiveServer, house: House) -> None:
    """The session ends, one writes on, signs in again in another tab, and presses save once more."""
    hopes = sara.locator("#hopes")
    hopes.get_by_role("link", name="Skriv et håb").click()
    box = hopes.get_by_label("Hvad håber du på?")
    sara.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    box.fill("Skrevet, mens jeg var logget ud")
    hopes.get_by_role("button", name="Gem").click()
    expect(hopes.get_by_text("Du er blevet logget ud")).to_be_visible()
    expect(box).to_have_value("Skrevet, mens jeg var logget ud")
    tab = sara.context.new_page()
    tab.goto(f"{live_server.url}/account/sign-in/")
    tab.get_by_label("Brugernavn").fill("sara")
    tab.get_by_label("Adgangskode").fill("tolv gule cykler")
    tab.get_by_role("button", name="Log ind").click()
    tab.wait_for_url("**/")
    hopes.get_by_role("button", name="Gem").click()
    expect(hopes.locator("blockquote", has_text="Skrevet, mens jeg var logget ud")).to_be_visible(timeout=15_000)
