"""Words between the meetings and agreements that move: told to those concerned who may read them, to nobody else."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from familieplan.access.enums import Kind
from familieplan.consent import actions as consents
from familieplan.consent.models import Consent
from tests.plan.house import House
from tests.plan.test_between_tasks import agreed
from tests.plan.test_writing import post

COMMENT = "topics/{work}/statements/add/?kind=comment"
SAID = "Butikken ringede, jeg kan komme onsdag"


def told(database: psycopg.Connection, names: dict[UUID, str], what: str) -> set[str]:
    rows = database.execute("SELECT person FROM consent_notice WHERE what = %s AND read_at IS NULL", [what])
    return {names[row[0]] for row in rows}


def comment(house: House, name: str, text: str = SAID, **more: object) -> None:
    about = {"about": [str(house.people["Sara"])], "kind": "employment", "text": text}
    assert post(house.client(name), house, COMMENT, **about | more).status_code == 302


def front(client: Client) -> str:
    return str(client.get("/").content.decode())


def test_a_comment_is_for_all_who_may_read_it(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    comment(house, "Sara")
    assert told(superuser_connection, names, "comment") == {"Mette", "Jens"}  # not Peter, Emma, Lis, Olga
    for name in ("Sara", "Mette", "Jens"):
        assert SAID in house.client(name).get(house.base).content.decode()
    for name in ("Jens", "Mette"):
        assert "Siden du sidst så efter" in front(house.client(name))
        assert "Praktikken" in front(house.client(name))
    for name in ("Olga", "Lis"):
        assert "Siden du sidst så efter" not in front(house.client(name))


def test_a_professionals_comment_is_on_the_familys_front_page(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    comment(house, "Jens", "Onsdag passer butikken fint")
    assert told(superuser_connection, names, "comment") == {"Sara", "Mette"}
    sara = house.client("Sara")
    assert "Jens: »Onsdag passer butikken fint«" in front(sara)
    for name in ("Peter", "Emma"):
        assert "Onsdag passer" not in front(house.client(name))


def test_several_are_read_with_one_press_whoever_said_them(house: House) -> None:
    comment(house, "Jens", "Det første")
    comment(house, "Mette", "Det andet")
    sara = house.client("Sara")
    shown = front(sara)
    assert shown.count("Nye ord mellem møderne") == 1
    assert shown.index("Det andet") < shown.index("Det første")
    notice = shown.partition("Nye ord mellem møderne")[2].partition("/notices/")[2].partition("/read/")[0]
    sara.post(f"/notices/{notice}/read/")
    assert "Det første" not in front(sara)
    assert "Det andet" not in front(sara)


def test_private_words_are_told_to_nobody(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    comment(house, "Sara", "Det siger jeg kun her", private="on")
    assert told(superuser_connection, names, "comment") == set()
    assert "Det siger jeg kun her" in house.client("Sara").get(house.base).content.decode()
    for name in ("Mette", "Jens"):
        assert "Det siger jeg kun her" not in house.client(name).get(house.base).content.decode()


def test_what_is_no_longer_theirs_to_see_is_no_news(house: House) -> None:
    comment(house, "Sara")
    with house.as_("Sara") as by:
        consents.withdraw(consent=Consent.objects.get(pk=house.rows["consent"]), by=by)
    assert "Siden du sidst så efter" not in front(house.client("Jens"))
    assert "Siden du sidst så efter" in front(house.client("Mette"))


def test_who_will_see_it_is_said_before(house: House) -> None:
    for name in ("Sara", "Jens"):
        shown = house.client(name).get(f"{house.base}{COMMENT.format(**house.rows)}").content.decode()
        assert "who-will" in shown
    assert "Jobcentret" in house.client("Sara").get(f"{house.base}{COMMENT.format(**house.rows)}").content.decode()


def test_the_newest_stands_last(house: House) -> None:
    for number in range(4):
        comment(house, "Sara", f"Ord {number}")
    shown = house.client("Jens").get(house.base).content.decode()
    assert [shown.index(f"Ord {number}") for number in range(4)] == sorted(
        shown.index(f"Ord {number}") for number in range(4)
    )


def test_sent_twice_is_said_and_told_once(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    once = str(uuid4())
    comment(house, "Sara", once=once)
    comment(house, "Sara", once=once)
    rows = superuser_connection.execute("SELECT count(*) FROM consent_notice WHERE what = 'comment'").fetchone()
    assert rows == (2,)  # one each


def test_an_agreement_that_moves_is_told_to_those_it_concerns(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    jens = house.client("Jens")
    answer = post(jens, house, "agreements/{agreement}/done/", status="done", word="De sagde ja", seen="1")
    assert answer.status_code == 302
    assert told(superuser_connection, names, "agreement") == {"Sara", "Mette"}
    assert "»ringer til butikken« – gjort: »De sagde ja«" in front(house.client("Sara"))
    assert "De sagde ja" in front(house.client("Mette")).partition("Siden du sidst så efter")[2]
    for name in ("Peter", "Emma", "Lis", "Olga"):
        assert "De sagde ja" not in front(house.client(name))


def test_of_a_childs_agreement_both_with_custody_hear_and_nobody_at_16(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    house.rows["anton"] = agreed(house, "Sara", "Anton", Kind.SCHOOL, "går selv", "Anton")
    post(house.client("Peter"), house, "agreements/{anton}/done/", status="done", word="Fint", seen="1")
    assert told(superuser_connection, names, "agreement") == {"Sara", "Anton"}
    assert told(superuser_connection, names, "agreement").isdisjoint({"Emma", "Lis", "Mette"})
    house.rows["emma"] = agreed(house, "Emma", "Emma", Kind.MENTAL_HEALTH, "skriver dagbog")
    post(house.client("Emma"), house, "agreements/{emma}/done/", status="done", word="Hver dag", seen="1")
    assert told(superuser_connection, names, "agreement") == {"Sara", "Anton"}  # of Anton's; of Emma's nobody
    assert "Hver dag" not in front(house.client("Sara"))


def test_words_changed_and_nothing_moved_is_no_news(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection
) -> None:
    jens = house.client("Jens")
    said = {"what": "ringer til butikken igen", "doer": str(house.staff["Jens"]), "due_on": house.today}
    answer = post(jens, house, "agreements/{agreement}/edit/", status="open", seen="1", **said)
    assert answer.status_code == 302
    assert told(superuser_connection, names, "agreement") == set()


WHOLE_FAMILY = "g.family_id = (SELECT family_id FROM access_scope WHERE id = drawer) AND"


@pytest.mark.parametrize(
    ("right", "wrong"), [("g.scope_id = drawer AND", WHOLE_FAMILY), ("AND g.valid_until > access.clock()", "AND false")]
)
def test_a_rule_that_tells_others_is_found(
    house: House, names: dict[UUID, str], superuser_connection: psycopg.Connection, right: str, wrong: str
) -> None:
    """Planted faults: everybody with any key in the family, or nobody at all."""
    function = "SELECT pg_get_functiondef('plan.readers_now(bigint)'::regprocedure)"
    [text] = superuser_connection.execute(function).fetchone() or [""]
    assert right in text
    superuser_connection.execute(text.replace(right, wrong))
    comment(house, "Sara")
    assert told(superuser_connection, names, "comment") != {"Mette", "Jens"}


def test_a_trial_to_be_looked_at_is_on_my_day_and_the_front_page(house: House) -> None:
    trial: dict[str, Any] = {"review_on": house.today, "stop_rule": "det bliver for meget"}
    agreed(house, "Sara", "Sara", Kind.EMPLOYMENT, "møder onsdag", **trial)
    assert "møder onsdag" in front(house.client("Mette")).partition("Venter på dig")[2]
    assert "Skal vi fortsætte, ændre eller stoppe?" in front(house.client("Sara"))
    for name in ("Jens", "Peter", "Emma", "Olga"):
        assert "møder onsdag" not in front(house.client(name)).partition("Det næste hos familierne")[0]
