"""An early meeting from the desk: parents first, names, the yes, the meeting; and a no that ends it."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.town import Town


def begin(grete: Page) -> None:
    today = date.today().isoformat()  # noqa: DTZ011
    grete.get_by_role("link", name="Bekymret for et barn?").click()
    grete.get_by_label("Ja: Vi har talt sammen").check()
    grete.get_by_role("button", name="Fortsæt").click()
    grete.get_by_label("Barnets fornavn").fill("Vilma")
    grete.get_by_label("Barnets fødselsdag").fill(f"{date.today().year - 4}-01-05")  # noqa: DTZ011
    grete.get_by_label("Én alene").check()
    grete.get_by_label("Fornavn på den, der har").fill("Karla")
    grete.get_by_label("Hvornår talte du med vedkommende?").fill(today)
    grete.get_by_role("button", name="Skriv det ned").click()


def test_from_a_worry_to_a_meeting_that_is_planned(town: Town) -> None:
    grete = town.sign_in("grete", "phone")
    begin(grete)
    expect(grete.get_by_role("heading", name="Tidligt møde om Vilma")).to_be_visible()
    grete.get_by_role("link", name="Tal om et ja").click()
    expect(grete.get_by_label("Misbrug")).to_have_count(0)
    grete.get_by_label("Dagtilbud").first.check()
    grete.get_by_label("Sundhedsplejen").check()
    grete.get_by_label("Karla").check()
    grete.get_by_role("button", name="Gem samtykket").click()
    grete.get_by_role("link", name="Planlæg mødet").click()
    grete.get_by_label("Hvilken dag?").fill((date.today() + timedelta(days=9)).isoformat())  # noqa: DTZ011
    grete.get_by_label("Hvad tid?").fill("10:00")
    grete.get_by_role("button", name="Planlæg mødet").click()
    expect(grete.get_by_role("heading", name="Tidligt møde")).to_be_visible()


def test_the_fathers_no_ends_it_for_the_school(town: Town) -> None:
    lis, jesper = town.sign_in("lis"), town.sign_in("jesper", "phone")
    lis.goto("/families/")
    lis.get_by_role("link", name="Villads").click()
    expect(lis.get_by_text("Nogen har ikke skrevet under endnu")).to_be_visible()
    jesper.locator("li.box", has_text="Villads").get_by_role("link", name="Læs og skriv under").click()
    jesper.get_by_role("button", name="Nej tak").click()
    lis.goto("/families/")
    expect(lis.get_by_role("link", name="Villads")).to_have_count(0)
