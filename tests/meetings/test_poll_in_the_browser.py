"""On phones: the coordinator asks which times suit, the mother answers, the best is taken; and a child is asked."""

from datetime import time

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from familieplan.plan import actions as plan
from tests.browser import Violations
from tests.meetings.conftest import Table
from tests.street import SignIn

WIDE = "document.documentElement.scrollWidth"


class Phones:
    """A phone of 320 px for each, at the meeting or a page of it."""

    def __init__(self, browser: Browser, live_server: LiveServer, sign_in: SignIn, table: Table) -> None:
        self.browser, self.url, self.sign_in = browser, live_server.url, sign_in
        self.address = f"{table.street.base}meetings/{table.meeting}/"

    def at(self, name: str, path: str = "") -> Page:
        context = self.browser.new_context(
            base_url=self.url, locale="da-DK", viewport={"width": 320, "height": 640}, reduced_motion="reduce"
        )
        cookies = self.sign_in(name).cookies
        context.add_cookies([{"name": key, "value": one.value, "url": self.url} for key, one in cookies.items()])
        page = context.new_page()
        page.goto(self.address + path)
        return page


@pytest.fixture
def phones(browser: Browser, live_server: LiveServer, sign_in: SignIn, table: Table) -> Phones:
    return Phones(browser, live_server, sign_in, table)


def follow(link: Locator) -> None:
    """To another page, and there: what is asked of the page next is asked of the new one."""
    with link.page.expect_navigation():
        link.click()


def is_in_order(page: Page, violations: Violations) -> None:
    assert page.evaluate(WIDE) == 320
    assert violations(page) == []


def test_a_time_that_collides_is_said_before_it_is_asked_about(
    phones: Phones, table: Table, violations: Violations
) -> None:
    with table.as_("Mette") as mette:
        sara, starts, ends = table.person("Sara"), time(19), time(22)
        for weekday in range(1, 8):
            plan.add_weekly_time(
                person=sara,
                kind="employment",
                weekday=str(weekday),
                starts_at=starts,
                ends_at=ends,
                title="Aftenskole",
                by=mette,
            )
    page = phones.at("Mette", "poll/ask/")
    page.locator('[name="at_0"]').fill("20:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Spørg dem").click()
    expect(page.get_by_text("Det falder sammen med Aftenskole (Sara)")).to_have_count(1)
    expect(page.locator('[name="at_0"]')).to_have_value("20:00")
    expect(page.get_by_text("Foreslået: ")).to_have_count(4)  # of the fifth there is nothing to say any more
    is_in_order(page, violations)
    page.get_by_role("button", name="Spørg dem").click()
    expect(page.get_by_role("heading", name="Hvilke tidspunkter passer?")).to_be_visible()


def test_asked_answered_and_taken(phones: Phones, violations: Violations) -> None:
    mette = phones.at("Mette", "time/")
    is_in_order(mette, violations)
    follow(mette.get_by_role("link", name="Spørg, hvilke tidspunkter der passer"))
    is_in_order(mette, violations)
    mette.get_by_role("button", name="Spørg dem").click()
    expect(mette.get_by_role("heading", name="Hvilke tidspunkter passer?")).to_be_visible()

    sara = phones.at("Sara")
    follow(sara.get_by_role("link", name="Sig, hvad der passer dig"))
    is_in_order(sara, violations)
    sara.get_by_label("Jeg kan ikke").first.check()
    for later in range(1, 5):
        sara.get_by_label("Passer mig").nth(later).check()
    sara.get_by_label("Et ord om det").fill("Helst formiddag")
    sara.get_by_role("button", name="Send svaret").click()
    expect(sara.get_by_text("Tak. Koordinatoren ser dit svar.")).to_be_visible()

    mette.reload()
    is_in_order(mette, violations)
    expect(mette.locator(".suits")).to_contain_text("Helst formiddag")
    best = mette.locator(".options > li").first
    expect(best).to_contain_text("Passer: Sara")
    taken = best.get_by_role("heading").inner_text()
    best.get_by_role("button", name="Tag den her").click()
    expect(mette.locator(".meeting-head .when")).to_contain_text(taken.split(" kl. ")[0])
    sara.goto(phones.address)
    expect(sara.get_by_role("link", name="Ret dit svar om tidspunkterne")).to_have_count(0)


def test_a_child_is_asked_and_its_words_are_its_own(phones: Phones, violations: Violations) -> None:
    mette = phones.at("Mette")
    follow(mette.get_by_role("link", name="Spørg Anton"))
    is_in_order(mette, violations)
    whom = mette.get_by_label("En, du er tryg ved: hvem?")
    expect(whom).not_to_be_visible()
    mette.get_by_label("Tal med en, du er tryg ved").check()
    whom.fill("Lis")
    mette.get_by_role("button", name="Sådan gør vi").click()
    follow(mette.get_by_role("link", name="Skriv ned, hvad Anton siger"))
    is_in_order(mette, violations)
    mette.get_by_label("Med dine egne ord").fill("Jeg vil gerne sidde ved vinduet")
    follow(mette.get_by_role("button", name="Gem ordene"))
    expect(mette.locator("#children")).to_contain_text("Jeg vil gerne sidde ved vinduet")
    is_in_order(mette, violations)
    sara = phones.at("Sara")
    expect(sara.locator("#children")).to_contain_text("Lis")
    expect(sara.locator("#children")).not_to_contain_text("vinduet")
