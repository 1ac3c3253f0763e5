"""An open form survives its session, for the one who opened it and for nobody else."""

import re

import pytest
from django.conf import settings
from django.test import Client

from .conftest import PASSWORD, House


@pytest.fixture
def browser_of_mia(house: House) -> Client:
    """A real browser: tokens are asked for."""
    client = Client(enforce_csrf_checks=True)
    assert give_password(client, "mia") == 302
    return client


def token_in(client: Client, path: str) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert found
    return found[1]


def give_password(client: Client, login: str) -> int:
    path = "/account/sign-in/"
    answer = client.post(path, {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": token_in(client, path)})
    return answer.status_code


def save(client: Client, token: str) -> int:
    return client.post("/account/language/", {"language": "en", "csrfmiddlewaretoken": token}).status_code


def session_runs_out(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def test_the_same_person_saves_it(browser_of_mia: Client) -> None:
    open_form = token_in(browser_of_mia, "/account/")
    session_runs_out(browser_of_mia)
    assert give_password(browser_of_mia, "mia") == 302
    assert save(browser_of_mia, open_form) == 302


def test_another_person_does_not(house: House, browser_of_mia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("familieplan.accounts.middleware.may_come_in", lambda _request, _user: True)
    open_form = token_in(browser_of_mia, "/account/")
    session_runs_out(browser_of_mia)
    assert give_password(browser_of_mia, "ib") == 302
    assert save(browser_of_mia, open_form) == 403


def test_nor_the_same_person_after_signing_out(browser_of_mia: Client) -> None:
    open_form = token_in(browser_of_mia, "/account/")
    browser_of_mia.post("/account/sign-out/", {"csrfmiddlewaretoken": open_form})
    assert give_password(browser_of_mia, "mia") == 302
    assert save(browser_of_mia, open_form) == 403


def test_nor_with_a_secret_laid_there_by_another(browser_of_mia: Client) -> None:
    session_runs_out(browser_of_mia)
    browser_of_mia.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    assert give_password(browser_of_mia, "mia") == 302
    assert browser_of_mia.cookies[settings.CSRF_COOKIE_NAME].value != "a" * 32


def test_the_mark_names_nobody(house: House, browser_of_mia: Client) -> None:
    mark = browser_of_mia.cookies["same_again"].value
    assert str(house.mia.user) not in mark
    assert "mia" not in mark
