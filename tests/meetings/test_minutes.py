"""The minutes: what each may have of them, and that they never change."""

import re
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError
from django.test import Client

from familieplan.consent import actions as consents
from familieplan.consent.models import Consent
from familieplan.meetings import actions
from familieplan.meetings.board.minutes import MinutesPage, minutes_of
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Participant, Reflection
from familieplan.plan import actions as plan
from familieplan.plan.models import Agreement, Topic
from tests.fridge.test_pdf import needs_pdftotext
from tests.fridge.test_pdf import text_of as pdf_text
from tests.histories.faults import Change
from tests.meetings.board import agree, base, look, running, say
from tests.meetings.conftest import SignIn, Table

__all__ = ["running"]
pytestmark = pytest.mark.usefixtures("transactional_db")
READERS = ("Mette", "Sara", "Jonas", "Lis", "Jens")


@pytest.fixture
def shared(running: Table, sign_in: SignIn) -> Table:
    """Said and agreed at the board, then shared with one click."""
    mette, sara = sign_in("Mette"), str(running.street.persons["Sara"])
    say(mette, running, "Skolen", "worry", "Om skolen", speaker=sara)
    say(mette, running, "Arbejdet", "worry", "Om arbejdet", speaker=sara)
    say(sign_in("Lis"), running, "Skolen", "strength", "Han læser højt")
    agree(mette, running, "Skolen", "Møde ind kl. 9", first_step="Ringe i morgen")
    agree(mette, running, "Arbejdet", "Tale om tirsdagen", doer="Jens")
    assert mette.post(f"{base(running)}close/", {"once": str(uuid4())}).status_code == 302
    assert running_stage(running) == Stage.CLOSED
    return running


def running_stage(table: Table) -> str:
    with table.as_("Mette"):
        return table.row().stage


def held(table: Table, name: str, number: int | None = None) -> MinutesPage:
    """What the minutes hold for somebody, without what is the same for all."""
    with table.as_(name) as by:
        page = minutes_of(table.unseen(), by, number)
    assert page
    return page


def test_each_has_the_part_that_is_theirs(shared: Table, sign_in: SignIn) -> None:
    seen = {name: look(sign_in(name), shared, "minutes/") for name in READERS}
    for name, theirs, not_theirs in (
        ("Sara", ("Om skolen", "Om arbejdet", "Møde ind kl. 9"), ()),
        ("Lis", ("Om skolen", "Møde ind kl. 9"), ("Om arbejdet", "Tale om tirsdagen", "Arbejdet")),
        ("Jens", ("Om arbejdet", "Tale om tirsdagen"), ("Om skolen", "Møde ind kl. 9", "Han læser højt")),
    ):
        for words in theirs:
            assert words in seen[name], (name, words)
        for words in not_theirs:
            assert words not in seen[name], (name, words)
    assert "Det har du påtaget dig" in seen["Jens"]
    assert "Det har du påtaget dig" not in seen["Lis"]


def test_later_edits_change_nothing(shared: Table, sign_in: SignIn) -> None:
    before = {name: held(shared, name) for name in READERS}
    with shared.as_("Mette") as mette:
        for row in Agreement.objects.all():
            plan.edit(row=row, version=row.version, by=mette, what="Noget helt andet")
        for row in Agreement.objects.all():
            plan.edit(row=row, version=row.version, by=mette, due_on=row.due_on + timedelta(days=9))
        school = Topic.objects.get(pk=shared.topics["Skolen"])
        plan.edit(row=school, version=school.version, by=mette, title="Et nyt navn")
    spoken = {"speaker": str(shared.street.persons["Sara"])}
    assert say(sign_in("Mette"), shared, "Skolen", "worry", "Nye ord", **spoken).status_code == 302
    assert {name: held(shared, name) for name in READERS} == before
    assert "Møde ind kl. 9" in look(sign_in("Sara"), shared, "minutes/")
    assert "Noget helt andet" in look(sign_in("Sara"), shared)


def test_the_row_that_says_it_was_changed_is_needed(shared: Table, superuser_connection: psycopg.Connection) -> None:
    """A planted fault: without what rows said before, the minutes would lose their agreement – not show the new one."""
    Change("ALTER TABLE plan_agreement DISABLE TRIGGER keep_earlier").plant(superuser_connection)
    before = held(shared, "Sara")
    with shared.as_("Mette") as mette:
        row = Agreement.objects.get(what="Møde ind kl. 9")
        plan.edit(row=row, version=row.version, by=mette, what="Noget helt andet")
    after = held(shared, "Sara")
    assert after != before
    assert "Noget helt andet" not in str(after.decisions)


def test_versions_that_are_not_counted_are_noticed(shared: Table, superuser_connection: psycopg.Connection) -> None:
    """A planted fault: a change that keeps its number would be read as what was agreed."""
    Change("ALTER TABLE plan_agreement DISABLE TRIGGER USER").plant(superuser_connection)
    before = held(shared, "Sara")
    superuser_connection.execute("UPDATE plan_agreement SET what = 'Noget andet' WHERE what = 'Møde ind kl. 9'")
    assert held(shared, "Sara") != before


@needs_pdftotext
def test_a_yes_taken_back_closes_that_part_of_the_minutes_too(shared: Table, sign_in: SignIn) -> None:
    lis = sign_in("Lis")
    assert "Om skolen" in look(lis, shared, "minutes/")
    assert "Om skolen" in text_of(lis, shared)
    with shared.as_("Sara") as sara:
        for consent in Consent.objects.filter(subject_id=shared.street.persons["Anton"], withdrawn_at=None):
            consents.withdraw(consent=consent, by=sara)
    page = look(lis, shared, "minutes/")
    assert "Om skolen" not in page
    assert "Han læser højt" in page  # a unit keeps what it wrote itself
    assert "Om skolen" not in text_of(lis, shared)
    assert "Om skolen" in text_of(sign_in("Sara"), shared)


def text_of(client: Client, table: Table) -> str:
    """What the PDF says."""
    answer = client.get(f"{base(table)}minutes.pdf")
    assert answer.status_code == 200
    return " ".join(pdf_text(answer.content).split())


def test_a_correction_is_a_new_version_and_the_old_one_stands(shared: Table, sign_in: SignIn) -> None:
    mette, once = sign_in("Mette"), str(uuid4())
    first = held(shared, "Sara").parts
    with shared.as_("Mette") as by:
        row = Agreement.objects.get(what="Møde ind kl. 9")
        plan.edit(row=row, version=row.version, by=by, what="Møde ind kl. 10")
    assert mette.post(f"{base(shared)}minutes/again/", {"once": once, "reason": ""}).status_code == 422
    for _ in range(2):
        answer = mette.post(f"{base(shared)}minutes/again/", {"once": once, "reason": "Klokken var forkert"})
        assert answer.status_code == 302
    latest = look(sign_in("Sara"), shared, "minutes/")
    assert "Møde ind kl. 10" in latest
    assert "Klokken var forkert" in latest
    assert "Udgave 2" in latest
    assert "Udgave 3" not in latest
    assert held(shared, "Sara", 1).parts == first
    assert "Møde ind kl. 9" in look(sign_in("Sara"), shared, "minutes/1/")
    assert sign_in("Sara").get(f"{base(shared)}minutes/7/").status_code == 404
    assert sign_in("Sara").get(f"{base(shared)}minutes/again/").status_code == 404


def test_pressed_twice_it_is_shared_once(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    for _ in range(2):
        assert mette.post(f"{base(running)}close/", {"once": str(uuid4())}).status_code == 302
    assert len(held(running, "Mette").versions) == 1


def test_nobody_reads_them_before_they_are_shared(running: Table, sign_in: SignIn) -> None:
    running.move(Stage.ENDED)
    for name in ("Sara", "Lis"):
        for at in ("minutes/", "minutes.pdf", "minutes/1/"):
            assert sign_in(name).get(base(running) + at).status_code == 404, (name, at)
    assert sign_in("Mette").get(f"{base(running)}minutes/")["Location"].endswith("/end/")


def test_only_the_coordinator_ends_and_shares(running: Table, sign_in: SignIn) -> None:
    for name in ("Sara", "Lis"):
        for at in ("end/", "close/"):
            assert sign_in(name).post(base(running) + at, {"once": str(uuid4())}).status_code == 404
    assert running_stage(running) == Stage.RUNNING


def test_the_end_says_kindly_what_is_missing(running: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    agree(mette, running, "Skolen", "Møde ind kl. 9")
    page = look(mette, running, "end/")
    assert "om alle har gemt det, de skrev" in page
    assert "Der er ikke aftalt noget om »Arbejdet« på dette møde endnu." in page
    assert "Der er ikke aftalt noget om »Skolen« på dette møde endnu." not in page
    assert "»Skolen«: en aftale mangler det mindste næste skridt." in page
    assert "Møde ind kl. 9" in page
    agree(mette, running, "Skolen", "Taler med Lis", first_step="Ringer i morgen")
    assert "mangler det mindste" not in look(mette, running, "end/")  # one small step is a beginning


def test_who_came_is_noted_at_the_end_and_stands(running: Table, sign_in: SignIn) -> None:
    with running.as_("Mette"):
        came = [str(running.seat(name)) for name in ("Sara", "Mette")]
    data = {"once": str(uuid4()), "seats": "1", "came": came}
    assert sign_in("Mette").post(f"{base(running)}close/", data).status_code == 302
    at_the_table = re.search(r'<ul class="came">.*?</ul>', look(sign_in("Sara"), running, "minutes/"), re.S)
    assert at_the_table
    assert "Sara" in at_the_table[0]
    assert "Lis" not in at_the_table[0]
    with running.as_("Mette") as mette, pytest.raises(IntegrityError):
        actions.note_attendance(seat=Participant.objects.get(pk=running.seat("Lis")), came=True, by=mette)
    with running.as_("Mette"):
        row = running.row()
    with running.as_("Mette") as mette, pytest.raises(IntegrityError):
        actions.change_meeting(meeting=row, version=row.version, by=mette, place="Et andet sted")


@needs_pdftotext
def test_the_pdf_says_what_the_page_says_and_names_nobody(shared: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    text = text_of(sara, shared)
    for words in ("Om skolen", "Om arbejdet", "Møde ind kl. 9", "Ringe i morgen", "Tale om tirsdagen"):
        assert words in text
    answer = sara.get(f"{base(shared)}minutes.pdf?keep")
    assert answer["Content-Disposition"] == 'attachment; filename="referat.pdf"'
    assert b"/StructTreeRoot" in answer.content or b"pdfuaid" in answer.content
    assert "Om arbejdet" not in text_of(sign_in("Lis"), shared)


def test_do_you_still_agree(shared: Table, sign_in: SignIn) -> None:
    sara, mette = sign_in("Sara"), sign_in("Mette")
    person, jonas = (shared.street.persons[name] for name in ("Sara", "Jonas"))
    at = f"{base(shared)}reflect/"
    answer = {"once": str(uuid4()), "answer": "no", "why": ""}
    assert sara.post(f"{at}{person}/", answer).status_code == 422
    assert sara.post(f"{at}{person}/", answer | {"why": "Det går for stærkt"}).status_code == 302
    assert "Det går for stærkt" in sara.get(at).content.decode()
    assert "Det går for stærkt" in mette.get(at).content.decode()
    assert sara.get(f"{at}{jonas}/").status_code == 404
    assert sign_in("Lis").get(f"{at}{person}/").status_code == 404
    for name in ("Lis", "Jonas"):
        assert "Det går for stærkt" not in sign_in(name).get(at).content.decode()
    again = {"once": str(uuid4()), "answer": "yes", "why": ""}
    assert sara.post(f"{at}{person}/", again).status_code == 302
    with shared.as_("Sara"):
        assert Reflection.objects.count() == 2


def test_nobody_is_asked_before_it_is_over(running: Table, sign_in: SignIn) -> None:
    assert sign_in("Sara").get(f"{base(running)}reflect/{running.street.persons['Sara']}/").status_code == 404
