"""Who may put something into the queue, take it out, and know where a letter goes. Asked of PostgreSQL itself."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from procrastinate.jobs import Job
from procrastinate.utils import utcnow

from familieplan.access.actor import JOB, SIGNING_IN, Actor
from familieplan.access.context import acting_as
from familieplan.post import actions
from familieplan.post.actions import ask
from familieplan.post.enums import LetterKind
from familieplan.post.jobs import LONGEST_PAUSE, Patiently, defer
from familieplan.post.models import Address, Letter
from tests.accounts.conftest import House
from tests.post.conftest import jobs, outbox, write_to

TABLES = ["procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers"]


@contextmanager
def refused(error: type[DatabaseError], words: str) -> Iterator[None]:
    """The database says no, and the transaction goes on."""
    with pytest.raises(error, match=words), transaction.atomic():
        yield


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_rolled_back_with_the_caller(people: House, superuser_connection: psycopg.Connection) -> None:
    def write_and_fail() -> None:
        with acting_as(people.carla.actor):
            actions.post(to=people.mia.holder, kind=LetterKind.TASK, about=uuid4())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert outbox(superuser_connection) == []
    assert jobs(superuser_connection) == []


def test_committed_with_the_caller_and_not_before(people: House, superuser_connection: psycopg.Connection) -> None:
    with acting_as(people.carla.actor):
        actions.post(to=people.mia.holder, kind=LetterKind.TASK, about=uuid4())
        assert jobs(superuser_connection) == []
    assert outbox(superuser_connection) == [(False, False, "")]
    assert jobs(superuser_connection) == [("post.send", "todo")]


def test_said_twice_is_one_letter_and_a_new_version_another(
    people: House, superuser_connection: psycopg.Connection
) -> None:
    about = uuid4()
    for sequence in (0, 0, 1):
        with acting_as(people.carla.actor):
            actions.post(to=people.mia.holder, kind=LetterKind.INVITATION, about=about, sequence=sequence)
    assert len(outbox(superuser_connection)) == len(jobs(superuser_connection)) == 2


def test_a_job_is_told_nothing_but_the_letter(people: House, superuser_connection: psycopg.Connection) -> None:
    write_to(people.mia, people.carla)
    job = superuser_connection.execute("SELECT args, lock FROM procrastinate_jobs").fetchone()
    letter = superuser_connection.execute("SELECT id, user_id FROM post_letter").fetchone()
    assert job
    assert letter
    assert job == ({"letter": str(letter[0])}, str(letter[1]))


@pytest.mark.parametrize("told", ['"Sara Holm"', "true", "null", '["x"]', '{"a": "b"}', '"010190-1234"'])
def test_a_job_that_is_told_more_than_ids_is_refused(people: House, told: str) -> None:
    with acting_as(JOB), refused(IntegrityError, "told_ids_only"), connection.cursor() as cursor:
        cursor.execute("SELECT post.defer('x', 'work', %s::jsonb, NULL, NULL)", [f'{{"who": {told}}}'])


def test_any_room_can_give_the_worker_something_to_do(people: House, superuser_connection: psycopg.Connection) -> None:
    with acting_as(people.carla.actor):
        defer("meetings.remind", meeting=uuid4())
    assert jobs(superuser_connection) == [("meetings.remind", "todo")]


@pytest.mark.parametrize("actor", [None, SIGNING_IN])
def test_nobody_puts_anything_into_the_queue(people: House, actor: Actor | None) -> None:
    with acting_as(actor) if actor else nullcontext(), refused(ProgrammingError, "nobody is asking"):
        defer("x", id=uuid4())


@pytest.fixture
def queue(people: House, superuser_connection: psycopg.Connection) -> House:
    """One letter waits, and a worker is there."""
    write_to(people.mia, people.carla)
    superuser_connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    superuser_connection.execute("INSERT INTO procrastinate_periodic_defers (task_name) VALUES ('x')")
    return people


def test_the_worker_alone_reads_the_queue(queue: House) -> None:
    with acting_as(JOB):
        assert all(rows(table) for table in TABLES)
    for actor in (queue.mia.actor, queue.carla.actor, queue.ada.actor, SIGNING_IN):
        with acting_as(actor):
            assert not any(rows(table) for table in TABLES)


def test_the_worker_alone_writes_the_queue(queue: House) -> None:
    for change in ("UPDATE procrastinate_jobs SET status = 'doing'", "DELETE FROM procrastinate_jobs"):
        with acting_as(queue.carla.actor), connection.cursor() as cursor:
            cursor.execute(change)
            assert cursor.rowcount == 0
    with acting_as(queue.carla.actor), refused(ProgrammingError, "row-level"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('post', 'post.send')")


def test_without_a_signature_there_is_no_queue(queue: House, app_connection: psycopg.Connection) -> None:
    for table in (*TABLES, "post_address"):
        assert app_connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("SELECT * FROM post_letter")


@pytest.mark.parametrize("function", ["take", "settle", "forget_old", "standing", "give_address"])
def test_what_is_the_workers_or_an_administrators_is_nobody_elses(queue: House, function: str) -> None:
    given: dict[str, list[object]] = {"take": [uuid4()], "settle": [uuid4(), "", True]}
    given["give_address"] = [queue.ib.holder, "x@mail.example"]
    for actor in (queue.mia.actor, queue.carla.actor, SIGNING_IN):
        with acting_as(actor), refused(ProgrammingError, "only"):
            ask(function, *given.get(function, []))


def test_the_outbox_is_nobodys_to_read(queue: House) -> None:
    for actor in (queue.mia.actor, queue.carla.actor, JOB):
        with acting_as(actor), refused(ProgrammingError, "permission denied"):
            Letter.objects.count()


def test_an_address_is_its_holders_alone(people: House) -> None:
    with acting_as(people.mia.actor):
        assert list(Address.objects.values_list("email", flat=True)) == ["mia@mail.example"]
        assert actions.address_of(by=people.mia.actor) == "mia@mail.example"
        assert Address.objects.filter(user=people.carla.user).update(email="x@mail.example") == 0
    for actor in (people.ada.actor, JOB, SIGNING_IN):
        with acting_as(actor):
            assert Address.objects.count() == 0
    with acting_as(people.mia.actor), refused(ProgrammingError, "row-level"):
        actions.keep_address(email="x@mail.example", by=people.ib.actor)


def test_an_address_is_changed_and_taken_back(people: House) -> None:
    with acting_as(people.mia.actor):
        actions.keep_address(email=" mia.holm+plan@blåbær.example ", by=people.mia.actor)
        assert actions.address_of(by=people.mia.actor) == "mia.holm+plan@xn--blbr-roah.example"
        actions.keep_address(email="  ", by=people.mia.actor)
        assert actions.address_of(by=people.mia.actor) == ""


BAD = [
    *("mia", "mia@", "@mail.example", "mia@mail", "a b@mail.example", "mia@mail.example, per@mail.example"),
    *("mia@mail.example\r\nBcc: per@mail.example", "Mia <mia@mail.example>", "mia@[127.0.0.1]", "mia\n@mail.example"),
    *("x" * 300 + "@mail.example", "mia@" + "x" * 64 + ".example", "m\u202eia@mail.example", "<mia@mail.example>"),
]


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_address_is_not_kept(people: House, typed: str) -> None:
    with acting_as(people.mia.actor), pytest.raises(ValidationError):
        actions.keep_address(email=typed, by=people.mia.actor)


@pytest.mark.parametrize("typed", ["a@b.dk\r\nBcc: c@d.dk", "a@b.dk,c@d.dk", "a b@c.dk", "Mia <a@b.dk>", ""])
def test_and_the_database_keeps_it_neither(people: House, typed: str) -> None:
    with acting_as(people.mia.actor), refused(DatabaseError, "is_one_address"):
        Address.objects.filter(user=people.mia.user).update(email=typed)


def test_an_administrator_gives_a_colleague_an_address_and_they_are_told(
    people: House, superuser_connection: psycopg.Connection
) -> None:
    with acting_as(people.ada.actor):
        actions.give_address(staff=people.ib.holder, email="ib@kommune.example", by=people.ada.actor)
    with acting_as(people.ib.actor):
        assert actions.address_of(by=people.ib.actor) == "ib@kommune.example"
    told = superuser_connection.execute(
        "SELECT user_id, what, by FROM accounts_event WHERE what = 'address'"
    ).fetchall()
    assert told == [(people.ib.user, "address", people.ada.holder)]


def test_nobody_gives_a_family_an_address(people: House) -> None:
    with acting_as(people.ada.actor), refused(ProgrammingError, "not a colleague"):
        actions.give_address(staff=people.mia.holder, email="x@kommune.example", by=people.ada.actor)


def test_old_letters_are_forgotten(people: House, superuser_connection: psycopg.Connection) -> None:
    write_to(people.mia, people.carla, times=3)
    ids: list[UUID] = [row[0] for row in superuser_connection.execute("SELECT id FROM post_letter").fetchall()]
    for one, sent in zip(ids, ("91 days", "89 days"), strict=False):
        superuser_connection.execute(
            f"UPDATE post_letter SET sent_at = now() - interval '{sent}' WHERE id = %s".encode(), [one]
        )
    with acting_as(JOB):
        assert ask("forget_old") == [(1,)]
    assert len(outbox(superuser_connection)) == 2


def pause(attempts: int) -> float | None:
    """Seconds until the next try."""
    job = Job(id=1, queue="post", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    decision = Patiently().get_retry_decision(exception=Exception(), job=job)
    return round((decision.retry_at - utcnow()).total_seconds()) if decision and decision.retry_at else None


def test_a_job_that_fails_is_tried_again_less_and_less_often_and_at_last_no_more() -> None:
    assert [pause(number) for number in (0, 1, 2, 9)] == [2, 4, 8, 1024]
    assert [pause(number) for number in (10, 249, 250)] == [LONGEST_PAUSE, LONGEST_PAUSE, None]
    assert sum(pause(number) or 0 for number in range(250)) / 86_400 == pytest.approx(5, abs=0.1)
