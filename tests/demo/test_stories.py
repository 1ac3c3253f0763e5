"""The demo municipality as it is loaded: whole, once, and only in a demo."""

import os

import psycopg
import pytest
from django.core.management import CommandError, call_command

from familieplan.accounts.cast import everybody
from familieplan.demo.load import STORIES
from familieplan.demo.municipality import id_of
from familieplan.launcher import environment
from familieplan.meetings.models import Brought, ChildPart, Poll, PollAnswer
from tests.conftest import databases
from tests.demo.eyes import actor, looking

WRITTEN = "SELECT (SELECT count(*) FROM plan_statement), (SELECT count(*) FROM audit_entry)"


@pytest.fixture
def in_demo(settings: object, demo_db: None) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def superuser() -> psycopg.Connection:
    return psycopg.connect(databases.cluster.url(databases.current), autocommit=True)


def test_six_families_each_with_words_goals_and_agreements(demo_db: None) -> None:
    with superuser() as database:
        whole = database.execute(
            "SELECT count(*) FROM people_family f WHERE EXISTS (SELECT FROM plan_statement s WHERE s.family_id = f.id)"
            " AND EXISTS (SELECT FROM plan_goal g WHERE g.family_id = f.id)"
            " AND EXISTS (SELECT FROM plan_agreement a WHERE a.family_id = f.id)"
            " AND EXISTS (SELECT FROM consent_consent c WHERE c.family_id = f.id)"
        ).fetchone()
    assert whole == (len(STORIES) - 2,)  # two are early: before there is a case there is no plan


def test_the_chain_of_the_log_holds(demo_db: None) -> None:
    with psycopg.connect(databases.addresses()["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT * FROM audit.verify()").fetchall() == []


def test_loading_again_changes_nothing(demo_db: None) -> None:
    with superuser() as database:
        before = database.execute(WRITTEN).fetchone()
        environment.manage(os.environ | databases.addresses() | {"FAMILIEPLAN_DEMO": "1"}, "demo_load")
        assert database.execute(WRITTEN).fetchone() == before


def test_outside_a_demo_it_refuses(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="FAMILIEPLAN_DEMO"):
        call_command("demo_load", fresh=True)


def test_everybody_in_the_cast_has_an_account(in_demo: None) -> None:
    cast = everybody()
    assert cast[0].login == "mette"
    assert all(actor(person.login).holder for person in cast)
    assert len({person.login for person in cast}) == len(cast)


def test_words_said_in_private_are_the_speakers_alone(demo_db: None) -> None:
    from familieplan.plan.models import Statement

    def hears(login: str) -> bool:
        with looking(login):
            return Statement.objects.filter(text__contains="passer på mor").exists()

    assert {login for login in ("freja", "sara", "mette", "hanne", "nanna", "thomas") if hears(login)} == {"freja"}


def test_the_meeting_to_come_is_in_the_mailboxes_of_all_at_its_table(demo_db: None) -> None:
    """And in nobody else's."""
    with superuser() as database:
        written = database.execute("SELECT user_id FROM post_letter WHERE kind = 'invitation'").fetchall()
        at_the_table = database.execute(
            "SELECT u.id FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id"
            " JOIN accounts_user u ON u.holder IN (p.person_id, p.staff_id)"
            " WHERE m.stage = 'called' AND p.removed_at IS NULL"
        ).fetchall()
    assert len(written) > 3
    assert sorted(written) == sorted(at_the_table)


def test_there_is_a_question_about_times_and_a_childs_part_to_be_seen(demo_db: None) -> None:
    """Each with somebody who sees it, and somebody who does not."""
    for login, polls, answers in (("pia", 1, 1), ("klaus", 1, 0), ("grete", 1, 1), ("mette", 1, 2), ("peter", 0, 0)):
        with looking(login, id_of("family", "johanne")):
            assert (Poll.objects.count(), PollAnswer.objects.count()) == (polls, answers), login
    for login, parts in (("sara", 1), ("thomas", 1), ("lis", 0)):
        with looking(login):
            assert (ChildPart.objects.count(), Brought.objects.count()) == (parts, parts), login
