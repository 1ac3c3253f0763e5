"""A consent is talked over in the kitchen, on a telephone: what is missing is named, and the right people sign."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.town import HOLM, Town, words

PURPOSE = "At Jens kan lægge praktikken, så Emil kan hentes til tiden."
MISSING = {
    "Sig, hvilke oplysninger det handler om.",
    "Sig, hvem oplysningerne kommer fra.",
    "Sig, hvem der må se dem.",
    "Sig, hvornår det gælder til.",
}


def talk_over(mette: Page, name: str) -> None:
    mette.goto(f"{HOLM}consents/")
    mette.get_by_role("link", name="Tal et nyt igennem").click()
    mette.get_by_role("link", name=re.compile(f"^{name}")).click()


def question(page: Page, asked: str) -> Locator:
    return page.get_by_role("group", name=asked)


def tick(page: Page, asked: str, *answers: str) -> None:
    for answer in answers:
        question(page, asked).get_by_label(answer).first.check()


def say_what(page: Page, *kinds: str, to: str) -> None:
    """All but the purpose and the signatures."""
    tick(page, "Hvilke oplysninger?", *kinds)
    tick(page, "Fra hvem?", "Det, familien selv siger", "Familiekoordinationen")
    tick(page, "Hvem må se dem?", to)
    tick(page, "Hvor længe?", "6 måneder")


def save(page: Page) -> None:
    page.get_by_role("button", name="Gem samtykket").click()


def test_what_is_missing_is_named_and_what_was_typed_is_kept(town: Town) -> None:
    mette = town.sign_in("mette", "phone")
    talk_over(mette, "Emil")
    mette.get_by_label("Hvad skal det bruges til?").fill(PURPOSE)
    save(mette)
    named = mette.get_by_role("alert").inner_text()
    assert {sentence for sentence in MISSING if sentence in named} == MISSING
    expect(mette.get_by_label("Hvad skal det bruges til?")).to_have_value(PURPOSE)

    say_what(mette, "Skole", to="Jobcentret")
    mette.get_by_label("Hvad skal det bruges til?").fill("")
    save(mette)
    expect(mette.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
    expect(mette.get_by_role("alert")).to_contain_text("Sig, hvad det skal bruges til.")
    expect(question(mette, "Hvilke oplysninger?").get_by_label("Skole").first).to_be_checked()
    expect(question(mette, "Hvor længe?").get_by_label("6 måneder")).to_be_checked()


def test_for_emil_both_parents_sign_before_anything_opens(town: Town) -> None:
    mette, jens = town.sign_in("mette", "phone"), town.sign_in("jens")
    talk_over(mette, "Emil")
    say_what(mette, "Navn, alder", "Skole", to="Jobcentret")
    mette.get_by_label("Hvad skal det bruges til?").fill(PURPOSE)
    expect(question(mette, "Hvem skriver under?").get_by_role("checkbox")).to_have_count(2)
    tick(mette, "Hvem skriver under?", "Sara har skrevet under her")
    save(mette)
    expect(mette.get_by_text("Det venter på: Thomas.")).to_be_visible()
    jens.goto(HOLM)
    assert "Emil og skolen" not in words(jens)

    thomas = town.sign_in("thomas", "phone")
    thomas.locator("li.box", has_text="Jobcentret").get_by_role("link", name="Læs og skriv under").click()
    expect(thomas.get_by_text(PURPOSE)).to_be_visible()
    thomas.get_by_role("button", name="Ja, jeg skriver under").click()
    jens.reload()
    assert "Emil og skolen" in words(jens)


def test_freja_signs_herself(town: Town) -> None:
    mette = town.sign_in("mette", "phone")
    talk_over(mette, "Freja")
    expect(mette.get_by_text("Freja bestemmer selv.")).to_be_visible()
    say_what(mette, "Navn, alder", "Trivsel", to="Ungevejledningen")
    mette.get_by_label("Hvad skal det bruges til?").fill("At Nanna ved, hvordan jeg har det.")
    save(mette)
    expect(mette.get_by_text("Det venter på: Freja.")).to_be_visible()
    freja = town.sign_in("freja", "phone")
    freja.get_by_role("link", name="Læs og skriv under").click()
    freja.get_by_role("button", name="Ja, jeg skriver under").click()
    expect(freja.get_by_text("Underskrevet af dig")).to_be_visible()


def test_at_14_the_parents_sign_and_at_15_one_signs_oneself(town: Town) -> None:
    mette = town.sign_in("mette", "phone")
    today = date.today()  # noqa: DTZ011 (as the browser's calendar)
    for age, signs in ((14, {"Sara", "Thomas"}), (15, {"Emil"})):
        mette.goto(f"{HOLM}people/")
        mette.get_by_role("link", name=re.compile("Ret.*Emil")).first.click()
        mette.get_by_label("Fødselsdag").fill((today - timedelta(days=366 * age)).isoformat())
        mette.get_by_role("button", name="Gem").click()
        talk_over(mette, "Emil")
        found = question(mette, "Hvem skriver under?").locator("label").all_inner_texts()
        assert {label.split()[0] for label in found} == signs
