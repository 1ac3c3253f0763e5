"""A whole meeting on seven screens at once: coordinator, mother, father, youth, school, job centre and the wall."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from familieplan.consent import actions as consents
from familieplan.consent.models import Consent
from familieplan.meetings import actions
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting
from tests.browser import Violations
from tests.live.test_board import SOON, Screens, screens
from tests.live.test_wake import ASLEEP
from tests.meetings.board import yes
from tests.meetings.conftest import SignIn, Table, sign_in, street, table

__all__ = ["SignIn", "screens", "sign_in", "street", "table"]


@pytest.fixture
def meeting(table: Table) -> Table:
    """Everybody has a yes to their own part; Freja, 16, sits there too."""
    yes(table)
    with table.as_("Mette") as mette:
        actions.invite_person(meeting=Meeting.objects.get(pk=table.meeting), person=table.person("Freja"), by=mette)
    table.tell("Sara", "Jonas", "Freja")
    table.move(Stage.RUNNING)
    return table


def row(screen: Page, table: Table, topic: str = "Skolen") -> Any:
    return screen.locator(f"#row-{table.topics[topic]}")


def open_form(screen: Page, table: Table, kind: str, text: str) -> Any:
    part = row(screen, table)
    part.locator(f"a.add[href*='/say/{kind}/']").click()
    form = part.locator("form[data-keep]")
    form.locator("textarea").first.fill(text)
    return form


def save(form: Any) -> None:
    form.locator("button.button-primary").click()


def test_seven_screens_and_each_its_own(screens: Screens, violations: Violations) -> None:
    table = screens.table
    mette, sara, jonas = screens.at("Mette"), screens.at("Sara"), screens.at("Jonas")
    freja, lis, jens = screens.at("Freja"), screens.at("Lis"), screens.at("Jens")
    wall = screens.at("Mette", "projector/")

    # two write in the same cell, one of them for somebody: both texts stand on every screen that may have them
    hers = open_form(mette, table, "worry", "Han vil ikke op om morgenen")
    hers.locator(".speaker-choice").get_by_role("radio", name="Jonas", exact=True).check()
    own = open_form(sara, table, "worry", "Han sover dårligt")
    save(hers)
    save(own)
    for screen in (mette, sara, jonas, lis):
        cell = row(screen, table).locator(".cell-worries")
        expect(cell).to_contain_text("Han vil ikke op om morgenen", timeout=SOON)
        expect(cell).to_contain_text("Han sover dårligt", timeout=SOON)
        expect(cell.locator("figure", has_text="Han vil ikke op")).to_contain_text("Jonas, fortalt til Mette")
    for screen in (freja, jens, wall):
        expect(screen.locator("#board")).not_to_contain_text("Han sover dårligt")
    expect(row(jens, table)).to_have_count(0)
    expect(row(mette, table)).to_contain_text("Vises ikke på væggen")

    # those who may not read along leave the room for a while: then it hangs there, and the leader's card says nothing
    for name in ("Freja", "Jens"):
        mette.locator(f".room-seats button:has-text('{name}')").click()
        expect(mette.locator(f".room-seats li:has-text('{name}')")).to_contain_text("ikke i rummet")
    expect(wall.locator("#board")).to_contain_text("Han sover dårligt", timeout=SOON)
    expect(row(mette, table)).not_to_contain_text("Vises ikke på væggen")

    # a yes is taken back in the middle: the school's screen and the wall go blank
    with table.as_("Sara") as by:
        for consent in Consent.objects.filter(subject_id=table.street.persons["Anton"], withdrawn_at=None):
            consents.withdraw(consent=consent, by=by)
    for screen in (lis, wall, mette):
        expect(screen.locator("#board")).not_to_contain_text("Han sover dårligt", timeout=SOON)
    expect(row(sara, table)).to_contain_text("Han sover dårligt")
    for screen in (mette, sara):
        assert violations(screen) == []


def test_a_minute_without_net_a_sleep_a_reload_and_two_tabs(screens: Screens) -> None:
    table, minute = screens.table, 60_000
    mette, lis, jonas, sara, also_sara = (screens.at(name) for name in ("Mette", "Lis", "Jonas", "Sara", "Sara"))
    jonas.add_init_script(f"({ASLEEP})()")
    jonas.reload()
    half = open_form(lis, table, "strength", "Han kom selv ind i dag")
    lis.context.set_offline(True)
    jonas.evaluate("window.sleep(true)")
    screens.say("Sara", "Skolen", "Sagt i det minut")
    mette.reload()
    expect(row(mette, table)).to_contain_text("Sagt i det minut")

    tabs = [
        open_form(page, table, "worry", words)
        for page, words in ((sara, "I den ene fane"), (also_sara, "I den anden fane"))
    ]
    for tab in tabs:
        save(tab)
    lis.wait_for_timeout(minute)
    expect(row(lis, table)).not_to_contain_text("Sagt i det minut")
    lis.context.set_offline(False)
    jonas.evaluate("window.sleep(false)")
    for screen in (lis, jonas):
        expect(row(screen, table)).to_contain_text("Sagt i det minut", timeout=SOON)
    save(half)
    for words in ("Sagt i det minut", "I den ene fane", "I den anden fane", "Han kom selv ind i dag"):
        for screen in (mette, lis, jonas, sara, also_sara):
            expect(row(screen, table).locator("blockquote", has_text=words)).to_have_count(1, timeout=SOON)


def test_a_number_by_keyboard_and_time_and_turns_without_a_sound(screens: Screens) -> None:
    table = screens.table
    mette, sara = screens.at("Mette"), screens.at("Sara")
    row(sara, table).locator("a.add[href$='/scale/']").focus()
    sara.keyboard.press("Enter")
    first = row(sara, table).locator("form input[name=scale]").first
    first.focus()
    sara.keyboard.press("Space")
    for _ in range(7):
        sara.keyboard.press("ArrowRight")
    row(sara, table).locator("form button.button-primary").focus()
    sara.keyboard.press("Enter")
    expect(row(sara, table).locator(".scale-now")).to_have_text("7")
    expect(row(mette, table).locator(".scale-now")).to_have_text("7", timeout=SOON)

    leading = mette.locator("#leading")
    leading.locator("summary").focus()
    mette.keyboard.press("Enter")
    leading.locator("button[data-minutes='2']").focus()
    mette.keyboard.press("Enter")
    expect(leading.locator("[data-clock]")).to_have_text(re.compile(r"^(2:00|1:5\d)$"))
    leading.locator("button[data-stop]").click()
    expect(leading.locator("[data-clock]")).to_have_text("–")
    leading.locator("button[data-next]").focus()
    mette.keyboard.press("Enter")
    expect(leading.locator("li[aria-current=step]")).to_have_count(1)
    expect(leading.locator("p[data-turn]")).to_contain_text("Nu: ")
    assert sara.locator("#leading").count() == 0
    assert mette.locator("audio, video").count() == 0


def test_the_board_prints_and_the_meeting_ends_with_one_click(screens: Screens) -> None:
    table = screens.table
    mette = screens.at("Mette")
    save(open_form(mette, table, "strength", "Onsdag gik han selv ind"))
    expect(row(mette, table)).to_contain_text("Onsdag gik han selv ind")
    mette.emulate_media(media="print")
    expect(mette.locator(".board-tools")).to_be_hidden()
    expect(row(mette, table).locator("blockquote").first).to_be_visible()
    mette.emulate_media(media="screen")
    mette.locator("a", has_text="Slut mødet").click()
    expect(mette.locator("main")).to_contain_text("Der er ikke aftalt noget om »Skolen« på dette møde endnu.")
    mette.locator("button", has_text="Del referatet og slut mødet").click()
    mette.wait_for_url("**/minutes/")
    expect(mette.locator("main")).to_contain_text("Onsdag gik han selv ind")
    lis = screens.at("Lis", "minutes/")
    expect(lis.locator("main")).to_contain_text("Onsdag gik han selv ind")
    expect(screens.at("Jens", "minutes/").locator("main")).not_to_contain_text("Onsdag gik han selv ind")
