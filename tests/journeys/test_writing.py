"""Writing in the plan where it stands: nothing typed is lost, whatever happens to the network or the session."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.town import HOLM, Town, press_card

WORRY = "Emil spørger hver aften, om der er vikar i morgen."
BURNING = "Brevet fra boligforeningen skal besvares på torsdag."
KEPT = "Gemt som kladde"


def topic(page: Page, title: str) -> Locator:
    return page.locator("article.topic").filter(has=page.get_by_role("heading", name=title, exact=True))


def form(page: Page) -> Locator:
    return page.locator(".editing")


def save(page: Page) -> None:
    form(page).get_by_role("button", name="Gem").click()


def start_burning(page: Page, text: str = BURNING) -> None:
    page.get_by_role("link", name="Sig, hvad der brænder på").click()
    page.get_by_label("Hvad brænder på i dag?").fill(text)


def test_a_topic_a_worry_a_small_step_and_an_agreement_where_they_stand(town: Town) -> None:
    mette = town.sign_in("mette")
    mette.goto(HOLM)
    mette.get_by_role("link", name="Tilføj noget, der fylder").click()
    form(mette).get_by_label("Hvad handler det om, med få ord?").fill("Aftener før skoledage")
    form(mette).get_by_role("group", name="Hvem handler det om?").get_by_label("Emil").check()
    save(mette)

    evenings = topic(mette, "Aftener før skoledage")
    evenings.get_by_role("link", name="Sig, hvad der fylder").click()
    form(mette).get_by_label("Hvad fylder?").fill(WORRY)
    form(mette).get_by_label("Hvem siger det?").select_option(label="Sara")
    save(mette)
    expect(evenings.locator("figure", has_text=WORRY)).to_contain_text("Sara")

    evenings.get_by_role("link", name="Sæt et mål").click()
    form(mette).get_by_label("Hvad vil vi gerne kunne?").fill("Emil ved aftenen før, hvem der møder ham")
    form(mette).get_by_label("Et lille skridt").first.fill("Lis skriver, når der er vikar")
    save(mette)
    expect(evenings.locator(".ladder")).to_contain_text("Lis skriver, når der er vikar")

    evenings.get_by_role("link", name="Lav en aftale").click()
    form(mette).get_by_label("Hvad har I aftalt?").fill("Siger til dagen før, når der er vikar")
    form(mette).get_by_label("Hvem gør det?").select_option(label="Lis Krogh, Elmeskolen")
    form(mette).get_by_label("Inden hvilken dag?").fill((date.today() + timedelta(days=9)).isoformat())  # noqa: DTZ011
    save(mette)
    expect(evenings.locator(".next")).to_contain_text("Siger til dagen før")
    assert mette.url.endswith(HOLM)  # the page never left its place


def test_a_draft_survives_a_reload_and_a_sign_out(town: Town) -> None:
    mette = town.sign_in("mette")
    mette.goto(HOLM)
    start_burning(mette)
    expect(form(mette).get_by_text(KEPT)).to_be_visible()
    mette.reload()
    mette.get_by_role("link", name="Sig, hvad der brænder på").click()
    expect(mette.get_by_label("Hvad brænder på i dag?")).to_have_value(BURNING)

    mette.get_by_role("button", name="Log ud").click()
    mette.goto("/account/demo/")
    press_card(mette, "mette")
    mette.goto(HOLM)
    mette.get_by_role("link", name="Sig, hvad der brænder på").click()
    expect(mette.get_by_label("Hvad brænder på i dag?")).to_have_value(BURNING)
    expect(form(mette)).to_contain_text(KEPT)


def test_signed_out_while_a_consent_is_written_down_loses_no_word(town: Town) -> None:
    """A form that leaves its page for the answer: it is not sent before its words are kept."""
    mette = town.sign_in("mette")
    mette.goto(f"{HOLM}consents/new/")
    mette.get_by_role("link", name="Freja").click()
    mette.get_by_label("Hvad skal det bruges til?").fill("Det første")
    expect(mette.get_by_text(KEPT).first).to_be_visible()
    mette.context.clear_cookies(name=re.compile("session"))
    mette.get_by_label("Hvad skal det bruges til?").fill(BURNING)
    mette.get_by_role("button", name="Gem samtykket").click()
    expect(mette.get_by_text("Ikke sendt endnu")).to_be_visible()
    expect(mette.get_by_label("Hvad skal det bruges til?")).to_have_value(BURNING)

    beside = mette.context.new_page()
    beside.goto("/account/demo/")
    press_card(beside, "mette")
    mette.get_by_role("button", name="Gem samtykket").click()
    expect(mette.get_by_role("alert")).to_contain_text("Sig, hvem der må se dem.")
    elsewhere = town.sign_in("mette", "phone")
    elsewhere.goto(mette.url)
    expect(elsewhere.get_by_label("Hvad skal det bruges til?")).to_have_value(BURNING)


def test_the_network_is_gone_when_one_saves_and_the_text_arrives_once(town: Town) -> None:
    sara = town.sign_in("sara")
    sara.goto(HOLM)
    start_burning(sara)
    sara.context.set_offline(True)
    save(sara)
    expect(form(sara).get_by_text("Din tekst er her stadig")).to_be_visible()
    expect(sara.get_by_label("Hvad brænder på i dag?")).to_have_value(BURNING)
    sara.context.set_offline(False)
    expect(sara.locator("#burning figure", has_text=BURNING)).to_have_count(1, timeout=20_000)
    sara.reload()
    expect(sara.locator("#burning figure", has_text=BURNING)).to_have_count(1)
    town.complaints.clear()  # that the network was gone


def test_the_answer_is_lost_on_its_way_and_the_text_stands_once(town: Town) -> None:
    sara = town.sign_in("sara")
    sara.goto(HOLM)
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # it was saved, and nobody heard
            return route.abort()
        return route.continue_()

    sara.route("**/burning/add/", lose_the_first)
    start_burning(sara)
    save(sara)
    expect(sara.locator("#burning figure", has_text=BURNING)).to_have_count(1, timeout=20_000)
    sara.reload()
    expect(sara.locator("#burning figure", has_text=BURNING)).to_have_count(1)
    assert lost == [200]
    town.complaints.clear()  # that the network was gone


def test_two_save_the_same_field_and_both_texts_are_shown(town: Town) -> None:
    sara, thomas = town.sign_in("sara"), town.sign_in("thomas")
    sara.goto(HOLM)
    sara.get_by_role("link", name="Tilføj noget, der fylder").click()
    form(sara).get_by_label("Hvad handler det om, med få ord?").fill("Lørdage")
    form(sara).get_by_label("Sara").uncheck()
    form(sara).get_by_label("Emil").check()
    save(sara)
    expect(topic(sara, "Lørdage")).to_be_visible()
    thomas.goto(HOLM)
    for page, text in ((sara, "Lørdage med fodbold"), (thomas, "Lørdage hos os begge")):
        topic(page, "Lørdage").get_by_role("link", name="Ret Lørdage").click()
        form(page).get_by_label("Hvad handler det om, med få ord?").fill(text)
    save(sara)
    expect(topic(sara, "Lørdage med fodbold")).to_be_visible()
    save(thomas)
    both = form(thomas).locator(".conflict")
    expect(both).to_contain_text("I har været to om at skrive her på samme tid")
    expect(both).to_contain_text("Lørdage med fodbold")
    expect(both).to_contain_text("Lørdage hos os begge")
    expect(form(thomas).get_by_label("Hvad handler det om, med få ord?")).to_have_value("Lørdage hos os begge")
    save(thomas)
    expect(topic(thomas, "Lørdage hos os begge")).to_be_visible()
