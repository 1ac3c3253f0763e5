"""What hangs where visitors see it: neutral words unless the reader chooses otherwise, and the choice is kept."""

from dataclasses import replace
from uuid import UUID

import psycopg
import pytest

from familieplan.access.context import acting_as
from familieplan.access.enums import Kind
from familieplan.plan.fridge.choose import Kinds, Way, choices, hung
from familieplan.plan.fridge.gather import fridge_plan
from familieplan.plan.page import DepartmentView, FamilyPage, InterventionView
from tests.fridge.test_pdf import needs_pdftotext, text_of
from tests.plan.house import House
from tests.ui import sample

NOTHING = Kinds({}, {})
CLASH = sample.WEEK[2]
GIVEN = replace(
    sample.PAGE, departments=(DepartmentView("X", (InterventionView(CLASH.intervention, 1, CLASH.title),)),)
)


def shown(page: FamilyPage, kinds: Kinds = NOTHING, chosen: dict[UUID, Way] | None = None) -> str:
    return str(fridge_plan(hung(page, choices(page, kinds, chosen or {}))))


def test_what_the_municipality_gives_is_an_appointment() -> None:
    assert CLASH.title not in shown(GIVEN)
    assert CLASH.title in shown(GIVEN, chosen={CLASH.intervention: Way.WHOLE})
    assert "Hundeklub" in shown(GIVEN)  # the family's own


@pytest.mark.parametrize("kind", ["health", "mental_health", "substance_use", "violence", "crime", "economy"])
def test_a_private_topic_does_not_hang_by_itself(kind: str) -> None:
    topic, task = sample.TOPICS[0], sample.PAGE.agreements[0]
    kinds = Kinds({topic.drawer: Kind(kind), task.drawer: Kind(kind)}, {sample.WEEK[4].intervention: kind})
    plain = shown(sample.PAGE, kinds)
    assert not any(words in plain for words in (topic.title, task.text, "Hundeklub"))
    assert topic.title in shown(sample.PAGE, kinds, {topic.id: Way.WHOLE})


def test_a_line_left_out_is_not_there_and_the_others_are() -> None:
    topic, slot = sample.TOPICS[0], sample.WEEK[0]
    offered = choices(sample.PAGE, NOTHING, {topic.id: Way.OUT, slot.intervention: Way.OUT})
    plan, whole = fridge_plan(hung(sample.PAGE, offered)), fridge_plan(sample.PAGE)
    assert [work.title for work in plan.works] == [work.title for work in whole.works[1:]]
    assert [row.days for row in plan.week] == [row.days for row in whole.week[1:]]
    assert plan.hopes == whole.hopes


def test_what_is_private_or_done_is_not_offered() -> None:
    offered = [one.text for lines in choices(sample.PAGE, NOTHING, {}).values() for one in lines]
    assert "Frejas morgener" in offered
    assert not any("cykel" in text or "Weekender" in text for text in offered)


@needs_pdftotext
def test_the_choice_is_kept_for_paper_and_for_next_time_and_is_ones_own(house: House) -> None:
    sara, school = house.client("Sara"), str(house.rows["school"])
    assert "Morgenerne" in text_of(sara.get(f"{house.base}fridge-plan.pdf").content)
    assert sara.post(f"{house.base}fridge-plan/", {school: "out", str(house.family): "out"}).status_code == 302
    for _visit in range(2):
        text = text_of(sara.get(f"{house.base}fridge-plan.pdf").content)
        assert "Praktikken" in text
        assert "Morgenerne" not in text
    with acting_as(house.actor("Jens")):
        from familieplan.plan.fridge.keep import chosen_by

        assert chosen_by(house.actor("Sara"), house.family) == {}
    sara.post(f"{house.base}fridge-plan/", {school: "whole"})
    assert "Morgenerne" in text_of(sara.get(f"{house.base}fridge-plan.pdf").content)


@pytest.mark.parametrize("number", ["abc", "12 34 x", "+", "ring efter 16"])
def test_a_number_is_a_number_in_the_database_too(superuser_connection: psycopg.Connection, number: str) -> None:
    with superuser_connection.transaction(force_rollback=True):
        superuser_connection.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.CheckViolation):
            superuser_connection.execute(
                "INSERT INTO people_unit (id, name, category, reveals_place, phone, department_id)"
                " VALUES (gen_random_uuid(), 'x', 'school', false, %s, gen_random_uuid())",
                [number],
            )
