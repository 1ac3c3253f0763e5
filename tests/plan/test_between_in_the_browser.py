"""Who does what on a small phone: an agreement is done where it stands, with a word; words are told to the others."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from familieplan.access.enums import Kind
from tests.browser import Violations
from tests.plan.house import House
from tests.plan.test_between_tasks import agreed
from tests.plan.test_between_words import comment
from tests.plan.test_in_place import open_as

WIDE = "document.documentElement.scrollWidth"


@pytest.fixture
def sara(page: Page, live_server: LiveServer, house: House) -> Page:
    """Sara on a phone of 320 px, with something of her own and a trial whose day has come."""
    house.rows["mine"] = agreed(house, "Sara", "Sara", Kind.EMPLOYMENT, "køber en cykel")
    trial = {"review_on": house.today, "stop_rule": "Anton bliver ked af det"}
    house.rows["trial"] = agreed(house, "Sara", "Anton", Kind.SCHOOL, "går selv til bussen", "Anton", **trial)
    page.set_viewport_size({"width": 320, "height": 640})
    open_as("Sara", page, live_server, house)
    page.goto(f"{live_server.url}{house.base}tasks/")
    return page


def test_done_in_place_with_a_word(sara: Page, house: House, violations: Violations) -> None:
    assert sara.evaluate(WIDE) == 320
    assert violations(sara) == []
    row = sara.locator(f"#agreement-{house.rows['mine']}")
    row.get_by_role("link", name="Hvordan gik det?").click()
    form = sara.locator(f"#form-agreement-{house.rows['mine']}-done")
    expect(form.get_by_label("Gjort")).to_be_checked()
    assert sara.evaluate(WIDE) == 320
    form.get_by_label("Et ord om det").fill("Den er blå")
    form.get_by_role("button", name="Gem").click()
    expect(row).to_contain_text("Den er blå")
    expect(row).to_contain_text("gjort i dag")
    assert sara.url.endswith("/tasks/")


def test_more_time_and_a_trial_that_goes_on(sara: Page, house: House) -> None:
    trial = sara.locator(f"#agreement-{house.rows['trial']}")
    expect(trial).to_contain_text("Skal vi fortsætte, ændre eller stoppe?")
    for answer in ("Fortsæt", "Stop", "Ret"):
        expect(trial.get_by_role("link", name=answer)).to_be_visible()
    trial.get_by_role("link", name="Fortsæt").click()
    form = sara.locator(f"#form-agreement-{house.rows['trial']}-go-on")
    form.get_by_label("Et ord om det").fill("Han synes, det er sjovt")
    form.get_by_role("button", name="Gem").click()  # the day it suggests
    expect(trial).to_contain_text("Han synes, det er sjovt")
    expect(trial).not_to_contain_text("Skal vi fortsætte")
    mine = sara.locator(f"#agreement-{house.rows['mine']}")
    mine.get_by_role("link", name="Mere tid").click()
    later = sara.locator(f"#form-agreement-{house.rows['mine']}-later")
    later.get_by_role("link", name="Lad det være").click()
    expect(mine).to_contain_text("køber en cykel")


def test_words_to_the_others_stand_last_and_say_who_reads_them(sara: Page, house: House) -> None:
    sara.get_by_role("link", name="Tilbage til planen").click()
    topic = sara.locator(f"#topic-{house.rows['work']}")
    topic.get_by_role("link", name="Fortæl de andre noget").click()
    form = topic.locator(".editing")
    expect(form.locator(".who-will")).to_contain_text("Jobcentret")
    form.get_by_label("Hvad skal de andre vide?").fill("Jeg kan komme onsdag")
    form.get_by_role("button", name="Gem").click()
    expect(topic.locator(".thread blockquote").last).to_have_text("Jeg kan komme onsdag")
    assert sara.evaluate(WIDE) == 320


def test_news_between_the_meetings_fits_a_phone(page: Page, live_server: LiveServer, house: House) -> None:
    comment(house, "Sara", "Jeg kan komme onsdag")
    page.set_viewport_size({"width": 320, "height": 640})
    open_as("Jens", page, live_server, house)
    page.goto(live_server.url)
    news = page.locator("#between li").first
    expect(news).to_contain_text("Sara: Praktikken")
    box = news.locator("div").first.bounding_box()
    assert box
    assert box["width"] > 150  # words beside one another, not one below the other
    assert page.evaluate(WIDE) == 320
    news.get_by_role("button", name="Jeg har læst det").click()
    expect(page.locator("#between")).to_have_count(0)
