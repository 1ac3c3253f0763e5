"""Between the meetings: who does what, more time, trials – on the page, and in the database itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from familieplan.access.enums import Kind
from familieplan.people.drafts import form_key
from familieplan.people.models import Person, Staff
from familieplan.plan import actions
from familieplan.plan.models import Agreement, Earlier
from familieplan.plan.page import AgreementView
from familieplan.plan.tasks import When, by_doer, when
from familieplan.ui.dates import full_date
from tests.plan.house import House
from tests.plan.test_drafts import typed
from tests.plan.test_writing import post

TODAY = date(2026, 11, 22)


def view(**said: Any) -> AgreementView:
    first: dict[str, Any] = {"id": uuid4(), "drawer": 1, "text": "ringer", "who": "Sara", "due": TODAY}
    return AgreementView(**first | said)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"due": TODAY + timedelta(7)}, When.SOON),
        ({"due": TODAY + timedelta(8)}, When.LATER),
        ({"is_overdue": True, "due": TODAY - timedelta(1)}, When.OVERDUE),
        ({"is_overdue": True, "is_for_review": True}, When.REVIEW),
        ({"is_for_review": True, "done_on": TODAY}, When.DONE),
    ],
)
def test_when_an_agreement_is_looked_at(said: dict[str, Any], found: When) -> None:
    assert when(view(**said), TODAY) is found


def test_mine_first_then_by_name_and_those_without_a_name_are_one() -> None:
    some = [
        view(who="Åse", doer=uuid4()),
        view(who="Nogen", doer=None),
        view(who="Bo", doer=uuid4()),
        view(who="Nogen", doer=None),
        view(who="Sara", doer=uuid4(), is_mine=True),
    ]
    assert [(one.name, one.is_me) for one in by_doer(some, TODAY)] == [
        ("Sara", True),
        ("Bo", False),
        ("Åse", False),
        ("Nogen", False),
    ]


def agreed(house: House, by: str, about: str, kind: Kind, what: str, doer: str = "", **more: Any) -> UUID:
    with house.as_(by) as actor:
        who = doer or by
        does = (
            Staff.objects.get(pk=house.staff[who])
            if who in house.staff
            else Person(pk=house.people[who], family_id=house.family)
        )
        place = actions.Place(house.family, (house.people[about],), kind)
        day = more.pop("due_on", house.today)
        return actions.agree(place=place, what=what, doer=does, due_on=day, by=actor, **more).pk


def tasks(house: House, name: str, query: str = "") -> str:
    answer = house.client(name).get(f"{house.base}tasks/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_sees_the_agreements_of_their_own_keys(house: House) -> None:
    agreed(house, "Sara", "Sara", Kind.HEALTH, "taler med lægen")
    agreed(house, "Emma", "Emma", Kind.MENTAL_HEALTH, "skriver dagbog")
    agreed(house, "Peter", "Anton", Kind.SCHOOL, "henter Anton")
    shown = {name: tasks(house, name) for name in ("Sara", "Peter", "Emma", "Jens")}
    readers = {
        what: {name for name, page in shown.items() if what in page}
        for what in ("taler med lægen", "skriver dagbog", "henter Anton", "ringer til butikken")
    }
    assert readers == {
        "taler med lægen": {"Sara"},  # not the other parent, not her daughter, not the job centre
        "skriver dagbog": {"Emma"},  # at 16 not her mother's
        "henter Anton": {"Sara", "Peter"},
        "ringer til butikken": {"Sara", "Jens"},
    }
    assert house.client("Olga").get(f"{house.base}tasks/").status_code == 404


def test_by_person_and_an_unknown_person_is_everybody(house: House) -> None:
    agreed(house, "Sara", "Sara", Kind.EMPLOYMENT, "køber cykel")
    mine = tasks(house, "Sara", f"?who={house.people['Sara']}")
    assert "køber cykel" in mine
    assert "ringer til butikken" not in mine
    assert mine.count('aria-current="true"') == 1
    for unknown in (str(house.people["Ida"]), "'; --", "somebody"):
        assert "ringer til butikken" in tasks(house, "Sara", f"?who={unknown}")


def test_done_with_a_word_stays_a_while_and_one_comes_back(house: House) -> None:
    house.rows["mine"] = agreed(house, "Sara", "Sara", Kind.EMPLOYMENT, "køber cykel")
    sara, form = house.client("Sara"), "agreements/{mine}/done/?from=tasks"
    answer = post(sara, house, form, status="done", word="Den er blå", seen="1")
    assert answer["Location"] == f"{house.base}tasks/#agreement-{house.rows['mine']}"
    shown = tasks(house, "Sara")
    assert "Den er blå" in shown.partition("Gjort for nylig")[2]
    post(sara, house, form, status="dropped", word="Alligevel ikke", seen="2")
    assert "køber cykel" not in tasks(house, "Sara")
    assert "køber cykel" in sara.get(f"{house.base}agreements/earlier/").content.decode()


@pytest.fixture
def mettes(house: House) -> UUID:
    """Of Mette's drawer; Jens has taken it on, and only reads there."""
    house.rows["mettes"] = agreed(house, "Mette", "Sara", Kind.EMPLOYMENT, "ringer til praktikken", "Jens")
    return house.rows["mettes"]


def test_the_doer_asks_for_more_time_and_the_old_day_is_kept(house: House, mettes: UUID) -> None:
    jens, later = house.client("Jens"), house.today + timedelta(5)
    answer = post(jens, house, "agreements/{mettes}/later/", day=later, word="Chefen er på ferie", seen="1")
    assert answer.status_code == 302
    with house.as_("Mette"):
        row = Agreement.objects.get(pk=mettes)
        assert (row.due_on, row.word, row.status, row.version) == (later, "Chefen er på ferie", "open", 2)
        assert Earlier.objects.get(row_id=mettes).was["due_on"] == house.today.isoformat()
    history = house.client("Mette").get(f"{house.base}earlier/{mettes}/").content.decode()
    assert f"ringer til praktikken · senest {full_date(house.today)}" in history


@pytest.mark.parametrize("days", [0, -1])
def test_more_time_is_a_later_day(house: House, mettes: UUID, days: int) -> None:
    day = house.today + timedelta(days)
    answer = post(house.client("Jens"), house, "agreements/{mettes}/later/", day=day, word="Før", seen="1")
    assert answer.status_code == 422
    assert "Før" in answer.content.decode()


def test_nobody_elses_agreement_gets_more_time(house: House, mettes: UUID) -> None:
    """Sara reads it and has not taken it on; Lis is on the team with nobody's yes; Olga is nobody here."""
    for name, status in (("Sara", 403), ("Peter", 404), ("Emma", 404), ("Lis", 404), ("Olga", 404)):
        for form in ("later", "done"):
            assert house.client(name).get(f"{house.base}agreements/{mettes}/{form}/").status_code == status, name


FORBIDDEN: dict[str, Callable[[House], Any]] = {
    "what": lambda _house: "noget andet",
    "first_step": lambda _house: "noget andet",
    "doer_staff_id": lambda house: house.staff["Mette"],
    "due_on": lambda house: house.today - timedelta(1),
    "occasion": lambda _house: uuid4(),
}


def refused(house: House, row: UUID, **fields: Any) -> bool:
    """Does the database refuse it to Jens?"""
    with house.as_("Jens"):
        try:
            with transaction.atomic():
                Agreement.objects.filter(pk=row).update(**fields)
                transaction.set_rollback(True)
        except ProgrammingError:
            return True
        return False


@pytest.mark.parametrize("field", FORBIDDEN)
def test_the_doer_changes_nothing_else(house: House, mettes: UUID, field: str) -> None:
    assert refused(house, mettes, **{field: FORBIDDEN[field](house)})
    assert not refused(house, mettes, due_on=house.today + timedelta(1))


def test_the_doer_does_not_prolong_a_trial(house: House, mettes: UUID) -> None:
    trial = {"review_on": house.today + timedelta(30), "stop_rule": "det bliver for meget"}
    assert refused(house, mettes, **trial)


def test_a_trigger_that_lets_days_pass_is_found(
    house: House, mettes: UUID, superuser_connection: psycopg.Connection
) -> None:
    """The planted fault: what the tests above rest on."""
    found = superuser_connection.execute(
        "SELECT pg_get_functiondef('plan.doer_only_reports()'::regprocedure)"
    ).fetchone()
    text = found[0] if found else ""
    right = "NEW.due_on < OLD.due_on"
    assert right in text
    superuser_connection.execute(text.replace(right, "false"))
    assert not refused(house, mettes, due_on=house.today - timedelta(1))


TRIAL = {"review_on": "2099-01-01", "stop_rule": "Anton bliver ked af det"}


def test_a_trial_has_its_day_and_its_stop(house: House) -> None:
    sara = house.client("Sara")
    said = {
        "what": "går selv til bussen",
        "doer": str(house.people["Anton"]),
        "due_on": house.today,
        "about": [str(house.people["Anton"])],
        "kind": "school",
        "first_step": "går sammen mandag",
    }
    for half in TRIAL:
        answer = post(sara, house, "agreements/add/", **said | {half: TRIAL[half]})
        assert answer.status_code == 422
        assert "En prøvehandling har begge dele" in answer.content.decode()
    assert post(sara, house, "agreements/add/", **said | TRIAL).status_code == 302
    shown = tasks(house, "Sara")
    assert "Prøvehandling:" in shown
    assert "Anton bliver ked af det" in shown
    assert "går sammen mandag" in shown
    assert "Skal vi fortsætte" not in shown


@pytest.fixture
def trial(house: House) -> UUID:
    """Anton's, of Sara's drawer; its day has come."""
    what = {"what": "går selv til bussen", "doer": "Anton"}
    house.rows["trial"] = agreed(
        house, "Sara", "Anton", Kind.SCHOOL, **what, review_on=house.today, stop_rule="han bliver ked af det"
    )
    return house.rows["trial"]


def test_a_trial_whose_day_has_come_asks_on_change_or_stop(house: House, trial: UUID) -> None:
    shown = tasks(house, "Sara").partition("Skal ses på sammen")[2]
    assert "Skal vi fortsætte, ændre eller stoppe?" in shown
    for door in ("done", "go-on", "edit"):
        assert f"agreements/{trial}/{door}/" in shown


def test_a_trial_goes_on_until_another_day(house: House, trial: UUID) -> None:
    sara, day = house.client("Sara"), house.today + timedelta(28)
    early = post(sara, house, "agreements/{trial}/go-on/", day=house.today, word="Godt", seen="1")
    assert early.status_code == 422
    assert post(sara, house, "agreements/{trial}/go-on/", day=day, word="Det går godt", seen="1").status_code == 302
    with house.as_("Sara"):
        row = Agreement.objects.get(pk=trial)
        assert (row.review_on, row.due_on, row.word) == (day, day, "Det går godt")
    assert "Skal vi fortsætte" not in tasks(house, "Sara")


def test_what_is_no_trial_does_not_go_on(house: House) -> None:
    assert house.client("Jens").get(f"{house.base}agreements/{house.rows['agreement']}/go-on/").status_code == 404


def test_two_at_once_see_both_days(house: House, trial: UUID) -> None:
    sara, peter = house.client("Sara"), house.client("Peter")
    first, second = house.today + timedelta(7), house.today + timedelta(21)
    assert post(peter, house, "agreements/{trial}/later/", day=first, word="En uge", seen="1").status_code == 302
    answer = post(sara, house, "agreements/{trial}/later/", day=second, word="Tre uger", seen="1")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "En uge" in shown
    assert "Tre uger" in shown
    again = post(sara, house, "agreements/{trial}/later/", day=second, word="Tre uger", seen="2")
    assert again.status_code == 302
    with house.as_("Sara"):
        assert Agreement.objects.get(pk=trial).due_on == second


@pytest.mark.parametrize("door", ["later", "go-on"])
def test_an_answer_that_got_lost_is_sent_again(house: House, trial: UUID, door: str) -> None:
    sara, form = house.client("Sara"), f"agreements/{{trial}}/{door}/"
    said = {"day": house.today + timedelta(7), "word": "En uge", "seen": "1"}
    assert [post(sara, house, form, **said).status_code for _twice in "12"] == [302, 302]
    with house.as_("Sara"):
        assert Agreement.objects.get(pk=trial).version == 2


def test_what_was_typed_and_not_sent_is_still_there(house: House, trial: UUID) -> None:
    address, key = f"{house.base}agreements/{trial}/later/", form_key(house.family, f"agreement:{trial}:later")
    sara = house.client("Sara")
    assert typed(sara, f"{key}:word", sara.get(address).content.decode(), "Ikke færdig endnu").status_code == 204
    assert "Ikke færdig endnu" in house.client("Sara").get(address).content.decode()
    assert "Ikke færdig endnu" not in house.client("Peter").get(address).content.decode()
