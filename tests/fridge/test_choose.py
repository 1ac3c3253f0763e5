"""What a family will not have hanging where visitors see it."""

from familieplan.plan.fridge.choose import choices, ids, without
from familieplan.plan.fridge.gather import fridge_plan
from tests.fridge.test_pdf import needs_pdftotext, text_of
from tests.plan.house import House
from tests.ui import sample


def test_a_line_left_out_is_not_there_and_the_others_are() -> None:
    topic, slot = sample.TOPICS[0], sample.WEEK[0]
    plan = fridge_plan(without(sample.PAGE, {topic.id, slot.intervention}))
    whole = fridge_plan(sample.PAGE)
    assert [work.title for work in plan.works] == [work.title for work in whole.works[1:]]
    assert [row.days for row in plan.week] == [row.days for row in whole.week[1:]]
    assert plan.hopes == whole.hopes


def test_what_is_private_or_done_is_not_offered() -> None:
    offered = [one.text for lines in choices(sample.PAGE, ()).values() for one in lines]
    assert "Frejas morgener" in offered
    assert not any("cykel" in text or "Weekender" in text for text in offered)


def test_what_is_no_id_is_passed_over() -> None:
    one = sample.TOPICS[0].id
    assert ids([str(one), "x", "", "1; DROP"]) == {one}


@needs_pdftotext
def test_the_choice_goes_with_the_page_to_the_paper(house: House) -> None:
    sara, leave = house.client("Sara"), f"leave={house.rows['school']}"
    page = sara.get(f"{house.base}fridge-plan/?{leave}").content.decode()
    assert f"fridge-plan.pdf?lang=da&amp;{leave}" in page
    assert page.count("Morgenerne") == 1  # the tick that brings it back
    text = text_of(sara.get(f"{house.base}fridge-plan.pdf?{leave}").content)
    assert "Praktikken" in text
    assert "Morgenerne" not in text
