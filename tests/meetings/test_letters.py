"""Who is written to about a meeting, compared with who sits at its table; and in which version."""

from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.meetings import actions
from familieplan.meetings.enums import Stage
from familieplan.meetings.jobs import remind
from familieplan.meetings.models import Participant
from familieplan.people.models import TeamMember
from tests.meetings.conftest import Table
from tests.meetings.mailing import EVERYBODY, give_accounts, to, written

pytestmark = pytest.mark.usefixtures("transactional_db")
SEATED = ("Sara", "Jonas", "Mette", "Jens", "Lis")


@pytest.fixture
def post(table: Table, superuser_connection: psycopg.Connection) -> psycopg.Connection:
    give_accounts(table.street)
    return superuser_connection


def sequences(database: psycopg.Connection) -> dict[str, list[int]]:
    rows = database.execute(
        "SELECT a.email, l.sequence FROM post_letter l JOIN post_address a ON a.user_id = l.user_id"
        " WHERE l.kind IN ('invitation', 'cancellation') ORDER BY l.created_at, l.sequence"
    ).fetchall()
    found: dict[str, list[int]] = {}
    for email, sequence in rows:
        found.setdefault(email.partition("@")[0].capitalize(), []).append(sequence)
    return found


def change(table: Table, **fields: object) -> None:
    with table.as_("Mette") as mette:
        row = table.row()
        actions.change_meeting(meeting=row, version=row.version, by=mette, **fields)


def test_nothing_is_sent_while_it_is_prepared(table: Table, post: psycopg.Connection) -> None:
    change(table, place="Et andet sted")
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Lis"), by=mette)
        line = TeamMember.objects.get(staff_id=table.street.staff["Lis"])
        actions.invite_professional(meeting=table.row(), line=line, by=mette)
    assert not written(post, table.street)


def test_the_agenda_goes_to_all_at_the_table_and_to_nobody_else(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    assert written(post, table.street) == to("invitation", *SEATED)


def test_who_has_no_account_gets_none(table: Table, superuser_connection: psycopg.Connection) -> None:
    give_accounts(table.street, *(name for name in EVERYBODY if name != "Jonas"))
    table.move(Stage.CALLED)
    assert written(superuser_connection, table.street) == to("invitation", *(set(SEATED) - {"Jonas"}))


def test_another_time_and_another_place_are_told(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    for field in ({"starts_at": timezone.now() + timedelta(days=11)}, {"place": "Kirkegade 2"}, {"minutes": 60}):
        change(table, **field)
        assert written(post, table.street) == to("invitation", *SEATED)
    change(table, board="halsnaes")
    assert not written(post, table.street)


def test_a_yes_to_the_old_time_is_no_yes_to_the_new_one(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    for name, reply in (("Sara", "yes"), ("Lis", "no"), ("Mette", "yes")):
        with table.as_(name) as by:
            actions.answer(meeting=table.row(), seat=table.seat(name), reply=reply, words="Bare tag mig med", by=by)

    def replies() -> dict[str, tuple[str, str]]:
        with table.as_("Mette"):
            rows = {name: Participant.objects.get(pk=table.seat(name)) for name in SEATED}
        return {name: (row.reply, row.reply_words) for name, row in rows.items() if row.reply != "none"}

    before = replies()
    assert set(before) == {"Sara", "Lis", "Mette"}
    change(table, place="Kirkegade 2")
    assert replies() == before
    change(table, starts_at=timezone.now() + timedelta(days=11))
    assert replies() == {"Mette": before["Mette"]}  # who set it


def test_called_off(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    table.move(Stage.CANCELLED)
    assert written(post, table.street) == to("cancellation", *SEATED)


def test_called_off_before_it_was_sent_nobody_hears(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CANCELLED)
    assert not written(post, table.street)


def test_taken_off_and_invited_again_it_is_that_one_only(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jens"), by=mette)
    assert written(post, table.street) == to("cancellation", "Jens")
    with table.as_("Mette") as mette:
        line = TeamMember.objects.get(staff_id=table.street.staff["Jens"])
        actions.invite_professional(meeting=table.row(), line=line, by=mette)
    assert written(post, table.street) == to("invitation", "Jens")


def test_somebody_of_the_family_leaves_and_their_calendar_is_told(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    with table.as_("Jonas") as jonas:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jonas"), by=jonas)
    assert written(post, table.street) == to("cancellation", "Jonas")


def test_no_version_is_ever_older_than_the_one_before(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    for round_ in range(1, 4):
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Lis"), by=mette)
            line = TeamMember.objects.get(staff_id=table.street.staff["Lis"])
        change(table, place=f"Lokale {round_}")
        with table.as_("Mette") as mette:
            actions.invite_professional(meeting=table.row(), line=line, by=mette)
        change(table, minutes=60 + round_)
    table.move(Stage.CANCELLED)
    found = sequences(post)
    assert set(found) == set(SEATED)
    assert len(found["Lis"]) == 1 + 3 * 3 + 1
    assert len(found["Sara"]) == 1 + 3 * 2 + 1
    for numbers in found.values():
        assert numbers == sorted(set(numbers)), "a calendar would keep the older letter"


def test_a_proposal_is_told_to_those_who_may_read_it(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    with table.as_("Lis") as lis:
        actions.put_on_agenda(meeting=table.row(), topic=table.topic("Lektier", "school", "Anton", lis), by=lis)
    assert written(post, table.street) == to("agenda", "Sara", "Jonas")
    with table.as_("Jens") as jens:
        actions.put_on_agenda(meeting=table.row(), topic=table.topic("Praktik", "employment", "Sara", jens), by=jens)
    assert written(post, table.street) == to("agenda", "Sara")  # about her: Jonas may not know of it


def test_what_the_family_chooses_itself_is_no_letter(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    with table.as_("Mette") as mette:
        actions.put_on_agenda(meeting=table.row(), topic=table.topic("Fritid", "plan", "Anton", mette), by=mette)
    assert not written(post, table.street)


def test_the_minutes_and_their_next_version(table: Table, post: psycopg.Connection) -> None:
    table.start()
    table.move(Stage.ENDED)
    assert not written(post, table.street)
    with table.as_("Mette") as mette:
        actions.close(meeting=table.row(), by=mette)
    assert written(post, table.street) == to("minutes", *SEATED)
    with table.as_("Mette") as mette:
        actions.share_minutes(meeting=table.row(), reason="Et navn var forkert", by=mette)
    assert written(post, table.street) == to("minutes", *SEATED)


def test_who_is_no_longer_on_the_team_hears_only_that_it_is_off(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    yesterday = timezone.localdate() - timedelta(days=1)
    post.execute("UPDATE people_teammember SET starts = %s, ends = %s WHERE staff_id = %s",
                 [yesterday, yesterday, table.street.staff["Jens"]])  # fmt: skip
    change(table, place="Et nyt sted")
    assert written(post, table.street) == to("invitation", *(set(SEATED) - {"Jens"}))
    table.move(Stage.CANCELLED)
    assert written(post, table.street) == to("cancellation", *SEATED)


def test_rolled_back_nothing_is_written(table: Table, post: psycopg.Connection) -> None:
    with table.as_("Mette") as mette:
        actions.go_on(meeting=table.row(), to=Stage.CALLED, by=mette)
        assert post.execute("SELECT count(*) FROM post_letter").fetchone() == (0,)  # not before the commit
        transaction.set_rollback(True)
    assert not written(post, table.street)
    assert post.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)


def test_everybody_is_reminded_a_week_before_once(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    with table.as_("Lis") as lis:
        actions.answer(meeting=table.row(), seat=table.seat("Lis"), reply="no", by=lis)
    written(post, table.street)
    remind(0)
    assert not written(post, table.street)  # it is ten days away
    in_a_week(table, post, called="15 days")
    for _ in range(2):
        remind(0)
    assert written(post, table.street) == to("reminder", *(set(SEATED) - {"Lis"}))


def test_who_was_called_this_week_needs_no_reminder(table: Table, post: psycopg.Connection) -> None:
    table.move(Stage.CALLED)
    written(post, table.street)
    in_a_week(table, post, called="1 day")
    remind(0)
    assert not written(post, table.street)


def test_the_coordinator_is_told_that_the_agenda_should_be_out(table: Table, post: psycopg.Connection) -> None:
    remind(0)
    assert not written(post, table.street)
    in_a_week(table, post)
    for _ in range(2):
        remind(0)
    assert written(post, table.street) == to("task", "Mette")


def in_a_week(table: Table, post: psycopg.Connection, called: str = "") -> None:
    """Three days have passed, as the database sees it."""
    starts = timezone.now() + timedelta(days=7)
    post.execute("SET session_replication_role = replica")  # no triggers: nobody has decided anything
    post.execute("UPDATE meetings_meeting SET starts_at = %s WHERE id = %s", [starts, table.meeting])
    if called:
        post.execute("UPDATE meetings_meeting SET called_at = now() - %s::interval", [called])
    post.execute("SET session_replication_role = origin")


@pytest.mark.parametrize("ask", ["remind()", "called_to(gen_random_uuid())",
                                 "answer_by_mail(gen_random_uuid(), 1, 'a', 'yes', '')"])  # fmt: skip
def test_only_the_worker_reminds_or_takes_answers(table: Table, ask: str) -> None:
    with acting_as(table.street.actor("Mette")), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="only the worker"), transaction.atomic():
            cursor.execute(f"SELECT meetings.{ask}")
        cursor.execute("SELECT 1")


def test_a_stranger_learns_no_time(table: Table) -> None:
    for whom in ("Olga", "Mette"):
        with table.as_("Mette"), acting_as(table.street.actor("Olga")), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM meetings.for_calendar(%s, %s)", [table.meeting, table.street.staff[whom]])
            assert cursor.fetchall() == []
