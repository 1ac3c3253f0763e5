"""The clock is moved while the stories are told, and is the real one again when anything is served."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from familieplan.access.boot import Unguarded, refuse_unguarded
from familieplan.access.clock import moment
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.consent.models import Consent
from familieplan.demo import clock
from tests.conftest import databases
from tests.demo.eyes import HOLM, actor, looking


def superuser() -> psycopg.Connection:
    return psycopg.connect(databases.cluster.url(databases.current), autocommit=True)


@pytest.mark.parametrize(
    ("table", "when"), [("audit_entry", "at"), ("consent_signature", "signed_at"), ("plan_statement", "created_at")]
)
def test_told_on_many_days_and_next_to_nothing_today(demo_db: None, table: str, when: str) -> None:
    with superuser() as database:
        days, today = database.execute(
            f"SELECT count(DISTINCT {when}::date), count(*) FILTER (WHERE {when} > now() - interval '1 hour')::float"
            f" / count(*) FROM {table} WHERE family_id IS NOT NULL".encode()
        ).fetchone() or (0, 1)
    assert days > 5
    assert today < 0.1


def test_the_log_of_a_family_goes_forward(demo_db: None) -> None:
    with superuser() as database:
        back = database.execute(
            "SELECT count(*) FROM (SELECT at < lag(at) OVER (PARTITION BY chain ORDER BY seq) AS back"
            " FROM audit_entry WHERE family_id IS NOT NULL) e WHERE back"
        ).fetchone()
    assert back == (0,)


def test_no_word_is_written_before_it_is_said(demo_db: None) -> None:
    with superuser() as database:
        early = database.execute(
            "SELECT text FROM plan_statement WHERE said_on > (created_at AT TIME ZONE 'Europe/Copenhagen')::date"
        ).fetchall()
    assert early == []


@pytest.fixture
def owner(demo_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with psycopg.connect(databases.addresses()["DATABASE_OWNER_URL"], autocommit=True) as connection:
        monkeypatch.setattr(clock, "as_owner", connection.execute)
        yield


def test_with_a_moved_clock_nothing_is_served(owner: None) -> None:
    with clock.put_back_afterwards():
        clock.move_to(timezone.now() - timedelta(days=30))
        assert timezone.now() - moment() > timedelta(days=29)
        with pytest.raises(Unguarded, match="clock"):
            refuse_unguarded()
    refuse_unguarded()


def test_a_story_that_breaks_off_leaves_the_clock_right(owner: None) -> None:
    def breaks_off() -> None:
        with clock.put_back_afterwards():
            clock.move_to(timezone.now() - timedelta(days=30))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    refuse_unguarded()
    assert timezone.now() - moment() < timedelta(minutes=1)


def test_the_web_process_cannot_move_it(demo_db: None) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        psycopg.connect(databases.addresses()["DATABASE_URL"]) as app,
    ):
        app.execute("CREATE OR REPLACE FUNCTION access.clock() RETURNS timestamptz LANGUAGE sql STABLE RETURN now()")


def test_what_is_written_is_dated_by_the_database(demo_db: None) -> None:
    with looking("sara"):
        dates = set(Consent.objects.values_list("created_at__date", flat=True))
    assert len(dates) > 3
    with acting_as(actor("sara")):
        assert len({line.at.date() for line in log.seen_by_me(HOLM)}) > 10
