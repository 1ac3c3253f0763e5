"""The way in."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from familieplan.access.context import acting_as
from familieplan.accounts import actions

from .conftest import JOB, House, SignIn, give_password


def without_tokens(answer: Any) -> str:
    return re.sub(r'"[A-Za-z0-9]{64}"|value="[0-9a-f-]{36}"', "", answer.content.decode())


def test_a_mother_comes_in_with_her_password(house: House, client: Client) -> None:
    answer = give_password(client, "mia")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Mia" in client.get("/account/").content.decode()


def test_the_user_name_may_be_written_in_capitals_and_with_a_space(house: House, client: Client) -> None:
    assert give_password(client, " MIA ").status_code == 302


def test_unknown_name_wrong_password_and_closed_account_read_alike(house: House, client: Client) -> None:
    with acting_as(JOB):
        actions.deactivate(user=house.ib.user, by=JOB)
    wrong = without_tokens(give_password(client, "mia", "forkert kodeord")).replace('value="mia"', "")
    unknown = without_tokens(give_password(client, "nobody", "forkert kodeord")).replace('value="nobody"', "")
    closed = without_tokens(give_password(client, "ib")).replace('value="ib"', "")
    assert wrong == unknown == closed
    assert "user name or the password" in wrong or "Brugernavnet eller adgangskoden" in wrong


@pytest.mark.parametrize("login", ["mia", "nobody"])
def test_the_sixth_guess_is_refused_even_with_the_right_password(house: House, client: Client, login: str) -> None:
    for _ in range(5):
        give_password(client, login, "forkert kodeord")
    answer = give_password(client, login)
    assert answer.status_code == 200
    assert client.get("/account/").status_code == 302


def test_guesses_at_one_account_do_not_close_another(house: House, client: Client) -> None:
    for _ in range(6):
        give_password(client, "ib", "forkert kodeord")
    assert give_password(client, "mia").status_code == 302


def test_after_sign_in_one_is_where_one_was_going(house: House, client: Client) -> None:
    asked = client.get("/account/sessions/")
    assert asked["Location"] == "/account/sign-in/?next=%2Faccount%2Fsessions%2F"
    answer = client.post(asked["Location"], {"login": "mia", "password": "tolv gule cykler"})
    assert answer["Location"] == "/account/sessions/"


def test_nobody_is_sent_to_another_house(house: House, client: Client) -> None:
    assert give_password(client, "mia", next="https://evil.example/")["Location"] == "/"


def test_htmx_is_told_to_leave_the_page(house: House, client: Client) -> None:
    answer = client.get(
        "/account/sessions/", headers={"HX-Request": "true", "HX-Current-URL": "https://plan.example/account/"}
    )
    assert answer["HX-Redirect"] == "/account/sign-in/?next=%2Faccount%2F"
    assert answer.content == b""


def test_but_a_form_stays_with_what_was_typed_in_it(house: House, client: Client) -> None:
    answer = client.post("/account/language/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert not {"HX-Redirect", "Location"} & set(answer.headers)


def test_a_form_posted_after_the_session_ended_leads_back_to_its_page(house: House, client: Client) -> None:
    answer = client.post("/account/language/", headers={"Referer": "http://testserver/account/"})
    assert answer["Location"].endswith("?next=%2Faccount%2F")


def test_strange_headers_lead_to_the_front_page(house: House, client: Client) -> None:
    for odd in ("http://[", "javascript:alert(1)//", ""):
        assert client.post("/account/language/", headers={"Referer": odd}).status_code == 302


def test_sign_out_leaves_nothing(house: House, sign_in: SignIn) -> None:
    client = sign_in(house.mia)
    answer = client.post("/account/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account/").status_code == 302


def test_there_is_no_sign_up_and_no_e_mail_page(house: House, client: Client) -> None:
    for path in ("signup/", "email/", "password/reset/", "confirm-email/", "login/code/"):
        assert client.get(f"/account/{path}").status_code == 404


def test_a_holder_who_has_left_is_nobody(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    client = sign_in(house.ib)
    superuser_connection.execute("UPDATE people_staff SET left_at = now() WHERE id = %s", [house.ib.holder])
    assert client.get("/account/")["Location"].startswith("/account/sign-in/")


def test_who_asks_is_found_in_three_statements(house: House, sign_in: SignIn) -> None:
    """Somebody is signing in; session, user and profile; who asks from now on."""
    client = sign_in(house.mia)
    with CaptureQueriesContext(connection) as asked:
        client.get("/account/no-such-page/")
    assert len([query for query in asked if query["sql"] not in {"BEGIN", "COMMIT"}]) == 3


def test_guesses_made_at_the_same_moment_are_all_counted(house: House) -> None:
    """A request holds its counter until it commits, so nobody gets more than five by asking side by side."""

    def guess(_number: int) -> bool:
        with closing(connection):  # each thread has its own
            page = give_password(Client(), "mia", "forkert kodeord").content.decode()
        return "fem minutter" in page

    with ThreadPoolExecutor(8) as at_once:
        refused = list(at_once.map(guess, range(16)))
    assert refused.count(False) == 5
