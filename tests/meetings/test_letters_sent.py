"""The whole way: a meeting, the real worker, a real mail server, a calendar that answers, the seat that knows it."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from familieplan.demo.mailbox import reading
from familieplan.environment import mail_server
from familieplan.launcher.environment import for_django
from familieplan.launcher.home import ROOT
from familieplan.meetings import actions, replying, tags
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Participant
from familieplan.people.models import TeamMember
from tests.calendar import strict
from tests.conftest import databases
from tests.meetings.conftest import SignIn, Table, sign_in
from tests.meetings.mailing import Entry, address, answer, entry, give_accounts
from tests.post.conftest import FROM, SITE, MailServer, process, server, wait_for, worker

__all__ = ["server", "sign_in"]
pytestmark = pytest.mark.usefixtures("transactional_db")
SEATED = ("Sara", "Jonas", "Mette", "Jens", "Lis")
SUMMER_ENDS = datetime(2027, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Copenhagen")).replace(fold=1)
Letters = Callable[[int], dict[str, list[EmailMessage]]]


@pytest.fixture
def letters(
    table: Table, server: MailServer, settings: LazySettings, superuser_connection: psycopg.Connection
) -> Iterator[Letters]:
    """What has come to whom, when so many letters in all have come."""
    settings.SITE_URL, settings.MAIL_FROM = SITE, FROM
    give_accounts(table.street)

    def came(count: int) -> dict[str, list[EmailMessage]]:
        wait_for(lambda: len(server.letters()) >= count, 60)
        found: dict[str, list[EmailMessage]] = {}
        for one in sorted(server.letters(), key=lambda one: entry(one).sequence):
            found.setdefault(str(one["To"]).partition("@")[0].capitalize(), []).append(one)
        return found

    with server.running(), worker(server.url, DJANGO_SETTINGS_MODULE="tests.settings"):
        yield came
    superuser_connection.execute(
        "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
    )


def seat(table: Table, name: str) -> tuple[str, str, bool]:
    with table.as_("Mette"):
        row = Participant.objects.get(pk=table.seat(name))
        return row.reply, row.reply_words, row.by_mail


def called(table: Table, letters: Letters) -> dict[str, Entry]:
    table.move(Stage.CALLED)
    found = letters(len(SEATED))
    assert set(found) == set(SEATED)
    return {name: entry(one) for name, [one] in found.items()}


def test_each_gets_a_time_and_nothing_of_the_family(table: Table, letters: Letters) -> None:
    with table.as_("Mette"):
        starts_at = table.row().starts_at
    found = called(table, letters)
    assert {one.method for one in found.values()} == {"REQUEST"}
    assert {one.uid for one in found.values()} == {f"{table.meeting}@plan.example"}
    assert {one.place for one in found.values()} == {"Familiehuset, lokale 2"}
    assert starts_at
    assert {one.starts_at for one in found.values()} == {starts_at.replace(microsecond=0)}
    assert {name: one.attendee for name, one in found.items()} == {n: f"mailto:{address(n)}" for n in SEATED}
    assert len({one.organizer for one in found.values()}) == len(SEATED), "an answer would not say whose it is"
    family = (*table.street.persons, *table.street.staff, "Skolen", "Arbejdet", str(table.street.family))
    for name, [letter] in letters(5).items():
        body, [part] = letter.get_body(("plain",)), letter.iter_attachments()
        assert body
        text = "\n".join((str(letter["Subject"]), body.get_content(), part.get_content()))
        text = text.replace(address(name), "")
        assert not [word for word in family if word.lower() in text.lower()]


def test_yes_perhaps_and_no_come_back(table: Table, letters: Letters) -> None:
    found = called(table, letters)
    replying.receive(answer(found["Sara"], "ACCEPTED"))
    replying.receive(answer(found["Jens"], "TENTATIVE", words="Kommer måske lidt senere"))
    replying.receive(answer(found["Lis"], "DECLINED", reply_to=found["Lis"].reply_to.upper()))
    replying.receive(answer(found["Mette"], "DELEGATED"))
    assert seat(table, "Sara") == ("yes", "", True)
    assert seat(table, "Jens") == ("maybe", "Kommer måske lidt senere", True)
    assert seat(table, "Lis") == ("no", "", True)
    assert seat(table, "Mette") == ("maybe", "En kollega kommer måske i stedet.", True)
    assert seat(table, "Jonas") == ("none", "", False)
    with table.as_("Sara") as sara:  # and again in the app
        actions.answer(meeting=table.row(), seat=table.seat("Sara"), reply="no", by=sara)
    assert seat(table, "Sara") == ("no", "", False)


def test_what_is_forged_old_or_somebody_elses_is_not_taken(table: Table, letters: Letters) -> None:
    found = called(table, letters)
    lis, jens = found["Lis"], found["Jens"]
    name, _at, place = FROM.partition("@")
    another = tags.organizer(uuid4(), table.street.staff["Lis"])
    refused = [
        answer(lis, "ACCEPTED", reply_to=FROM),  # no tag
        answer(lis, "ACCEPTED", reply_to=f"{name}+{'a' * 24}@{place}"),  # a guess
        answer(lis, "ACCEPTED", reply_to=another),  # hers, of another meeting
        answer(lis, "ACCEPTED", reply_to=lis.reply_to.replace(place, "elsewhere.example")),
        answer(lis, "ACCEPTED", reply_to=jens.reply_to),  # another's tag
        answer(lis, "ACCEPTED", attendee=jens.attendee),  # handed on: another answers for her
        answer(lis, "ACCEPTED", sequence=str(lis.sequence - 1)),
        answer(lis, "ACCEPTED", sequence=str(lis.sequence + 1)),
        answer(lis, "ACCEPTED", uid=f"{uuid4()}@plan.example"),
        answer(lis, "ACCEPTED", uid=f"{table.meeting}@elsewhere.example"),
        answer(lis, "NEEDS-ACTION"),
        answer(lis, "ACCEPTED").replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
        b"", b"\xff\x00\x00", b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n",
        answer(lis, "ACCEPTED") + b" " * replying.LARGEST,
        nested(2_000), wide(answer(lis, "ACCEPTED")),
    ]  # fmt: skip
    for raw in refused:
        with pytest.raises(replying.NotTaken):
            replying.receive(raw)
    assert {seat(table, one) for one in SEATED} == {("none", "", False)}
    replying.receive(answer(lis, "ACCEPTED", sender="somebody@forwarding.example"))  # who sends it proves nothing
    assert seat(table, "Lis")[0] == "yes"


def nested(depth: int) -> bytes:
    lines = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}' for n in range(depth)]
    return "\n".join(lines).encode()


def wide(mail: bytes) -> bytes:
    """The answer behind more parts than anybody sends."""
    parts = b"".join(b"--b\nContent-Type: text/plain\n\nx\n" for _ in range(replying.MOST_PARTS))
    return b'Content-Type: multipart/mixed; boundary="b"\n\n' + parts + b"--b\n" + mail + b"\n--b--\n"


def test_a_seat_taken_away_and_a_meeting_that_is_over_take_no_answer(table: Table, letters: Letters) -> None:
    found = called(table, letters)
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jens"), by=mette)
    with pytest.raises(replying.NotTaken):
        replying.receive(answer(found["Jens"], "ACCEPTED"))
    [_, off] = letters(6)["Jens"]
    assert (entry(off).method, entry(off).place) == ("CANCEL", "")
    assert entry(off).sequence > found["Jens"].sequence
    with table.as_("Mette") as mette:
        line = TeamMember.objects.get(staff_id=table.street.staff["Jens"])
        actions.invite_professional(meeting=table.row(), line=line, by=mette)
    again = entry(letters(7)["Jens"][-1])
    assert (again.method, again.sequence > entry(off).sequence) == ("REQUEST", True)
    with pytest.raises(replying.NotTaken):
        replying.receive(answer(found["Jens"], "ACCEPTED"))  # to the letter of the seat that is gone
    replying.receive(answer(again, "ACCEPTED"))
    assert seat(table, "Jens")[0] == "yes"
    table.start()
    with pytest.raises(replying.NotTaken):
        replying.receive(answer(found["Lis"], "ACCEPTED"))


def test_a_new_time_in_the_hour_that_happens_twice(table: Table, letters: Letters) -> None:
    old = called(table, letters)
    with table.as_("Mette") as mette:
        row = table.row()
        actions.change_meeting(meeting=row, version=row.version, starts_at=SUMMER_ENDS, by=mette)
    new = {name: entry(found[-1]) for name, found in letters(10).items()}
    assert {one.starts_at for one in new.values()} == {SUMMER_ENDS.astimezone(UTC)}
    assert all(new[name].sequence > old[name].sequence for name in SEATED)
    assert all(new[name].reply_to == old[name].reply_to for name in SEATED)
    with pytest.raises(replying.NotTaken):
        replying.receive(answer(old["Lis"], "ACCEPTED"))  # a yes to the old time is no yes to the new one


def test_with_address_protection_no_place_leaves_the_house(
    table: Table, letters: Letters, superuser_connection: psycopg.Connection
) -> None:
    with table.as_("Mette"):
        drawer = table.person("Jonas").scope_id
    superuser_connection.execute(
        "INSERT INTO people_addressprotection"
        " (id, family_id, scope_id, created_at, created_by, person_id, starts)"
        " VALUES (%s, %s, %s, now(), %s, %s, %s)",
        [uuid4(), table.street.family, drawer, table.street.staff["Mette"], table.street.persons["Jonas"],
         timezone.localdate() - timedelta(days=1)],
    )  # fmt: skip
    assert {one.place for one in called(table, letters).values()} == {""}


def test_an_mta_hands_a_mail_in(table: Table, letters: Letters) -> None:
    found = called(table, letters)
    taken = receive_mail(answer(found["Sara"], "ACCEPTED", reply_to="somewhere@else.example"), found["Sara"].reply_to)
    assert (taken.returncode, taken.stdout) == (0, "")
    assert seat(table, "Sara")[0] == "yes"
    garbage = receive_mail(answer(found["Jens"], "ACCEPTED", reply_to=FROM))
    assert (garbage.returncode, garbage.stdout, garbage.stderr) == (65, "", "")
    away = receive_mail(answer(found["Jens"], "ACCEPTED"), DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere")
    assert (away.returncode, away.stdout, away.stderr) == (75, "", "")


def receive_mail(raw: bytes, recipient: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    named = {"MAIL_FROM": FROM, "SITE_URL": SITE, "DATABASE_URL": databases.addresses()["DATABASE_URL"]}
    command = [sys.executable, "-m", "django", "receive_mail", *([recipient] if recipient else [])]
    ended = subprocess.run(
        command, input=raw, capture_output=True, cwd=ROOT, env=for_django(databases.keys | named | more), check=False
    )
    return subprocess.CompletedProcess(command, ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_the_meeting_in_ones_own_calendar(table: Table, sign_in: SignIn, settings: LazySettings) -> None:
    settings.SITE_URL, settings.MAIL_FROM = SITE, FROM
    page = f"{table.street.base}meetings/{table.meeting}/"
    assert sign_in("Freja").get(f"{page}meeting.ics").status_code == 404
    table.move(Stage.CALLED)
    for name in ("Sara", "Mette", "Jens"):
        client = sign_in(name)
        assert "meeting.ics" in client.get(page).content.decode()
        came = client.get(f"{page}meeting.ics")
        assert came["Content-Disposition"] == 'attachment; filename="calendar.ics"'
        calendar = strict.read(came.content)
        event = calendar.only("VEVENT")
        assert (calendar.value("METHOD"), event.text("UID")) == ("PUBLISH", f"{table.meeting}@plan.example")
        assert event.lines["ORGANIZER"][1] == f"mailto:{FROM}"
        assert event.text("LOCATION") == "Familiehuset, lokale 2"
    for name in ("Olga", "Freja"):
        assert sign_in(name).get(f"{page}meeting.ics").status_code == 404


def test_a_button_in_the_demos_mailbox_answers_by_mail(
    table: Table, server: MailServer, settings: LazySettings, superuser_connection: psycopg.Connection
) -> None:
    settings.SITE_URL, settings.MAIL_FROM, settings.DEMO = SITE, FROM, True
    settings.SMTP, settings.DEMO_MAILBOX = mail_server(server.url), server.folder
    give_accounts(table.street)
    named = {"MAIL_FROM": FROM, "SITE_URL": SITE, "DATABASE_URL": databases.addresses()["DATABASE_URL"]}
    box = ("--port", str(server.port), "--folder", str(server.folder))
    answers = ("--answers", FROM, "--handed-to", "receive_mail")
    sinks = process("familieplan.post.sink", *box, *answers, **(databases.keys | named))
    with sinks as sink, worker(server.url, DJANGO_SETTINGS_MODULE="tests.settings"):
        table.move(Stage.CALLED)
        wait_for(lambda: len(server.letters()) == len(SEATED), 60)
        jens = press(settings, "Jens", "no")
        assert "Kalenderen har sendt svaret" in jens
        assert seat(table, "Jens") == ("no", "", True)
        assert "Kalenderen har sendt svaret" in press(settings, "Sara", "yes")
        assert seat(table, "Sara") == ("yes", "", True)
        table.start()
        assert "Svaret kom tilbage" in press(settings, "Lis", "maybe")
        assert seat(table, "Lis") == ("none", "", False)
        assert len(server.letters()) == len(SEATED)  # answers are no letters
        sink.terminate()
        said, _ = sink.communicate(timeout=20)
    assert not re.search(r"jens|sara|lis|@mail|[0-9a-f]{8}-", said, re.IGNORECASE)


def press(settings: LazySettings, name: str, which: str) -> str:
    [one] = reading.letters(settings.DEMO_MAILBOX, to=address(name))
    client = Client()
    assert f'value="{which}"' in client.get(f"/demo/mailbox/{one.id}/").content.decode()
    assert client.post(f"/demo/mailbox/{one.id}/answer/", {"answer": "perhaps"}).status_code == 400
    return client.post(f"/demo/mailbox/{one.id}/answer/", {"answer": which}, follow=True).content.decode()
