"""The agenda is set at the kitchen table on the coordinator's telephone; the school proposes one thing more, and Sara
is told before anybody meets."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.town import HOLM, Town, path, words

ONE = re.compile(r"/meetings/[0-9a-f-]{36}/$")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def planned(mette: Page) -> str:
    """With Sara, at the first of the best times. Answers with the meeting's address."""
    mette.goto(f"{HOLM}meetings/")
    follow(mette, "Planlæg et møde")
    expect(mette.get_by_label("Sara")).to_be_checked()
    mette.get_by_label("Hvor?").fill("Hjemme hos Sara")
    press(mette, "Planlæg mødet")
    mette.wait_for_url(ONE)
    here = path(mette)
    follow(mette, "Find en tid")
    expect(mette.get_by_role("button", name="Tag den her")).to_have_count(5)
    press(mette, "Tag den her")
    mette.wait_for_url(ONE)
    assert path(mette) == here
    return here


def test_the_kitchen_table(town: Town) -> None:
    mette, sara, lis = town.sign_in("mette", "phone"), town.sign_in("sara", "phone"), town.sign_in("lis", "laptop")
    here = planned(mette)

    follow(mette, "Sæt noget på dagsordenen")
    mette.get_by_label(re.compile("^Emil og skolen")).check()
    press(mette, "Sæt det på dagsordenen")
    follow(mette, "Invitér nogen")
    mette.get_by_label(re.compile("^Lis Krogh")).check()
    press(mette, "Invitér dem")
    lis.goto(here)
    expect(lis.get_by_role("heading", level=1)).not_to_have_text("Opfølgningsmøde")  # the agenda is not out
    press(mette, "Send dagsordenen")
    expect(mette.get_by_text("Dagsordenen er sendt. Alle")).to_be_visible()

    lis.goto("/")
    lis.locator("li", has_text="Du er indkaldt til et møde").locator(f"a[href='{here}']").click()
    assert "Emil og skolen" in words(lis)
    press(lis, "Ja, jeg kommer")
    follow(lis, "Foreslå noget")
    follow(lis, "Noget, der ikke står i planen endnu")
    lis.get_by_label("Hvad handler det om, med få ord?").fill("Svømning om torsdagen")
    lis.get_by_label("Emil").check()
    press(lis, "Gem")
    expect(lis.get_by_text("Familien har ikke valgt endnu.")).to_be_visible()

    sara.goto(here)
    news = sara.locator("#new")
    for said in ("Emil og skolen", "Lis Krogh", "Mette Lund"):
        expect(news).to_contain_text(said)
    press(sara, "Jeg ved det nu")
    expect(news).to_have_count(0)
    press(sara, "Ja, den tager vi")
    expect(sara.locator("#agenda")).to_contain_text("Svømning om torsdagen")
    press(sara, "Ja, jeg kommer")

    mette.goto(f"{here}begin/")
    press(mette, "Vi har talt om det nu")  # with Thomas, who does not come, and has custody
    assert "Sig dette først" not in words(mette)
    press(mette, "Begynd mødet")
    mette.wait_for_url(re.compile("/board/"))


def test_what_it_collides_with_stands_there_while_it_is_booked(town: Town) -> None:
    mette = town.sign_in("mette", "phone")
    mette.goto(f"{HOLM}meetings/add/")
    tuesday = date.today() + timedelta(days=7 + (1 - date.today().weekday()) % 7)  # noqa: DTZ011
    mette.get_by_label("Hvilken dag?").fill(tuesday.isoformat())
    mette.get_by_label("Hvad tid?").fill("10:00")
    mette.get_by_label("Hvor?").click()
    expect(mette.get_by_text("Det falder sammen med Praktik i planteskole (Sara)")).to_be_visible()
    mette.get_by_label("Hvad tid?").fill("13:30")
    mette.get_by_label("Hvor?").click()
    expect(mette.get_by_text("Det falder sammen med Praktik i planteskole (Sara)")).to_have_count(0)


def test_what_sara_has_not_heard_stops_the_meeting(town: Town) -> None:
    mette = town.sign_in("mette", "phone")
    here = planned(mette)
    follow(mette, "Sæt noget på dagsordenen")
    mette.get_by_label(re.compile("^Emil og skolen")).check()
    press(mette, "Sæt det på dagsordenen")
    mette.goto(f"{here}begin/")
    press(mette, "Begynd mødet")
    expect(mette.get_by_role("alert")).to_contain_text("Mødet kan ikke begynde endnu")
    for _ in ("Sara", "Thomas, who does not come"):
        press(mette, "Vi har talt om det nu")
    expect(mette.get_by_text("Sig dette først")).to_have_count(0)
    press(mette, "Begynd mødet")
    mette.wait_for_url(re.compile("/board/"))
