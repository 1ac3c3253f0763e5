"""Who may follow, and who is told of what: compared with the grants, asked for by a superuser in words of its own."""

import time
from uuid import UUID, uuid4

import psycopg
import pytest

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.demo.municipality import id_of
from tests.live.conftest import Listen
from tests.live.listening import ELSEWHERE, Process, cookie_of, settle, until

FAMILIES = ("eight_places", "anton", "johanne", "father_in_treatment", "case_one", "case_two")
HOLM = id_of("family", "eight_places")
NOW = "valid_from <= now() AND valid_until > now()"
TABLES = ("plan_topic", "plan_statement", "plan_goal", "plan_agreement")


def holders() -> dict[str, UUID]:
    with acting_as(SIGNING_IN):
        return {user.login: user.holder for user in User.objects.all() if user.holder}


def touch(superuser: psycopg.Connection, drawer: int) -> bool:
    """Something in that drawer is written anew, in one transaction."""
    with superuser.transaction():
        return any(
            superuser.execute(f"UPDATE {table} SET id = id WHERE scope_id = %s".encode(), [drawer]).rowcount
            for table in TABLES
        )


def followers(superuser: psycopg.Connection, family: UUID) -> set[UUID]:
    rows = superuser.execute(
        f"SELECT holder FROM access_grant WHERE family_id = %(f)s AND {NOW} UNION "
        "SELECT t.staff_id FROM people_teammember t JOIN people_staffrole r USING (staff_id, unit_id) "
        "JOIN people_staff s ON s.id = t.staff_id JOIN people_unit u ON u.id = t.unit_id WHERE t.family_id = %(f)s "
        "AND current_date BETWEEN t.starts AND coalesce(t.ends, 'infinity') AND s.left_at IS NULL "
        "AND current_date BETWEEN r.starts AND coalesce(r.ends, 'infinity') AND u.closed_on IS NULL "
        "AND r.role IN ('coordinator', 'professional')".encode(),
        {"f": family},
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize("story", FAMILIES)
def test_each_is_told_of_what_they_hold_a_key_to_and_of_nothing_else(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection, story: str
) -> None:
    family = id_of("family", story)
    may = followers(superuser_connection, family)
    everybody = holders()
    path = f"/live/families/{family}/"
    refused = {login for login in everybody if process.ask(path, {"Cookie": f"session={cookie_of(login)}"})[0] == 404}
    assert refused == {login for login, holder in everybody.items() if holder not in may}

    streams = {login: listen(login, family) for login in everybody.keys() - refused}
    settle(superuser_connection, *streams.values())
    keys = {login: keys_of(superuser_connection, everybody[login], family) for login in streams}
    told: dict[str, set[int]] = {login: set() for login in streams}
    for (drawer,) in superuser_connection.execute(
        "SELECT id FROM access_scope WHERE family_id = %s", [family]
    ).fetchall():
        if touch(superuser_connection, drawer):
            for login, stream in streams.items():
                if drawer in keys[login]:
                    told[login].add(drawer)
                    until(lambda one=stream, new=str(drawer): new in one.drawers, f"{login} was not told")  # type: ignore[misc]
    assert any(told.values())
    time.sleep(0.2)  # for what should not come
    assert {login: stream.drawers for login, stream in streams.items()} == {
        login: {str(drawer) for drawer in drawers} for login, drawers in told.items()
    }


def keys_of(superuser: psycopg.Connection, holder: UUID, family: UUID) -> set[int]:
    rows = superuser.execute(
        f"SELECT DISTINCT scope_id FROM access_grant WHERE holder = %s AND family_id = %s AND {NOW}".encode(),
        [holder, family],
    )
    return {row[0] for row in rows}


def test_what_nobody_here_may_know_of_reaches_nobody(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    """Not the drawer, not the moment, not a gap in the numbers of events."""
    streams = [listen(login, HOLM) for login in ("jens", "lis", "thomas")]
    settle(superuser_connection, *streams)
    numbers = [len(stream.ids) for stream in streams]
    holders_here = [holders()[login] for login in ("jens", "lis", "thomas")]
    hidden = superuser_connection.execute(
        "SELECT DISTINCT scope_id FROM plan_statement s WHERE family_id = %s AND NOT EXISTS ("
        f"SELECT FROM access_grant g WHERE g.scope_id = s.scope_id AND g.holder = ANY (%s) AND {NOW})".encode(),
        [HOLM, holders_here],
    ).fetchall()
    assert hidden
    for (drawer,) in hidden:
        assert touch(superuser_connection, drawer)
    time.sleep(0.3)
    assert [stream.drawers for stream in streams] == [set(), set(), set()]
    superuser_connection.execute("SELECT pg_notify('board', %s)", [f"{HOLM}:"])
    for number, stream in zip(numbers, streams, strict=True):
        until(lambda one=stream: one.drawers == {""}, "the last event did not come")  # type: ignore[misc]
        assert stream.ids == list(range(1, number + 2))


def test_another_family_hears_nothing(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    maria, sara = listen("maria", id_of("family", "anton")), listen("sara", HOLM)
    settle(superuser_connection, maria, sara)
    superuser_connection.execute("SELECT pg_notify('board', %s)", [f"{HOLM}:"])
    until(lambda: sara.drawers, "Sara was not told")
    time.sleep(0.2)
    assert not maria.drawers


def test_whatever_is_notified_by_anybody_does_no_harm(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    sara = listen("sara", HOLM)
    settle(superuser_connection, sara)
    for said in ("", ":", "x", f"{HOLM}", f"{HOLM}:9999999999", f"{HOLM}:-1", f"{HOLM}:1;DROP", f"{uuid4()}:1", "é:٣"):
        superuser_connection.execute("SELECT pg_notify('board', %s)", [said])
    superuser_connection.execute("SELECT pg_notify('board', %s)", [f"{HOLM}:"])
    until(lambda: sara.drawers == {""}, "Sara was not told")
    assert len(sara.told) == 2


def test_a_family_that_is_not_there_answers_as_one_that_is_not_yours(process: Process) -> None:
    answers = [
        process.ask(f"/live/families/{family}/", {"Cookie": f"session={cookie}"})
        for family, cookie in (
            (HOLM, cookie_of("maria")),  # another's
            (uuid4(), cookie_of("maria")),
            (HOLM, cookie_of("birgit")),  # a leader: figures, never a family
            (HOLM, ""),
            (HOLM, "x" * 43),
            (uuid4(), ""),
        )
    ]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 404


def test_only_the_sites_own_pages_may_listen(process: Process) -> None:
    path, cookie = f"/live/families/{HOLM}/", {"Cookie": f"session={cookie_of('sara')}"}
    status, headers, _ = process.ask(path, cookie | {"Origin": ELSEWHERE})
    assert status == 200
    assert headers["access-control-allow-origin"] == ELSEWHERE
    assert headers["access-control-allow-credentials"] == "true"
    for same in ({}, {"Origin": f"http://localhost:{process.port}"}):
        status, headers, _ = process.ask(path, cookie | same)
        assert status == 200
        assert "access-control-allow-origin" not in headers
    for foreign in ("null", "http://localhost:8000.evil.example", "https://localhost:8000", "http://evil.example"):
        assert process.ask(path, cookie | {"Origin": foreign})[0] == 404, foreign
    assert process.ask(path, cookie | {"Host": "evil.example"})[0] == 404


def test_there_is_nothing_else_here(process: Process) -> None:
    cookie = {"Cookie": f"session={cookie_of('sara')}"}
    for method in ("POST", "HEAD", "PUT", "OPTIONS"):
        assert process.ask(f"/live/families/{HOLM}/", cookie, method)[0] == 404
    for path in ("/", "/live/", f"/live/families/{HOLM}", f"/live/families/{str(HOLM).upper()}/", "/static/ui/ui.css"):
        assert process.ask(path, cookie)[0] == 404
