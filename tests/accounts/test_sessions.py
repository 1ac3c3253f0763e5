"""Sessions end: by themselves, by their owner, and never open for someone who only read the table."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from familieplan.accounts import crypto, rules

from .conftest import PASSWORD, House, SignIn, code_of, give_password

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


def is_over(*, started: timedelta, seen: timedelta) -> bool:
    return rules.is_over(started_at=NOON - started, seen_at=NOON - seen, idle=IDLE, longest=LONGEST, now=NOON)


def test_limits_at_the_minute() -> None:
    second = timedelta(seconds=1)
    assert not is_over(started=LONGEST - second, seen=IDLE - second)
    assert is_over(started=timedelta(hours=1), seen=IDLE)
    assert is_over(started=LONGEST, seen=second)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 9; SM-J330F) AppleWebKit/537.36 Chrome/95.0 Mobile Safari", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers_have_names_people_know(agent: str, name: str) -> None:
    assert rules.name_of_browser(agent) == name


def whole_table(superuser: Any) -> list[dict[str, Any]]:
    rows = superuser.execute("SELECT key_hash, user_id, data, browser FROM accounts_session")
    names = [column.name for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def test_a_stolen_table_opens_no_session(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    client = sign_in(house.mia)
    (row,) = whole_table(superuser_connection)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert cookie not in str(row)
    assert b"mia" not in bytes(row["data"])
    for guess in (row["key_hash"], row["data"].hex(), str(row["user_id"])):
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = guess
        assert thief.get("/account/")["Location"].startswith("/account/sign-in/")


def test_planted_fault_cookies_kept_as_they_are(
    house: House, sign_in: SignIn, superuser_connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the hash the theft above succeeds: the test sees what it is there to see."""
    monkeypatch.setattr(crypto, "digest", lambda secret: secret)
    sign_in(house.mia)
    (row,) = whole_table(superuser_connection)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row["key_hash"]
    assert thief.get("/account/").status_code == 200


def test_contents_moved_to_another_row_do_not_open(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    """Whoever can write the table still cannot become somebody else."""
    ib, mia = sign_in(house.ib), sign_in(house.mia)
    superuser_connection.execute(
        "UPDATE accounts_session mine SET data = theirs.data, user_id = theirs.user_id FROM accounts_session theirs"
        " WHERE mine.user_id = %s AND theirs.user_id = %s",
        [house.mia.user, house.ib.user],
    )
    assert mia.get("/account/").status_code == 302
    assert ib.get("/account/").status_code == 200


def test_a_row_given_to_another_user_does_not_open(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    client = sign_in(house.mia)
    superuser_connection.execute("UPDATE accounts_session SET user_id = %s", [house.ada.user])
    assert client.get("/account/").status_code == 302


def test_idle_and_longest(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    """Staff 30 minutes, families 60, nobody more than 12 hours."""
    cookies = {name: sign_in(getattr(house, name)).cookies for name in ("ib", "mia")}

    def is_in(name: str, column: str, minutes: int) -> bool:
        client = Client()
        client.cookies.load(cookies[name].output(header=""))
        superuser_connection.execute("UPDATE accounts_session SET seen_at = now(), started_at = now()")
        superuser_connection.execute(f"UPDATE accounts_session SET {column} = now() - make_interval(mins => {minutes})")
        return client.get("/account/").status_code == 200

    assert is_in("ib", "seen_at", 29)
    assert not is_in("ib", "seen_at", 31)
    assert is_in("mia", "seen_at", 59)
    assert not is_in("mia", "seen_at", 61)
    assert is_in("mia", "started_at", 12 * 60 - 1)
    assert not is_in("mia", "started_at", 12 * 60 + 1)


def test_what_has_run_out_is_not_shown_as_open(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    sign_in(house.mia)
    superuser_connection.execute("UPDATE accounts_session SET seen_at = now() - interval '2 hours'")
    assert "kun logget ind med denne" in sign_in(house.mia).get("/account/").content.decode()


def test_using_it_keeps_it_open(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    client = sign_in(house.ib)
    superuser_connection.execute("UPDATE accounts_session SET seen_at = now() - interval '20 minutes'")
    client.get("/account/")
    row = superuser_connection.execute("SELECT seen_at > now() - interval '1 minute' FROM accounts_session").fetchone()
    assert row == (True,)


def test_one_sees_and_ends_ones_own(house: House, sign_in: SignIn) -> None:
    here, there = sign_in(house.mia), sign_in(house.mia)
    page = here.get("/account/sessions/").content.decode()
    assert page.count("Firefox · Linux") >= 2
    path = page.split('action="/account/sessions/')[1].split('"')[0]
    assert here.post(f"/account/sessions/{path}").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_ending_all_others(house: House, sign_in: SignIn) -> None:
    here, *there = (sign_in(house.mia) for _ in range(3))
    here.post("/account/sessions/others/end/")
    assert [client.get("/account/").status_code for client in (here, *there)] == [200, 302, 302]


def test_anothers_session_does_not_exist(house: House, sign_in: SignIn, superuser_connection: Any) -> None:
    mia, ib = sign_in(house.mia), sign_in(house.ib)
    row = superuser_connection.execute(
        "SELECT id FROM accounts_session WHERE user_id = %s", [house.mia.user]
    ).fetchone()
    assert ib.post(f"/account/sessions/{row[0]}/end/").status_code == 404
    assert mia.get("/account/").status_code == 200


def test_a_new_password_ends_the_others_and_keeps_this_one(house: House, sign_in: SignIn) -> None:
    here, there = sign_in(house.mia), sign_in(house.mia)
    new = "fjorten blå kajakker"
    answer = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert "kun logget ind med denne" in here.get("/account/").content.decode()
    assert there.get("/account/").status_code == 302
    assert give_password(Client(), "mia").status_code == 200
    assert give_password(Client(), "mia", new).status_code == 302


def test_the_cookie_ends_with_the_browser(house: House, client: Client) -> None:
    give_password(client, "mia")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["expires"] == cookie["max-age"] == ""


def test_the_cookie_is_new_after_sign_in(house: House, client: Client, sign_in: SignIn) -> None:
    """A cookie laid in somebody's browser beforehand is worth nothing afterwards (session fixation)."""
    sign_in(house.ib)
    give_password(client, "ib")
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/account/sign-in/code/", {"code": code_of(house.ib)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
