"""A child's plan is followed up as barnets lov § 95 wants it: when, the four questions, by whom, told to whom."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from familieplan.access.models import Scope
from familieplan.people.models import Person, Unit
from familieplan.plan import actions
from familieplan.plan.followups import due, is_followed, months_after
from familieplan.plan.models import FollowUp, SectorPlan
from tests.plan.house import House
from tests.plan.test_between_words import told
from tests.plan.test_writing import post


@pytest.mark.parametrize(
    "law", ["Barnets lov § 91", "barnets lov §§ 91-94", "§ 91 i Barnets lov, stk. 2", "Barnets lov § 108"]
)
def test_a_plan_the_law_wants_followed(law: str) -> None:
    assert is_followed(law)


@pytest.mark.parametrize(
    "law", ["", "Barnets lov", "Barnets lov § 32", "Barnets lov § 191", "Barnets lov § 32, stk. 91", "Servicelov § 91"]
)
def test_others_are_not(law: str) -> None:
    assert not is_followed(law)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-22", "2027-02-22"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-10-01", "2027-01-01"),
    ],
)
def test_three_months_after(start: str, end: str) -> None:
    assert months_after(date.fromisoformat(start), 3) == date.fromisoformat(end)


def test_the_first_by_law_then_as_decided() -> None:
    start, decided = date(2026, 1, 1), date(2026, 12, 1)
    assert due(start, None, 3) == date(2026, 4, 1)
    assert due(start, decided, 3) == decided


@pytest.fixture
def plan(house: House) -> UUID:
    """Anton's, kept by Lis at school; begun four months ago, so it is late."""
    with house.as_("Lis") as by:
        row = actions.add_sector_plan(
            person=Person(pk=house.people["Anton"], family_id=house.family),
            unit=Unit.objects.get(name="Byskolen"),
            name="Barnets plan",
            legal_section="Barnets lov § 91",
            starts=house.today - timedelta(120),
            by=by,
        )
    house.rows["plan"] = row.pk
    return row.pk


@pytest.fixture
def answers(house: House) -> dict[str, Any]:
    no = dict.fromkeys(("adjust", "assess", "revise", "other"), "no")
    words = {"revise": "yes", "revise_words": "Målet om morgenen er nået", "why": "Anton vil gerne have ro til jul"}
    return no | words | {"held_on": house.today, "next_on": house.today + timedelta(60)}


ADD = "plans/{plan}/follow-ups/add/"


def page(house: House, name: str) -> Any:
    return house.client(name).get(f"{house.base}plans/{house.rows['plan']}/follow-ups/")


def test_it_is_late_until_it_has_been_followed_up(house: House, plan: UUID, answers: dict[str, Any]) -> None:
    assert "skulle have været fulgt op" in house.client("Sara").get(house.base).content.decode()
    assert "Der skulle have været fulgt op" in page(house, "Lis").content.decode()
    assert post(house.client("Lis"), house, ADD, **answers).status_code == 302
    shown = page(house, "Sara").content.decode()
    assert "Der skal følges op senest" in shown
    for words in ("Målet om morgenen er nået", "Anton vil gerne have ro til jul"):
        assert words in shown
    assert "skulle have været fulgt op" not in house.client("Sara").get(house.base).content.decode()


def test_who_reads_it_and_who_answers(house: House, plan: UUID) -> None:
    reads = {name: page(house, name).status_code for name in ("Lis", "Sara", "Peter", "Emma", "Mette", "Jens", "Olga")}
    assert reads == {"Lis": 200, "Sara": 200, "Peter": 200, "Emma": 404, "Mette": 404, "Jens": 404, "Olga": 404}
    address = f"{house.base}plans/{plan}/follow-ups/add/"
    answers = {name: house.client(name).get(address).status_code for name in ("Lis", "Sara", "Peter", "Emma", "Mette")}
    assert answers == {"Lis": 200, "Sara": 403, "Peter": 403, "Emma": 404, "Mette": 404}


def test_child_and_parents_are_told(
    house: House,
    plan: UUID,
    answers: dict[str, Any],
    names: dict[UUID, str],
    superuser_connection: psycopg.Connection,
) -> None:
    post(house.client("Lis"), house, ADD, **answers)
    assert told(superuser_connection, names, "followed") == {"Sara", "Peter"}  # Anton is 10, and hears of it at home
    shown = house.client("Peter").get("/").content.decode()
    assert "Hvorfor da: Anton vil gerne have ro til jul" in shown
    assert "Anton vil gerne" not in house.client("Emma").get("/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"adjust": "yes"}, "Du har svaret ja"),
        ({"other": ""}, "Svar ja eller nej"),
        ({"why": ""}, "Sig hvorfor"),
        ({"held_on": "2099-01-01"}, "ikke kommet endnu"),
        ({"next_on": "2020-01-01"}, "Vælg en dag efter"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    house: House, plan: UUID, answers: dict[str, Any], wrong: dict[str, str], said: str
) -> None:
    answer = post(house.client("Lis"), house, ADD, **answers | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Målet om morgenen er nået" in answer.content.decode()


def test_sent_twice_is_one_and_other_words_are_both_shown(house: House, plan: UUID, answers: dict[str, Any]) -> None:
    lis, once = house.client("Lis"), str(uuid4())
    assert post(lis, house, ADD, **answers, once=once).status_code == 302
    assert post(lis, house, ADD, **answers, once=once).status_code == 302
    other = post(lis, house, ADD, **answers | {"why": "Andre ord"}, once=once)
    assert other.status_code == 409
    assert "Andre ord" in other.content.decode()
    assert "Anton vil gerne have ro til jul" in other.content.decode()
    with house.as_("Lis"):
        assert FollowUp.objects.filter(sector_plan=plan).count() == 1


def test_it_lies_in_its_plans_drawer_and_stays(house: House, plan: UUID, answers: dict[str, Any]) -> None:
    """Also for whoever goes past the form."""
    post(house.client("Lis"), house, ADD, **answers)
    with house.as_("Lis") as by:
        row, kept = FollowUp.objects.get(), SectorPlan.objects.get(pk=plan)
        assert row.scope_id == kept.scope_id
        with pytest.raises(ProgrammingError), transaction.atomic():
            FollowUp.objects.filter(pk=row.pk).update(why="noget andet")
        elsewhere = actions.Place(house.family, (house.people["Anton"],), "wellbeing")
        topic = actions.add_topic(place=elsewhere, title="Et andet sted", by=by)
        row.pk, row.scope_id, row._state.adding = uuid4(), topic.scope_id, True
        with pytest.raises(ProgrammingError), transaction.atomic():
            row.save(force_insert=True)
        assert Scope.objects.filter(pk=topic.scope_id).exists()


def test_a_plan_the_law_says_nothing_of_is_not_followed_here(house: House, plan: UUID) -> None:
    with house.as_("Lis") as by:
        row = SectorPlan.objects.get(pk=plan)
        actions.edit(row=row, version=1, by=by, legal_section="Folkeskoleloven")
    assert page(house, "Lis").status_code == 404
    assert "fulgt op" not in house.client("Sara").get(house.base).content.decode()


def test_whoever_keeps_the_plan_has_it_on_their_day(house: House, plan: UUID, answers: dict[str, Any]) -> None:
    assert "Følg op: Barnets plan" in house.client("Lis").get("/").content.decode()
    for name in ("Mette", "Jens", "Olga"):
        assert "Følg op: Barnets plan" not in house.client(name).get("/").content.decode()
    post(house.client("Lis"), house, ADD, **answers)
    assert "Følg op: Barnets plan" not in house.client("Lis").get("/").content.decode()
