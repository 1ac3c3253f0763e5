"""One's own address, a colleague's, how the mail goes, and the demo's mailbox."""

import re
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings
from django.test import Client

from familieplan.access.context import acting_as
from familieplan.post import actions, sending
from familieplan.post.enums import LetterKind
from familieplan.post.jobs import send
from tests.accounts.conftest import House, SignIn, Someone, sign_in
from tests.post.conftest import FROM, SITE, MailServer, outbox, wait_for, worker, write_to

__all__ = ["sign_in"]


def address(someone: Someone) -> str:
    with acting_as(someone.actor):
        return actions.address_of(by=someone.actor)


def test_one_writes_down_an_address_changes_it_and_takes_it_back(people: House, sign_in: SignIn) -> None:
    mia = sign_in(people.mia)
    assert "/account/address/" in mia.get("/account/").content.decode()
    assert "mia@mail.example" in mia.get("/account/address/").content.decode()
    for typed, kept in (("mia.holm@mail.example", "mia.holm@mail.example"), ("", "")):
        answer = mia.post("/account/address/", {"email": typed})
        assert answer.status_code == 302
        assert address(people.mia) == kept


def test_what_is_no_address_is_refused_and_what_was_typed_stays(people: House, sign_in: SignIn) -> None:
    answer = sign_in(people.mia).post("/account/address/", {"email": "mia@mail"})
    assert answer.status_code == 422
    assert 'value="mia@mail"' in answer.content.decode()
    assert "Det er ikke en mailadresse" in answer.content.decode()
    assert address(people.mia) == "mia@mail.example"


def test_one_is_told_that_the_address_takes_no_mail(
    people: House, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    mia = sign_in(people.mia)
    assert "kom tilbage" not in mia.get("/account/address/").content.decode()
    write_to(people.mia, people.carla)
    superuser_connection.execute("UPDATE post_letter SET failed_at = now(), trouble = 'refused'")
    assert "kom tilbage" in mia.get("/account/address/").content.decode()
    mia.post("/account/address/", {"email": "mia.holm@mail.example"})
    assert "kom tilbage" not in mia.get("/account/address/").content.decode()


def test_an_administrator_writes_down_a_colleagues_and_they_are_told(people: House, sign_in: SignIn) -> None:
    page = f"/admin/staff/{people.ib.holder}/address/"
    ada = sign_in(people.ada)
    assert page in ada.get(f"/admin/staff/{people.ib.holder}/").content.decode()
    assert ada.post(page, {"email": ""}).status_code == 422
    assert ada.post(page, {"email": "ib@kommune.example"}).status_code == 302
    assert address(people.ib) == "ib@kommune.example"
    assert "ib@kommune.example" not in ada.get(page).content.decode()
    assert "hvor dine beskeder sendes hen" in sign_in(people.ib).get("/account/").content.decode()
    assert sign_in(people.carla).get(page).status_code == 404


def test_an_administrator_sees_that_mail_does_not_get_out(
    people: House, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    ada = sign_in(people.ada)
    write_to(people.mia, people.carla)
    assert "Mails kommer ikke af sted" not in ada.get("/admin/").content.decode()
    superuser_connection.execute("UPDATE post_letter SET created_at = now() - interval '16 minutes'")
    assert "Mails kommer ikke af sted" in ada.get("/admin/").content.decode()
    superuser_connection.execute("UPDATE post_letter SET failed_at = now(), trouble = 'refused'")
    text = ada.get("/admin/").content.decode()
    assert "Mails kommer ikke af sted" not in text
    assert "1 mail fra den sidste uge kunne ikke afleveres" in text
    assert "mia@mail.example" not in text


@pytest.fixture
def mailbox(people: House, server: MailServer, settings: LazySettings) -> MailServer:
    """Two letters have come: an invitation for Mia, a reminder for Carla."""
    settings.DEMO_MAILBOX = server.folder
    write_to(people.mia, people.carla, kind=LetterKind.INVITATION)
    write_to(people.carla, people.mia)
    with server.running(), worker(server.url):
        wait_for(lambda: len(server.letters()) == 2)
    return server


def test_the_demos_mailbox_shows_each_letter_and_its_calendar(mailbox: MailServer, settings: LazySettings) -> None:
    settings.DEMO = True
    page = Client().get("/demo/mailbox/").content.decode()
    assert page.count("Der er noget til dig i Familiens Plan") == 2
    assert {"mia@mail.example", "carla@mail.example"} <= set(re.findall(r"\w+@mail\.example", page))
    mias = Client().get("/demo/mailbox/?to=mia@mail.example").content.decode()
    assert "carla" not in mias
    [link] = re.findall(r"/demo/mailbox/[0-9a-f-]{36}/", mias)
    letter = Client().get(link).content.decode()
    assert "1. december 2026 10.00" in letter
    assert "METHOD:REQUEST" in letter
    assert SITE in letter
    assert "Demo" in letter


def test_outside_the_demo_there_is_no_mailbox(mailbox: MailServer, settings: LazySettings) -> None:
    [message, *_] = mailbox.letters()
    letter = str(message["Message-ID"]).strip("<>").partition("@")[0]
    for demo, status in ((True, 200), (False, 404)):
        settings.DEMO = demo
        assert Client().get("/demo/mailbox/").status_code == status
        assert Client().get(f"/demo/mailbox/{letter}/").status_code == status
    settings.DEMO = True
    assert Client().get(f"/demo/mailbox/{uuid4()}/").status_code == 404


def test_what_else_lies_in_the_folder_is_passed_over(people: House, server: MailServer, settings: LazySettings) -> None:
    settings.DEMO, settings.DEMO_MAILBOX = True, server.folder
    assert "Ingen mails endnu" in Client().get("/demo/mailbox/").content.decode()
    (server.folder / "new").mkdir(parents=True)
    for name, text in (("a", b""), ("b", b"Message-ID: <x@y>\n\nhello"), ("c", b"\xff\x00\n\n")):
        (server.folder / "new" / name).write_bytes(text)
    assert "Ingen mails endnu" in Client().get("/demo/mailbox/").content.decode()


def test_a_job_that_comes_twice_sends_once(
    people: House, server: MailServer, settings: LazySettings, superuser_connection: psycopg.Connection
) -> None:
    from familieplan.environment import mail_server

    settings.SMTP, settings.MAIL_FROM, settings.SITE_URL = mail_server(server.url), FROM, SITE
    write_to(people.mia, people.carla)
    row = superuser_connection.execute("SELECT id FROM post_letter").fetchone()
    assert row
    with server.running():
        for _ in range(2):
            send(str(row[0]))
        sending.send(uuid4())  # a letter that is gone
    assert len(server.letters()) == 1
    assert outbox(superuser_connection) == [(True, False, "")]
