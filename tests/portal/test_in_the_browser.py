"""Consents, people, log and the family's front page in a real browser: axe, narrow and wide, and by keyboard alone."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent import actions as consents
from familieplan.consent.models import LegalParagraph
from familieplan.people.models import Person
from familieplan.plan import actions as plan
from tests.browser import Violations
from tests.street import SignIn, Street

SIZES = {320: 640, 768: 1024, 1440: 900}
SHOTS = os.environ.get("FAMILIEPLAN_SHOTS", "")  # a folder: what the pages look like, for the one who builds them
Enter = Callable[[str], None]


@pytest.fixture
def enter(page: Page, sign_in: SignIn, live_server: LiveServer) -> Enter:
    """Be one of the street in this browser."""

    def entered(name: str) -> None:
        cookie = sign_in(name).cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        session = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}
        page.context.add_cookies([session])  # type: ignore[list-item]

    return entered


@pytest.fixture
def lived(street: Street) -> Street:
    """Some weeks of a family: consents of every standing, an emergency, an agreement, somebody who has looked."""
    street.give("Sara", "Sara")
    street.give(
        "Anton",
        "Sara",
        kinds=("basic", "school", "wellbeing"),
        to_units=(street.units["Byskolen"],),
        purpose="Så skolen ved, hvad der hjælper Anton om morgenen",
    )
    street.give("Sara", "Sara", until=timezone.localdate() + timedelta(days=10), purpose="Praktik i Superbrugsen")
    over = street.give("Sara", "Sara", purpose="Et kursus, der er slut")
    sara, jens = street.actor("Sara"), street.actor("Jens")
    with acting_as(sara):
        consents.withdraw(consent=over, by=sara)
        me = Person.objects.get(pk=sara.id)
        what = "Ringer til skolen om en rolig start for Anton"
        plan.agree(place=plan.Place.for_([me], "plan"), what=what, doer=me, due_on=timezone.localdate(), by=sara)
    with acting_as(jens):
        log.open_family(street.family, "family")
        vital = LegalParagraph.objects.get(key="vital_interest")
        consents.break_glass(
            family=street.family,
            subject=sara.id,
            paragraph=vital,
            reason="Sara kom ikke, og telefonen er slukket",
            hours=4,
            by=jens,
        )
        consents.ask_for_access(
            unit=street.units["Jobcenter"],
            kinds=["plan"],
            why="Vi vil kende familiens mål",
            by=jens,
            family=street.family,
        )
    return street


def look(page: Page, path: str, violations: Violations, name: str) -> None:
    """Accessible, and no wider than the screen, at every width."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert violations(page) == [], (path, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)


def test_the_mothers_pages(page: Page, lived: Street, enter: Enter, violations: Violations) -> None:
    waiting = lived.give("Freja", kinds=("basic", "plan"))
    mine = lived.give("Sara", "Sara")
    enter("Sara")
    for name, path in {
        "front": "/",
        "consents": f"{lived.base}consents/",
        "consent": f"{lived.base}consents/{mine.pk}/",
        "withdraw": f"{lived.base}consents/{mine.pk}/withdraw/",
        "shorten": f"{lived.base}consents/{mine.pk}/shorten/",
        "log": f"{lived.base}log/",
        "people-mother": f"{lived.base}people/",
    }.items():
        look(page, path, violations, name)
    enter("Freja")
    look(page, f"{lived.base}consents/{waiting.pk}/sign/", violations, "sign")


def test_the_coordinators_pages(page: Page, lived: Street, enter: Enter, violations: Violations) -> None:
    consent = lived.give("Anton", "Sara")
    enter("Mette")
    anton, people = lived.persons["Anton"], f"{lived.base}people/"
    for name, path in {
        "c-consents": f"{lived.base}consents/",
        "whose": f"{lived.base}consents/new/",
        "kitchen": f"{lived.base}consents/new/{lived.persons['Sara']}/",
        "kitchen-anton": f"{lived.base}consents/new/{anton}/",
        "paper": f"{lived.base}consents/{consent.pk}/paper/",
        "register": f"{lived.base}consents/{consent.pk}/register/",
        "share": f"{lived.base}sharing/new/",
        "blind": "/ask/",
        "new-family": "/families/new/",
        "people": people,
        "custody": f"{people}{anton}/custody/add/",
        "home": f"{people}homes/add/",
        "join": f"{people}team/add/",
        "edit": f"{people}{anton}/edit/",
        "invite": f"{people}{lived.persons['Sara']}/invite/",
    }.items():
        look(page, path, violations, name)


def test_the_professionals_pages(page: Page, street: Street, enter: Enter, violations: Violations) -> None:
    enter("Lis")
    look(page, f"{street.base}emergency/", violations, "emergency")
    look(page, f"{street.base}ask/", violations, "ask")


def test_a_consent_by_keyboard_alone(page: Page, street: Street, enter: Enter, violations: Violations) -> None:
    """Refused first: the error is read out, what was chosen is still there. Then saved, and it holds."""
    enter("Mette")
    page.goto(f"{street.base}consents/new/{street.persons['Sara']}/")

    def tick(label: str, name: str) -> None:
        page.get_by_role("checkbox" if name == "box" else "radio", name=label).focus()
        page.keyboard.press("Space")

    tick("Navn, alder", "box")
    tick("Arbejde og uddannelse", "box")
    tick("Det, familien selv siger", "box")
    page.get_by_role("group", name="Fra hvem?").get_by_role("checkbox", name="Familieteam").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Hvem må se dem?").get_by_role("checkbox", name="Jobcenter").focus()
    page.keyboard.press("Space")
    tick("6 måneder", "radio")
    tick("Sara har skrevet under her", "box")
    page.get_by_role("button", name="Gem samtykket").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Sig, hvad det skal bruges til.")
    assert violations(page) == []
    expect(page.get_by_role("checkbox", name="Arbejde og uddannelse")).to_be_checked()
    page.get_by_label("Hvad skal det bruges til?").focus()
    page.keyboard.type("At finde et job")
    page.get_by_role("button", name="Gem samtykket").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtykke til Jobcenter")
    expect(page.locator("main")).to_contain_text("Gælder")


def test_the_mother_takes_a_yes_back_in_two_presses(page: Page, street: Street, enter: Enter) -> None:
    street.give("Sara", "Sara")
    enter("Sara")
    page.goto("/")
    page.get_by_role("link", name="Tag det tilbage").click()
    expect(page.locator("main")).to_contain_text("Jobcenter må så ikke længere se dette")
    page.get_by_role("button", name="Ja, tag det tilbage").click()
    expect(page.locator("main")).to_contain_text("Taget tilbage af dig")
    with acting_as(street.actor("Jens")):
        assert log.open_family(street.family, "family") == "card"
