"""Eight meeting places and seven plans become one page; a yes that is taken back holds at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.paper import one_page
from tests.journeys.town import HOLM, Town, families, words

SARA_ON_WORK = "Jeg kan ikke være to steder om tirsdagen."
SARA_ON_MORNINGS = "Jeg er træt, og så kommer jeg til at råbe."
SARA_ON_UNREST = "Når der er for mange breve, åbner jeg dem ikke."
EMIL_ON_SCHOOL = "Det larmer så meget, når vi har vikar."
FREJA_ON_WORK = "Jeg vil gerne bage. Bare ikke sidde ned hele dagen."
SARA_ON_MONEY = "Jeg har ikke lånt af min mor siden sommer."
THEIR_OWN = {
    "jens": "Praktik i planteskole",
    "lis": "Morgenaftale og kort skema",
    "hanne": "Samtaler med rådgiver",
    "bodil": "Gruppe om uro og angst",
}
SAID = {SARA_ON_WORK, SARA_ON_MORNINGS, SARA_ON_UNREST, EMIL_ON_SCHOOL, FREJA_ON_WORK, SARA_ON_MONEY}
ALL = SAID | set(THEIR_OWN.values())
MAY_SEE = {
    "mette": ALL,
    "jens": {SARA_ON_WORK, THEIR_OWN["jens"]},
    "lis": {EMIL_ON_SCHOOL, THEIR_OWN["lis"]},
    "hanne": {SARA_ON_MORNINGS, EMIL_ON_SCHOOL, THEIR_OWN["hanne"], THEIR_OWN["lis"]},
    "bodil": {SARA_ON_UNREST, THEIR_OWN["bodil"]},
}


def open_the_family(page: Page) -> str:
    """From the front page, as one would: my families, and the one with Sara or Emil in it."""
    page.get_by_role("link", name="Mine familier").first.click()
    families(page).filter(has_text=re.compile("Sara|Emil")).click()
    return words(page)


def test_a_coordinator_sees_one_plan_instead_of_eight_meeting_places(town: Town) -> None:
    page = town.sign_in("mette")
    open_the_family(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sara, Freja og Emil")
    expect(page.locator(".one-overview")).to_have_text(re.compile(r"8\s+mødesteder\s+7\s+handleplaner\s+1\s+overblik"))
    expect(page.locator(".sector-plan")).to_have_count(7)
    expect(page.locator(".clash").first).to_have_text("To ting på samme tid")


@pytest.mark.parametrize("login", MAY_SEE)
def test_each_sees_what_was_said_yes_to_and_nothing_else(town: Town, login: str) -> None:
    seen = open_the_family(town.sign_in(login))
    assert {said for said in ALL if said in seen} == MAY_SEE[login]


def test_a_yes_is_taken_back_and_the_next_click_shows_nothing_of_it(town: Town) -> None:
    jens, sara = town.sign_in("jens"), town.sign_in("sara")
    assert SARA_ON_WORK in open_the_family(jens)  # and he leaves it open on his screen
    form = jens.get_by_role("link", name="Lav en aftale").first

    card = sara.locator("li.consent", has=sara.get_by_role("link", name="Jobcentret", exact=True))
    card.get_by_role("link", name="Tag det tilbage").click()
    sara.get_by_role("button", name="Ja, tag det tilbage").click()
    expect(sara.get_by_text("Taget tilbage af dig")).to_be_visible()

    form.click()
    expect(jens.locator("main")).not_to_contain_text("Mit arbejde")
    jens.goto(HOLM)
    seen = words(jens)
    assert {said for said in ALL if said in seen} == {THEIR_OWN["jens"]}  # what he wrote stays his department's
    expect(jens.get_by_role("heading", level=1)).to_have_text("En familie")
    expect(jens.locator(".person")).to_have_count(0)
    jens.get_by_role("link", name="Min dag").click()
    expect(jens.locator("main")).not_to_contain_text("Sara")


def test_sara_reads_who_was_given_what_and_who_has_looked(town: Town) -> None:
    open_the_family(town.sign_in("jens"))
    page = town.sign_in("sara")
    page.get_by_role("link", name="Alle samtykker").click()
    given = page.locator("li.consent", has=page.get_by_role("link", name="Jobcentret", exact=True))
    expect(given).to_contain_text("At min praktik passer med resten af min uge.")
    expect(given).to_contain_text("Arbejde og uddannelse")
    page.goto("/")
    page.get_by_role("link", name="Alle, der har kigget").click()
    look = page.locator("li.looked", has_text="Jobcentret").filter(has_text="åbnede").first
    expect(look).to_contain_text("Jobcentret (fagperson) åbnede planen")
    look.get_by_text("Hvad kunne de se, og hvorfor?").click()
    expect(look.locator(".sights")).to_contain_text("Arbejde og uddannelse")
    expect(look.locator(".sights")).to_contain_text("fordi du sagde ja")


def test_sara_prints_the_fridge_plan(town: Town) -> None:
    page = town.sign_in("sara")
    page.get_by_role("link", name="Køleskabsplanen").click()
    expect(page.get_by_role("heading", name="Vores plan")).to_be_visible()
    pdf = page.get_by_role("link", name="Print siden").get_attribute("href")
    answer = page.request.get(str(pdf))
    assert answer.headers["content-type"] == "application/pdf"
    assert "Jeg drømmer om et deltidsjob med jord under neglene." in one_page(answer.body())
