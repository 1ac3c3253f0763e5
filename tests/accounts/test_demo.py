"""The demo's cards. Outside the demo they are not there."""

import importlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import clear_url_caches

from familieplan.accounts import urls, views
from familieplan.accounts.cast import DemoPerson

from .conftest import House


def cast() -> list[DemoPerson]:
    return [
        DemoPerson("carla", "Carla", "Coordinator", "Coordinates for four families.", "Staff"),
        DemoPerson("mia", "Mia", "Mother", "Has eight meeting places.", "Families"),
        DemoPerson("gone", "Nobody", "Nobody", "Has no account."),
    ]


def read_addresses_again() -> None:
    importlib.reload(urls)
    clear_url_caches()
    importlib.reload(sys.modules["familieplan.urls"])


@pytest.fixture
def in_demo(settings: Any) -> Iterator[None]:
    settings.DEMO = True
    settings.FAMILIEPLAN_DEMO_CAST = f"{__name__}.cast"
    read_addresses_again()
    yield
    settings.DEMO = False
    read_addresses_again()


def test_one_press_and_one_is_somebody(in_demo: None, house: House, client: Client) -> None:
    page = client.get("/account/demo/").content.decode()
    assert "Has eight meeting places." in page
    assert "Has no account." not in page
    assert client.post("/account/demo/", {"login": "carla"})["Location"] == "/"
    assert "Carla" in client.get("/account/").content.decode()  # staff without a second factor: only here


def test_one_changes_into_another_without_carrying_anything_over(in_demo: None, house: House, client: Client) -> None:
    client.post("/account/demo/", {"login": "carla"})
    before = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post("/account/demo/", {"login": "mia"})
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != before
    page = client.get("/account/").content.decode()
    assert "Mia" in page
    assert "Carla" not in page


@pytest.mark.parametrize("login", ["ada", "gone", "", "nobody"])
def test_only_the_cast(in_demo: None, house: House, client: Client, login: str) -> None:
    assert client.post("/account/demo/", {"login": login}).status_code == 404
    assert client.get("/account/").status_code == 302


def test_outside_the_demo_the_address_does_not_exist(house: House, client: Client, settings: Any) -> None:
    settings.FAMILIEPLAN_DEMO_CAST = f"{__name__}.cast"
    assert client.get("/account/demo/").status_code == 404
    assert client.post("/account/demo/", {"login": "mia"}).status_code == 404
    assert "demo" not in client.get("/account/sign-in/").content.decode()


def test_nor_does_the_page_if_the_address_were_left_in(settings: Any) -> None:
    with pytest.raises(Http404):
        views.demo(RequestFactory().post("/account/demo/", {"login": "mia"}))
