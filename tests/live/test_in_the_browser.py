"""A page that follows the family, in Chromium, with the real web process and the real stream process."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from familieplan.access.actor import Actor, token
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.demo.municipality import UNITS, id_of
from familieplan.launcher.ports import any_free
from familieplan.launcher.processes import gunicorn, live
from familieplan.people.models import Person
from familieplan.plan import actions
from tests.conftest import databases
from tests.journeys.conftest import COLLECT, PRODUCT
from tests.journeys.town import HOLM, Town

FAMILY = id_of("family", "eight_places")
SOON = 15_000  # ms: also where other tests want the processor; how fast it is, bench measures
AWAY, REFRESHED = "Forbindelsen er væk.", "Tavlen er opdateret"
# What a page with a board says in its template, said to the family page: each section is a part of its own.
FOLLOW = """async (live) => {
    for (const id of ["hopes", "topics", "agreements"]) {
        const part = document.getElementById(id);
        if (part) Object.assign(part.dataset, { livePart: `?part=${id}`, liveOf: "" });
    }
    const board = document.querySelector("main").insertAdjacentElement("afterbegin", document.createElement("div"));
    board.dataset.live = live;
    (await import("/static/ui/live.js")).followLive(document);
}"""


@dataclass
class Served:
    town: Town
    live: str

    def follow(self, login: str, *, without_streams: bool = False) -> Page:
        page = self.town.sign_in(login)
        if without_streams:
            page.add_init_script("delete window.EventSource")
        return self.on(page)

    def on(self, page: Page) -> Page:
        page.goto(HOLM)
        page.evaluate(FOLLOW, self.live)
        return page


@pytest.fixture
def served(browser: Browser, demo_db: None) -> Iterator[Served]:
    databases.first("collected", lambda: subprocess.run(COLLECT, env=os.environ | PRODUCT, check=True))
    port, live_port = any_free(), any_free()
    told = {"LIVE_URL": f"http://localhost:{live_port}/live/", "LIVE_ORIGINS": f"http://localhost:{port}"}
    product = {**os.environ, **PRODUCT, **databases.keys, **databases.addresses(), **told}
    with live(product, live_port), gunicorn(product, port):
        town = Town(browser, f"http://localhost:{port}")
        town.also = f"http://localhost:{live_port}"
        yield Served(town, f"{told['LIVE_URL']}families/{FAMILY}/")
        town.close()
        connections.close_all()
    assert town.complaints == []


@pytest.fixture
def sara_hopes(demo_db: None, superuser_connection: psycopg.Connection) -> Callable[[str], None]:
    """Sara says a hope, where her others lie."""
    row = superuser_connection.execute(
        "SELECT d.subjects, d.category_id, u.holder FROM plan_statement s JOIN access_scope d ON d.id = s.scope_id "
        "JOIN accounts_user u ON u.holder = s.speaker_person_id WHERE s.family_id = %s AND s.kind = 'hope' "
        "AND u.login = 'sara' AND d.voice IS NULL LIMIT 1",
        [FAMILY],
    ).fetchone()
    assert row
    about, kind, holder = row

    def say(text: str) -> None:
        sara = Actor(holder, "person", "Sara")
        with acting_as(sara):
            log.open_family(FAMILY, "family")
            place = actions.Place(FAMILY, tuple(about), kind)
            speaker = Person.objects.get(pk=holder)
            actions.say(place=place, kind="hope", text=text, speaker=speaker, said_on=date.today(), by=sara)  # noqa: DTZ011

    return say


def test_words_appear_on_another_screen_and_what_is_written_there_stays(
    served: Served, sara_hopes: Callable[[str], None]
) -> None:
    mette = served.follow("mette")
    mette.locator("#hopes a.add").click()
    field = mette.locator("#hopes form textarea").first
    field.press_sequentially("Jeg skriver netop nu")
    field.press("ArrowLeft")
    sara_hopes("At vi kan grine ved aftensmaden")
    expect(mette.locator("#hopes")).to_contain_text("At vi kan grine ved aftensmaden", timeout=SOON)
    expect(field).to_have_value("Jeg skriver netop nu")
    expect(field).to_be_focused()
    field.press_sequentially("!")  # where the cursor was
    expect(field).to_have_value("Jeg skriver netop n!u")
    expect(mette.locator("main > p[role=status].sr-only")).to_have_text(REFRESHED)
    sara_hopes("Og at Emil sover")
    expect(mette.locator("#hopes")).to_contain_text("Og at Emil sover", timeout=SOON)
    assert mette.locator("#hopes form").count() == 1


def test_a_network_that_is_away_for_a_while(served: Served, sara_hopes: Callable[[str], None]) -> None:
    mette = served.follow("mette")
    mette.locator("#hopes a.add").click()
    field = mette.locator("#hopes form textarea").first
    expect(field).to_be_focused()
    mette.context.set_offline(True)
    field.fill("Skrevet uden net")
    line = mette.locator(".live-line")
    expect(line).to_contain_text(AWAY, timeout=SOON)
    sara_hopes("Sagt imens")
    mette.wait_for_timeout(1500)
    expect(mette.locator("#hopes")).not_to_contain_text("Sagt imens")
    mette.context.set_offline(False)
    expect(mette.locator("#hopes")).to_contain_text("Sagt imens", timeout=SOON)
    expect(line).to_be_empty(timeout=SOON)
    expect(field).to_have_value("Skrevet uden net")


def test_a_withdrawal_blanks_what_was_read_by_it(served: Served, superuser_connection: psycopg.Connection) -> None:
    jens = served.follow("jens")
    title = superuser_connection.execute(
        "SELECT t.title FROM plan_topic t JOIN access_grant g USING (scope_id) JOIN accounts_user u USING (holder) "
        "WHERE u.login = 'jens' AND t.family_id = %s AND g.basis = 'consent' LIMIT 1",
        [FAMILY],
    ).fetchone()
    assert title
    expect(jens.locator("#topics")).to_contain_text(title[0])
    consents = superuser_connection.execute(
        "SELECT id, subject_id FROM consent_consent WHERE family_id = %s AND %s = ANY (to_units) "
        "AND withdrawn_at IS NULL",
        [FAMILY, UNITS["jobcenter"].id],
    ).fetchall()
    jens.wait_for_timeout(1000)
    with psycopg.connect(databases.addresses()["DATABASE_URL"]) as sara:
        for consent, subject in consents:
            signed = token(Actor(subject, "person"), backend_pid=sara.info.backend_pid)
            sara.execute("SELECT set_config('app.actor', %s, true)", [signed])
            assert sara.execute("SELECT consent.withdraw(%s)", [consent]).fetchone() == (True,)
    expect(jens.locator("#topics")).not_to_contain_text(title[0], timeout=3_000)  # a second on a machine of one's own


def test_without_streams_it_is_read_all_the_same_and_nothing_is_said(
    served: Served, sara_hopes: Callable[[str], None]
) -> None:
    mette = served.follow("mette", without_streams=True)
    sara_hopes("At det går langsommere")
    expect(mette.locator("#hopes")).to_contain_text("At det går langsommere", timeout=SOON)
    expect(mette.locator(".live-line")).to_be_empty()


def test_who_is_signed_out_keeps_what_was_written(served: Served, superuser_connection: psycopg.Connection) -> None:
    mette, jens = served.follow("mette"), served.follow("jens")
    mette.locator("#hopes a.add").click()
    field = mette.locator("#hopes form textarea").first
    field.fill("Skrevet, og så logget ud")
    superuser_connection.execute("DELETE FROM accounts_session")
    superuser_connection.execute("SELECT pg_notify('board', %s)", [f"{FAMILY}:"])
    expect(mette.locator(".live-line")).to_contain_text("logget ud")
    expect(field).to_have_value("Skrevet, og så logget ud")
    jens.wait_for_url("**/account/**")
