"""The second step: staff must, families may."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from familieplan.accounts import middleware

from .conftest import House, SignIn, add_app, code_of, give_password

HALFWAY = "00000000-0000-4000-8000-000000000000"
OPEN_HALFWAY = {"account_login", "account_logout", "account_reauthenticate", "mfa_activate_totp", "account_accept",
                "mfa_authenticate", "set_language", "account_demo"}  # fmt: skip


def every_door(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, str]]:
    """All addresses of the product, filled in with ids that lead nowhere."""
    for pattern in patterns:
        path = before + re.sub("<int:[a-z_]+>", "1", str(pattern.pattern))
        path = re.sub("<([a-z]+:)?[a-z_]+>", HALFWAY, path)
        if isinstance(pattern, URLResolver):
            yield from every_door(pattern.url_patterns, path)
        else:
            yield pattern.name or path, path


def halfway(house: House) -> Client:
    client = Client()
    give_password(client, "carla")
    return client


def test_staff_without_one_reach_nothing(house: House) -> None:
    client = halfway(house)
    for name, path in every_door(get_resolver().url_patterns):
        answer = client.get(path)
        if name not in OPEN_HALFWAY and not is_marked_open(path):
            assert answer.status_code in {302, 404}, path
            assert answer.get("Location", "/account/app/") == "/account/app/", path


def is_marked_open(path: str) -> bool:
    match = get_resolver().resolve(path)
    return getattr(match.func, "open_to_all", False)


def test_for_the_database_they_are_still_signing_in(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[str] = []
    monkeypatch.setattr(middleware, "act_as", lambda actor: became.append(actor.kind))
    halfway(house).get("/account/app/")
    assert became == []


def test_the_gate_is_what_holds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: without the rule the page opens, so the test above means something."""
    monkeypatch.setattr(middleware, "may_come_in", lambda _request, _user: True)
    assert halfway(house).get("/account/sessions/").status_code == 200


def test_adding_the_app_lets_one_in(house: House) -> None:
    client = halfway(house)
    assert client.get("/account/sessions/")["Location"] == "/account/app/"
    add_app(client, house.carla)
    assert client.get("/account/sessions/").status_code == 200
    assert "<li><code>" in client.get("/account/codes/").content.decode()


def test_next_time_the_code_is_asked_for(house: House, sign_in: SignIn) -> None:
    sign_in(house.carla)
    client = Client()
    assert give_password(client, "carla")["Location"] == "/account/sign-in/code/"
    assert client.get("/account/")["Location"].startswith("/account/sign-in/")
    assert client.post("/account/sign-in/code/", {"code": "000000"}).status_code == 200
    assert client.get("/account/")["Location"].startswith("/account/sign-in/")
    assert client.post("/account/sign-in/code/", {"code": code_of(house.carla)}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_code_is_good_once(house: House, sign_in: SignIn) -> None:
    sign_in(house.carla)
    codes = []
    for _ in range(2):
        client = Client()
        give_password(client, "carla")
        codes.append(client.post("/account/sign-in/code/", {"code": code_of(house.carla)}).status_code)
    assert codes == [302, 200]


def test_a_recovery_code_opens_once(house: House, sign_in: SignIn) -> None:
    page = sign_in(house.carla).get("/account/codes/").content.decode()
    code = page.split("<li><code>")[1].split("<")[0]
    answers = []
    for _ in range(2):
        client = Client()
        give_password(client, "carla")
        answers.append(client.post("/account/sign-in/code/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_six_wrong_codes_are_too_many(house: House, sign_in: SignIn) -> None:
    sign_in(house.carla)
    client = Client()
    give_password(client, "carla")
    for _ in range(5):
        client.post("/account/sign-in/code/", {"code": "000000"})
    assert client.post("/account/sign-in/code/", {"code": code_of(house.carla)}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_a_session_from_before_the_app_ends_when_it_is_added(house: House, sign_in: SignIn) -> None:
    thief = halfway(house)  # has the password, waits
    sign_in(house.carla)
    assert thief.get("/account/app/")["Location"].startswith("/account/sign-in/")


def test_families_are_offered_it_and_may_stop(house: House, sign_in: SignIn) -> None:
    client = sign_in(house.mia)
    assert "/account/app/" in client.get("/account/").content.decode()
    add_app(client, house.mia)
    assert client.post("/account/app/remove/").status_code == 302
    assert give_password(Client(), "mia")["Location"] == "/"


def test_staff_may_not_stop(house: House, sign_in: SignIn) -> None:
    assert sign_in(house.carla).post("/account/app/remove/").status_code == 404


def test_secrets_are_sealed_in_the_table(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    sign_in(house.carla)
    rows = superuser_connection.execute("SELECT type, data FROM mfa_authenticator").fetchall()
    assert {kind for kind, _ in rows} == {"totp", "recovery_codes"}
    assert house.carla.secret not in json.dumps([data for _, data in rows])


def test_the_secret_is_not_readable_in_the_session_while_it_is_shown(house: House, superuser_connection: Any) -> None:
    client = halfway(house)
    page = client.get("/account/app/").content.decode()
    secret = page.split("<code>")[1].split("<")[0]
    sealed = [bytes(data) for (data,) in superuser_connection.execute("SELECT data FROM accounts_session").fetchall()]
    assert sealed
    assert not any(secret.encode() in data or b"carla" in data for data in sealed)
