"""The board: everybody's words on it, each reader's own, written once and in their place."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from familieplan.meetings import actions
from familieplan.meetings.enums import Stage
from familieplan.people.models import Draft
from familieplan.plan.models import LONGEST_TEXT, Agreement, Statement
from tests.meetings.board import agree, base, look, place, running, say
from tests.meetings.conftest import SignIn, Table

__all__ = ["running"]
pytestmark = pytest.mark.usefixtures("transactional_db")


def cell(page: str, key: str) -> str:
    """The first topic's cell of that column."""
    return next(part for part in re.split(r'<div class="cell cell-', page)[1:] if part.startswith(f'{key}"'))


def test_words_stand_in_their_cell_with_their_speaker(running: Table, sign_in: SignIn) -> None:
    mette, sara = sign_in("Mette"), sign_in("Sara")
    person = str(running.street.persons["Sara"])
    assert say(mette, running, "Skolen", "worry", "Han vil ikke op om morgenen", speaker=person).status_code == 302
    assert say(sara, running, "Skolen", "strength", "Onsdag gik det fint").status_code == 302
    board = look(sara, running)
    assert re.findall(r'class="cell cell-(\w+)"', board)[:4] == ["worries", "works", "wishes", "agreements"]
    worries = cell(board, "worries")
    assert "Han vil ikke op om morgenen" in worries
    assert "fortalt til Mette" in worries
    assert "Onsdag gik det fint" in cell(board, "works")
    with running.as_("Mette"):
        assert {row.occasion for row in Statement.objects.all()} == {running.meeting}


def test_the_familys_words_stand_first_and_professionals_with_their_department(running: Table, sign_in: SignIn) -> None:
    say(sign_in("Lis"), running, "Skolen", "worry", "Han er træt i timerne")
    say(sign_in("Sara"), running, "Skolen", "worry", "Han sover dårligt")
    worries = cell(look(sign_in("Mette"), running), "worries")
    assert worries.index("Han sover dårligt") < worries.index("Han er træt i timerne")
    assert re.search(r"words-staff.*Han er træt i timerne.*<b>Lis</b>, Byskolen", worries, re.S)


def test_what_was_said_before_is_told_from_what_is_said_now(running: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    plan = f"/families/{running.street.family}/topics/{running.topics['Skolen']}/statements/add/?kind=worry"
    assert sara.post(plan, place(running, "Skolen") | {"text": "Det gamle"}).status_code == 302
    say(sara, running, "Skolen", "worry", "Det nye")
    worries = cell(look(sara, running), "worries")
    assert re.search(r"is-now[^>]*>\s*<blockquote[^>]*>Det nye", worries)
    assert re.search(r"is-before[^>]*>\s*<blockquote[^>]*>Det gamle", worries)


def test_each_reader_has_a_board_of_their_own_without_gaps(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    say(mette, running, "Skolen", "worry", "Om skolen", speaker=str(running.street.persons["Sara"]))
    say(mette, running, "Arbejdet", "worry", "Om arbejdet", speaker=str(running.street.persons["Sara"]))
    seen = {name: look(sign_in(name), running) for name in ("Sara", "Lis", "Jens")}
    assert "Om skolen" in seen["Sara"]
    assert "Om arbejdet" in seen["Sara"]
    assert "Om skolen" in seen["Lis"]
    assert "arbejdet" not in seen["Lis"].lower()
    assert "Om arbejdet" in seen["Jens"]
    assert "skolen" not in re.sub("byskolen", "", seen["Jens"].lower())
    assert str(running.topics["Skolen"]) not in seen["Jens"]


def test_a_topic_one_may_not_see_is_not_there(running: Table, sign_in: SignIn) -> None:
    jens = sign_in("Jens")
    for at in (f"board/{running.topics['Skolen']}/", f"board/{running.topics['Skolen']}/say/worry/"):
        assert jens.get(base(running) + at).status_code == 404
    assert say(jens, running, "Skolen", "worry", "Hvad med mig").status_code == 404


def test_nobody_from_outside_gets_in(running: Table, sign_in: SignIn) -> None:
    """Freja is of the family and not at the table; Olga is at the job centre and not on the team."""
    for name in ("Freja", "Olga", "Leo"):
        for at in ("board/", "projector/", "end/", "minutes/", "reflect/"):
            assert sign_in(name).get(base(running) + at).status_code == 404, (name, at)
    assert say(sign_in("Freja"), running, "Skolen", "worry", "Mig").status_code == 404


def test_two_in_one_cell_both_stand(running: Table, sign_in: SignIn) -> None:
    say(sign_in("Sara"), running, "Skolen", "wish", "Ro om morgenen")
    say(sign_in("Jonas"), running, "Skolen", "wish", "At han får en ven")
    wishes = cell(look(sign_in("Mette"), running), "wishes")
    assert "Ro om morgenen" in wishes
    assert "At han får en ven" in wishes


def test_new_words_for_ones_own_keep_the_old(running: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    say(sara, running, "Skolen", "worry", "Han vil ikke")
    with running.as_("Sara"):
        old = Statement.objects.get()
    address = f"{base(running)}board/words/{old.pk}/"
    data = {"once": str(uuid4()), "text": "Han kan ikke", "seen": str(old.pk)}
    assert sara.post(address, data).status_code == 302
    worries = cell(look(sara, running), "worries")
    assert "Han kan ikke" in worries
    assert "Han vil ikke" not in worries
    with running.as_("Sara"):
        assert set(Statement.objects.values_list("text", flat=True)) == {"Han vil ikke", "Han kan ikke"}
    late = sara.post(address, data | {"once": str(uuid4()), "text": "Noget tredje"})
    assert late.status_code == 409
    assert "Noget tredje" in late.content.decode()
    assert sign_in("Jonas").post(address, data | {"once": str(uuid4())}).status_code == 403


def test_private_words_are_between_two(running: Table, sign_in: SignIn) -> None:
    mette, person = sign_in("Mette"), str(running.street.persons["Sara"])
    answer = say(mette, running, "Skolen", "worry", "Kun dig og mig", speaker=person, private="on")
    assert answer.status_code == 302
    assert "Kun dig og mig" in look(sign_in("Sara"), running)
    for name in ("Jonas", "Lis"):
        assert "Kun dig og mig" not in look(sign_in(name), running)
    assert "Kun dig og mig" not in look(mette, running, "projector/")


def test_a_form_sent_twice_is_one(running: Table, sign_in: SignIn) -> None:
    sara, once = sign_in("Sara"), str(uuid4())
    for _ in range(2):
        assert say(sara, running, "Skolen", "worry", "En gang", once=once).status_code == 302
    assert look(sara, running).count(">En gang</blockquote>") == 1
    other = say(sara, running, "Skolen", "worry", "Noget andet", once=once)
    assert other.status_code == 409
    assert "Noget andet" in other.content.decode()


def test_a_number_for_each_and_the_last_one_beside_it(running: Table, sign_in: SignIn) -> None:
    sara, mette = sign_in("Sara"), sign_in("Mette")
    address = f"{base(running)}board/{running.topics['Skolen']}/scale/"
    for number in ("3", "6"):
        assert sara.post(address, place(running, "Skolen") | {"scale": number, "text": ""}).status_code == 302
    jonas = place(running, "Skolen") | {"scale": "4", "speaker": str(running.street.persons["Jonas"]), "text": "Bedre"}
    assert mette.post(address, jonas).status_code == 302
    board = look(mette, running)
    assert re.findall(r'<b class="scale-now">(\d+)</b>', board) == ["6", "4"]
    assert "Bedre" in board
    for wrong in ("11", "-1", "", "syv"):
        assert sara.post(address, place(running, "Skolen") | {"scale": wrong, "text": ""}).status_code == 422


def test_an_agreement_with_its_smallest_step_and_a_trial(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    trial = {"review_on": day, "stop_rule": "Han bliver mere ked af det", "first_step": "Ringe til skolen"}
    assert agree(mette, running, "Skolen", "Møde ind kl. 9", **trial).status_code == 302
    agreements = cell(look(sign_in("Sara"), running), "agreements")
    for words in ("Møde ind kl. 9", "Ringe til skolen", "Han bliver mere ked af det", "Prøvehandling"):
        assert words in agreements
    with running.as_("Mette"):
        assert Agreement.objects.get().occasion == running.meeting
    half = agree(mette, running, "Skolen", "Halvt", review_on=day)
    assert half.status_code == 422
    assert "Halvt" in half.content.decode()
    assert agree(mette, running, "Skolen", "I går", due_on="2020-01-01").status_code == 422


def test_a_trial_whose_day_has_passed_should_have_been_looked_at(running: Table, sign_in: SignIn) -> None:
    mette, today = sign_in("Mette"), timezone.localdate()
    agree(mette, running, "Skolen", "Møde ind", review_on=(today + timedelta(days=1)).isoformat(), stop_rule="Nej")
    for day, said in ((today, "Vi ser på den i dag."), (today - timedelta(days=1), "Vi skulle have set på den i går.")):
        with running.as_("Mette"):
            Agreement.objects.update(review_on=day)
        assert said in cell(look(mette, running), "agreements")


def test_an_open_form_says_which_topic_it_belongs_to(running: Table, sign_in: SignIn) -> None:
    for way in ("say/worry/", "agree/"):
        form = sign_in("Sara").get(f"{base(running)}board/{running.topics['Skolen']}/{way}", HTTP_HX_REQUEST="true")
        assert "Skolen</p>" in form.content.decode()


def test_an_agreement_is_put_right_by_who_keeps_it(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    agree(mette, running, "Skolen", "Møde ind kl. 9")
    with running.as_("Mette"):
        row = Agreement.objects.get()
    address = f"{base(running)}board/agreements/{row.pk}/"
    change = {"what": "Møde ind kl. 10", "doer": str(row.doer_person_id), "due_on": row.due_on.isoformat()}
    data = change | {"status": "open", "seen": str(row.version), "once": str(uuid4())}
    assert mette.post(address, data).status_code == 302
    assert "Møde ind kl. 10" in look(mette, running)
    assert mette.post(address, data | {"what": "Noget andet"}).status_code == 409
    assert sign_in("Lis").post(address, data).status_code == 403


def test_before_it_begins_nothing_is_written_and_nothing_typed_is_lost(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    answer = say(sign_in("Sara"), table, "Skolen", "worry", "Allerede nu")
    assert answer.status_code == 422
    assert "Allerede nu" in answer.content.decode()
    with table.as_("Sara"):
        assert not Statement.objects.exists()


def test_after_closing_only_the_coordinator_puts_right(running: Table, sign_in: SignIn) -> None:
    running.move(Stage.ENDED)
    assert say(sign_in("Sara"), running, "Skolen", "worry", "Lige en ting til").status_code == 302
    mette = sign_in("Mette")
    assert mette.post(f"{base(running)}close/", {"once": str(uuid4())}).status_code == 302
    late = say(sign_in("Sara"), running, "Skolen", "worry", "For sent")
    assert late.status_code == 422
    assert "For sent" in late.content.decode()
    spoken = {"speaker": str(running.street.persons["Sara"])}
    assert say(mette, running, "Skolen", "worry", "Det blev glemt", **spoken).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "x" * (LONGEST_TEXT + 1)}, "for lang"),
        ({"text": ""}, ""),
        ({"about": []}, ""),
        ({"kind": "basic"}, ""),
        ({"speaker": str(uuid4())}, ""),
        ({"text": "skjult\u202etegn"}, ""),
    ],
)
def test_what_cannot_be_saved_comes_back_with_all_that_was_typed(
    running: Table, sign_in: SignIn, wrong: dict[str, Any], words: str
) -> None:
    data = {"text": "Mine ord"} | wrong
    answer = say(sign_in("Mette"), running, "Skolen", "worry", **data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert data["text"][:8] in page
    assert words in page


def test_ids_of_elsewhere_open_nothing(running: Table, sign_in: SignIn) -> None:
    sara, there = sign_in("Sara"), base(running)
    for at in (
        f"board/{uuid4()}/",
        f"board/{uuid4()}/say/worry/",
        f"board/{uuid4()}/agree/",
        f"board/words/{uuid4()}/",
    ):
        assert sara.get(there + at).status_code == 404, at
    assert sara.get(f"{there}board/{running.topics['Skolen']}/say/hope/").status_code == 404
    elsewhere = f"/families/{uuid4()}/meetings/{running.meeting}/board/"
    assert sara.get(elsewhere).status_code == 404


def test_what_is_typed_is_kept_as_a_draft(running: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    form = look(sara, running, f"board/{running.topics['Skolen']}/say/worry/")
    key = re.search(r'data-draft="([^"]+)"', form)
    once, sheet = (re.search(rf'name="{name}" value="([^"]+)"', form) for name in ("once", "draft"))
    assert key
    assert once
    assert sheet
    kept = sara.post("/drafts/", {"key": key[1], "text": "Halvt færd", "once": once[1], "draft": sheet[1]})
    assert kept.status_code == 204
    assert "Halvt færd" in look(sara, running, f"board/{running.topics['Skolen']}/say/worry/")
    with running.as_("Sara") as sara_:
        assert Draft.objects.filter(writer=sara_.id).count() == 1


def test_htmx_gets_the_topic_alone_and_of_a_save_that_it_is_saved(running: Table, sign_in: SignIn) -> None:
    sara, topic = sign_in("Sara"), running.topics["Skolen"]

    def read() -> str:
        return sara.get(f"{base(running)}board/{topic}/", HTTP_HX_REQUEST="true").content.decode()

    row = read()
    assert row.lstrip().startswith("<article")
    assert f'data-live-part="{base(running)}board/{topic}/"' in row
    data = place(running, "Skolen") | {"text": "På stedet"}
    answer = sara.post(f"{base(running)}board/{topic}/say/worry/", data, HTTP_HX_REQUEST="true")
    assert "data-saved" in answer.content.decode()
    assert "På stedet" in read()


def test_the_three_variants_show_their_columns(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    for board, columns in (
        ("halsnaes", ["worries", "works", "hopes"]),
        ("favrskov", ["story", "talk", "goals", "effort", "ending"]),
    ):
        with running.as_("Mette") as by:
            row = running.row()
            actions.change_meeting(meeting=row, version=row.version, by=by, board=board)
        assert re.findall(r'class="cell cell-(\w+)"', look(mette, running))[: len(columns)] == columns
    assert say(mette, running, "Skolen", "comment", "Sådan ser jeg det").status_code == 302
    assert "Sådan ser jeg det" in cell(look(mette, running), "story")
