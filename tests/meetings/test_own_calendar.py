"""When people are busy: given, kept as two moments, used to find a time, and nobody else's business."""

from datetime import datetime, timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from familieplan.access.actor import JOB
from familieplan.access.context import acting_as
from familieplan.accounts.crypto import unseal
from familieplan.meetings import own_calendar
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.refusal import Refused
from familieplan.meetings.models import Busy, OwnCalendar
from familieplan.meetings.preparing.times import busy_elsewhere
from tests.meetings.conftest import SignIn, Table, sign_in

__all__ = ["sign_in"]
pytestmark = pytest.mark.usefixtures("transactional_db")
NINE = (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)
PAGE = "/account/calendar/"
SECRET = "https://calendar.example/private-3b1f/basic.ics"


def calendar(*starts: datetime, what: str = "Tandlæge med Freja") -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:{what}\r\nDTSTART;TZID=Europe/Copenhagen:{one:%Y%m%dT%H%M%S}\r\n"
        "DURATION:PT1H\r\nEND:VEVENT\r\n"
        for number, one in enumerate(starts)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//DA\r\n{events}END:VCALENDAR\r\n".encode()


def file(raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("min kalender.ics", raw, content_type="text/calendar")


def test_a_file_is_read_once_and_only_the_times_are_kept(
    table: Table, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    lis = sign_in("Lis")
    assert PAGE in lis.get("/account/").content.decode()
    came = lis.post(PAGE, {"file": file(calendar(NINE, NINE + timedelta(days=1)))}, follow=True).content.decode()
    assert "Din kalender er læst" in came
    kept = superuser_connection.execute("SELECT holder, starts, ends FROM meetings_busy ORDER BY starts").fetchall()
    hour, lis_id = timedelta(hours=1), table.street.staff["Lis"]
    assert kept == [(lis_id, one, one + hour) for one in (NINE, NINE + timedelta(days=1))]
    tables = superuser_connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    ).fetchall()
    for (name,) in tables:
        found = superuser_connection.execute(
            f"SELECT count(*) FROM {name} t WHERE t::text LIKE '%Tandlæge%' OR t::text LIKE '%min kalender%'"
        ).fetchone()
        assert found == (0,), name


def test_the_coordinator_finds_a_time_with_it_and_nobody_else_does(table: Table) -> None:
    with table.as_("Lis") as lis:
        own_calendar.give_file(raw=calendar(NINE), by=lis)
    with table.as_("Jens") as jens:
        own_calendar.give_file(raw=calendar(), by=jens)
    with table.as_("Mette"):
        found = busy_elsewhere(table.row())
        assert found[table.street.staff["Lis"]] == [Interval(NINE, NINE + timedelta(hours=1))]
        assert found[table.street.staff["Jens"]] == []  # known, and nothing in it
        assert not Busy.objects.exists()
        assert not OwnCalendar.objects.exists()
    for name in ("Sara", "Jens", "Olga", "Lis"):
        with table.as_(name):
            assert busy_elsewhere(table.unseen()) == {}


def test_an_address_is_sealed_and_left_out_of_the_queue(
    table: Table, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    sara = sign_in("Sara")
    assert sara.post(PAGE, {"address": SECRET}).status_code == 302
    for name in ("meetings_owncalendar", "procrastinate_jobs", "people_draft"):
        assert superuser_connection.execute(
            f"SELECT count(*) FROM {name} t WHERE t::text LIKE '%3b1f/basic%'"
        ).fetchone() == (0,)
    [(sealed,)] = superuser_connection.execute("SELECT sealed FROM meetings_owncalendar").fetchall()
    assert SECRET.encode() not in bytes(sealed)
    assert unseal("calendar", bytes(sealed), bound_to=str(table.street.persons["Sara"])) == SECRET
    assert superuser_connection.execute("SELECT task_name FROM procrastinate_jobs").fetchall() == [
        ("meetings.read_calendar",)
    ]
    assert SECRET not in sara.get(PAGE).content.decode()


def test_what_the_worker_finds_takes_the_place_of_what_was_known(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    with table.as_("Lis") as lis:
        own_calendar.give_address(url=SECRET, by=lis)
    answers = [calendar(NINE), calendar(NINE + timedelta(days=2)), None]

    def fetch(url: str) -> bytes:  # the way out is tested in tests/calendar/test_fetch.py
        assert url == SECRET
        found = answers.pop(0)
        if found is None:
            raise Refused("no")
        return found

    monkeypatch.setattr(own_calendar, "fetch", fetch)
    for expected, failed in ((NINE, False), (NINE + timedelta(days=2), False), (NINE + timedelta(days=2), True)):
        own_calendar.look_into(table.street.staff["Lis"])
        with table.as_("Lis") as lis:
            assert [row.starts for row in Busy.objects.all()] == [expected]
            kept = own_calendar.mine(lis)
            assert kept
            assert kept.failed is failed
    with table.as_("Lis") as lis:
        own_calendar.forget(by=lis)
    own_calendar.look_into(table.street.staff["Lis"])  # a job that was still waiting
    with table.as_("Lis") as lis:
        assert own_calendar.mine(lis) is None
        assert not Busy.objects.exists()


@pytest.mark.parametrize("typed", ["http://calendar.example/a.ics", "file:///etc/passwd", "calendar", "ftp://x/y"])
def test_what_is_no_address_is_refused(table: Table, sign_in: SignIn, typed: str) -> None:
    answer = sign_in("Sara").post(PAGE, {"address": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_neither_both_nor_none_nor_garbage_nor_more_than_there_is_room_for(table: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    for given in ({}, {"address": SECRET, "file": file(calendar(NINE))}, {"file": file(b"no calendar")},
                  {"file": file(b"x" * 2_000_001)}):  # fmt: skip
        assert sara.post(PAGE, given).status_code == 422
    with table.as_("Sara") as by:
        assert own_calendar.mine(by) is None


def test_an_address_inside_the_house_is_not_fetched(table: Table) -> None:
    with table.as_("Lis") as lis:
        own_calendar.give_address(url="https://127.0.0.1:1/a.ics", by=lis)
    own_calendar.look_into(table.street.staff["Lis"])
    with table.as_("Lis") as lis:
        kept = own_calendar.mine(lis)
        assert kept
        assert (kept.failed, kept.read_at) == (True, None)


@pytest.mark.parametrize("ask", ["calendars()", "calendar_of(gen_random_uuid())",
                                 "found_in_calendar(gen_random_uuid(), '', '{}', '{}')"])  # fmt: skip
def test_only_the_worker_opens_a_calendar(table: Table, ask: str) -> None:
    with acting_as(table.street.actor("Mette")), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="only the worker"), transaction.atomic():
            cursor.execute(f"SELECT * FROM meetings.{ask}")
        cursor.execute("SELECT 1")
    with acting_as(JOB):
        assert not OwnCalendar.objects.exists()
