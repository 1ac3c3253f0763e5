"""A meeting's board on three screens and the wall, in Chromium."""

import os
import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from familieplan.launcher.ports import any_free
from familieplan.launcher.processes import gunicorn, live
from familieplan.meetings import actions
from familieplan.plan import actions as plan
from familieplan.plan.models import Topic
from tests.conftest import databases
from tests.journeys.conftest import COLLECT, PRODUCT
from tests.journeys.town import Town
from tests.meetings.conftest import SignIn, Table, sign_in, street, table

__all__ = ["sign_in", "street", "table"]
SOON = 15_000  # ms: also where other tests want the processor; how fast it is, bench measures


@pytest.fixture
def meeting(table: Table) -> Table:
    """It has begun; Mette may read all of it, Lis about Anton's school, Jens nothing."""
    school, team = (table.street.units[name] for name in ("Byskolen", "Familieteam"))
    table.street.give("Anton", "Sara", "Jonas", kinds=("basic", "school"), to_units=(school, team), from_units=())
    table.street.give("Sara", "Sara", kinds=("basic", "employment"), to_units=(team,), from_units=())
    table.start()
    return table


@pytest.fixture
def screens(browser: Browser, meeting: Table, sign_in: SignIn) -> Iterator["Screens"]:
    databases.first("collected", lambda: subprocess.run(COLLECT, env=os.environ | PRODUCT, check=True))
    port, live_port = any_free(), any_free()
    told = {"LIVE_URL": f"http://localhost:{live_port}/live/", "LIVE_ORIGINS": f"http://localhost:{port}"}
    product = {**os.environ, **PRODUCT, **databases.keys, **databases.addresses(), **told}
    with live(product, live_port), gunicorn(product, port):
        town = Town(browser, f"http://localhost:{port}", also=f"http://localhost:{live_port}")
        yield Screens(town, meeting, sign_in)
        town.close()
        connections.close_all()
    assert town.complaints == []


class Screens:
    def __init__(self, town: Town, table: Table, sign_in: SignIn) -> None:
        self.town, self.table, self.sign_in = town, table, sign_in
        self.cookies: dict[str, str] = {}
        self.base = f"{table.street.base}meetings/{table.meeting}/"

    def at(self, name: str, page: str = "board/") -> Page:
        screen = self.town.visit()
        if name not in self.cookies:  # a second invitation would end the first session
            self.cookies[name] = self.sign_in(name).cookies[settings.SESSION_COOKIE_NAME].value
        screen.context.add_cookies([{"name": "sessionid", "value": self.cookies[name], "url": self.town.address}])
        screen.goto(self.base + page)
        return screen

    def say(self, name: str, topic: str, text: str) -> None:
        """Somebody says something of their own."""
        with self.table.as_(name) as by:
            about, kind = {"Skolen": ("Anton", "school"), "Arbejdet": ("Sara", "employment")}[topic]
            plan.say(
                place=plan.Place(self.table.street.family, (self.table.street.persons[about],), kind),
                kind="strength",
                text=text,
                speaker=self.table.person(name),
                said_on=timezone.localdate(),
                by=by,
                topic=Topic(pk=self.table.topics[topic]),
                occasion=self.table.meeting,
            )


def test_words_come_to_those_who_may_read_them_and_to_the_wall(screens: Screens) -> None:
    mette, lis, wall = screens.at("Mette"), screens.at("Lis"), screens.at("Mette", "projector/")
    mette.wait_for_timeout(500)
    screens.say("Sara", "Skolen", "Han griner igen i frikvarteret")
    for screen in (mette, lis):
        expect(screen.locator("#board")).to_contain_text("Han griner igen i frikvarteret", timeout=SOON)
    screens.say("Sara", "Arbejdet", "Jeg har ringet til planteskolen")
    expect(mette.locator("#board")).to_contain_text("Jeg har ringet til planteskolen", timeout=SOON)
    lis.wait_for_timeout(500)
    expect(lis.locator("#board")).not_to_contain_text("planteskolen")
    expect(wall.locator("#board")).not_to_contain_text("planteskolen")


@pytest.mark.parametrize("alone", [False, True], ids=["the board", "a topic by itself"])
def test_where_no_stream_is_heard_a_save_is_read_all_the_same(screens: Screens, alone: bool) -> None:
    mette = screens.at("Mette", f"board/{screens.table.topics['Skolen']}/" if alone else "board/")
    mette.add_init_script("delete window.EventSource; window.setInterval = () => 0")  # nothing else reads the row
    mette.reload()
    row = mette.locator(f"#row-{screens.table.topics['Skolen']}")
    row.locator("a.add[href*='/say/strength/']").click()
    row.locator("form textarea").first.fill("Uden forbindelse")
    row.get_by_role("button", name="Gem").click()
    expect(row.locator("blockquote", has_text="Uden forbindelse")).to_have_count(1, timeout=SOON)
    expect(row.locator("form, [data-saved]")).to_have_count(0)


def test_who_writes_on_keeps_the_cursor_and_a_form_that_came_back(screens: Screens) -> None:
    mette = screens.at("Mette")
    row = mette.locator(f"#row-{screens.table.topics['Skolen']}")
    for kind in ("worry", "strength"):
        row.locator(f"a.add[href*='/say/{kind}/']").click()
        expect(row.locator(f"form[action*='/say/{kind}/'] textarea").first).to_be_focused()
    worry, strength = (row.locator(f"form[action*='/say/{kind}/']") for kind in ("worry", "strength"))
    worry.get_by_role("button", name="Gem").click()  # nothing in it: it comes back, and says so
    expect(worry.locator(".errors")).to_be_visible()
    strength.locator("textarea").first.fill("Det går bedre om morgenen")
    strength.get_by_role("button", name="Gem").click()
    worry.locator("textarea").first.press_sequentially("Men om aftenen", delay=60)
    expect(row.locator("blockquote", has_text="Det går bedre om morgenen")).to_have_count(1, timeout=SOON)
    worry.locator("textarea").first.press_sequentially(" er han ked af det")
    expect(worry.locator("textarea").first).to_have_value("Men om aftenen er han ked af det")
    mette.reload()
    row.locator("a.add[href*='/say/strength/']").click()
    strength.get_by_role("button", name="Gem").click()
    expect(row.locator(".errors")).to_be_visible()
    screens.say("Sara", "Skolen", "siger Sara imens")
    expect(row.locator("blockquote", has_text="siger Sara imens")).to_have_count(1, timeout=SOON)
    expect(row.locator(".errors")).to_be_visible()


def test_a_new_topic_on_the_agenda_appears(screens: Screens) -> None:
    mette = screens.at("Mette")
    mette.wait_for_timeout(500)
    table = screens.table
    with table.as_("Mette") as by:
        topic = table.topic("Fritiden", "plan", "Sara", by)
        actions.put_on_agenda(meeting=table.row(), topic=topic, by=by)
    expect(mette.locator(f"#row-{topic}")).to_contain_text("Fritiden", timeout=SOON)


def test_two_write_at_one_topic_and_nothing_typed_is_lost(screens: Screens) -> None:
    mette = screens.at("Mette")
    row = mette.locator(f"#row-{screens.table.topics['Skolen']}")
    row.locator("a.add[href*='/say/strength/']").click()
    field = row.locator("form textarea").first
    expect(field).to_be_focused()
    field.press_sequentially("Mens jeg skriver det her ned")
    screens.say("Sara", "Skolen", "siger Sara noget")
    expect(row).to_contain_text("siger Sara noget", timeout=SOON)
    expect(field).to_have_value("Mens jeg skriver det her ned")
    expect(field).to_be_focused()
    row.get_by_role("button", name="Gem").click()
    expect(row.locator("blockquote", has_text="Mens jeg skriver det her ned")).to_have_count(1, timeout=SOON)
    expect(row).to_be_focused()  # whoever listens to the page is where the words are
    expect(row.locator("form, [data-saved]")).to_have_count(0)
    expect(row.locator("a.add[href*='/say/strength/']")).to_be_visible()
    expect(row.locator("blockquote", has_text="siger Sara noget")).to_have_count(1)
    screens.say("Sara", "Skolen", "og lidt til")
    expect(row.locator("blockquote", has_text="og lidt til")).to_have_count(1, timeout=SOON)
