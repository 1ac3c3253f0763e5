"""Which of these times suits you? Each answers for themselves, the coordinator reads; who else tries, finds nothing."""

import re
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.meetings import actions, asking, own_calendar
from familieplan.meetings.actions import NotTheirs
from familieplan.meetings.enums import Stage
from familieplan.meetings.jobs import remind
from familieplan.meetings.models import Poll, PollAnswer
from familieplan.people.models import TeamMember
from familieplan.people.records import Conflict
from familieplan.plan import actions as plan
from familieplan.ui.dates import moment
from tests.meetings.conftest import Table
from tests.meetings.mailing import give_accounts, to, written
from tests.meetings.test_own_calendar import calendar
from tests.street import SignIn

pytestmark = pytest.mark.usefixtures("transactional_db")
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
TIMES = [NOON + timedelta(days=days) for days in (8, 9, 10)]
ASKED = ("Sara", "Jonas", "Jens", "Lis")  # all at the table but Mette, who asks


@pytest.fixture
def poll(table: Table) -> Poll:
    with table.as_("Mette") as mette:
        return asking.ask_for_times(meeting=table.row(), times=TIMES, by=mette)


def say(table: Table, poll: Poll, name: str, *says: str, as_: str = "", id: UUID | None = None) -> PollAnswer:
    with table.as_(as_ or name) as by:
        holder = table.street.actor(name).id
        assert holder
        return asking.answer_times(poll=poll, holder=holder, says=says or ("can",) * 3, by=by, id=id)


def at(table: Table, path: str = "") -> str:
    return f"{table.street.base}meetings/{table.meeting}/{path}"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def sees(table: Table, name: str) -> set[UUID]:
    """Whose answers somebody can read."""
    with table.as_(name):
        return set(PollAnswer.objects.values_list("holder", flat=True))


class TestWhoAnswers:
    def test_each_for_themselves(self, table: Table, poll: Poll) -> None:
        for name in ("Sara", "Jens", "Mette"):  # Jens before the agenda is out: he has a seat
            row = say(table, poll, name, "can", "if_need_be", "cannot")
            assert row.created_by == row.holder

    @pytest.mark.parametrize(
        ("whose", "writes"), [("Sara", "Jonas"), ("Jens", "Lis"), ("Sara", "Jens"), ("Freja", "Freja")]
    )
    def test_nobody_for_somebody_else_and_nobody_without_a_seat(
        self, table: Table, poll: Poll, whose: str, writes: str
    ) -> None:
        with pytest.raises(NotTheirs):
            say(table, poll, whose, as_=writes)

    def test_what_the_coordinator_was_told_says_that_she_wrote_it(
        self, table: Table, poll: Poll, sign_in: SignIn
    ) -> None:
        assert say(table, poll, "Jonas", as_="Mette").created_by == table.street.staff["Mette"]
        assert "skrevet ned af dig" in text(sign_in("Mette"), at(table, "poll/"))

    def test_who_was_taken_off_the_table_answers_no_more(self, table: Table, poll: Poll) -> None:
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Lis"), by=mette)
        with pytest.raises(NotTheirs):
            say(table, poll, "Lis")

    def test_an_answer_to_each_time_and_no_other_word(self, table: Table, poll: Poll) -> None:
        with pytest.raises(NotTheirs):
            say(table, poll, "Sara", "can", "can")
        with pytest.raises(IntegrityError), transaction.atomic():
            say(table, poll, "Sara", "can", "can", "perhaps")

    def test_answers_stand_in_one_row(self, table: Table, poll: Poll) -> None:
        """In a table of their own they would break the coordinator's page."""
        with table.as_("Sara"), connection.cursor() as cursor:
            ask = "SELECT meetings.answer_times(%s, %s, %s, '{{can,can,can}}', '')"
            cursor.execute(ask, [uuid4(), poll.pk, table.street.persons["Sara"]])
            assert cursor.fetchone() == (False,)

    def test_sent_twice_it_is_one_and_with_other_words_it_is_said(self, table: Table, poll: Poll) -> None:
        id = uuid4()
        say(table, poll, "Sara", id=id)
        say(table, poll, "Sara", id=id)
        with pytest.raises(Conflict):
            say(table, poll, "Sara", "cannot", "can", "can", id=id)
        with table.as_("Mette"):
            assert PollAnswer.objects.get().says == ["can"] * 3


class TestWhoReads:
    def test_ones_own_and_the_coordinator_all(self, table: Table, poll: Poll) -> None:
        for name in ("Sara", "Jens"):
            say(table, poll, name)
        both = {table.street.persons["Sara"], table.street.staff["Jens"]}
        assert {name: sees(table, name) for name in ("Sara", "Jonas", "Jens", "Lis", "Freja", "Mette")} == {
            "Sara": {table.street.persons["Sara"]},
            "Jens": {table.street.staff["Jens"]},
            "Mette": both,
            **{name: set() for name in ("Jonas", "Lis", "Freja")},
        }

    def test_that_it_is_asked_only_those_with_a_seat_know(self, table: Table, poll: Poll) -> None:
        def knows(name: str) -> bool:
            with table.as_(name):
                return Poll.objects.exists()

        assert {name for name in ("Sara", "Jonas", "Jens", "Lis", "Mette", "Freja") if knows(name)} == {*ASKED, "Mette"}
        with acting_as(table.street.actor("Lis")):  # who has not opened the family
            assert not Poll.objects.exists()

    def test_the_app_writes_only_through_the_functions(self, table: Table, poll: Poll) -> None:
        row = say(table, poll, "Sara")
        with table.as_("Mette"), pytest.raises(ProgrammingError), transaction.atomic():
            PollAnswer.objects.filter(pk=row.pk).update(words="x")
        with table.as_("Mette"), pytest.raises(ProgrammingError), transaction.atomic():
            Poll.objects.update(closed_at=timezone.now())


class TestAsking:
    def test_only_the_coordinator_asks_and_stops(self, table: Table, poll: Poll) -> None:
        for name in ("Sara", "Jens"):
            with table.as_(name) as by, pytest.raises(NotTheirs):
                asking.stop_asking(poll=poll, by=by)
        with table.as_("Mette") as mette:
            asking.stop_asking(poll=poll, by=mette)
        for name in ("Sara", "Jens"):
            with table.as_(name) as by, pytest.raises(NotTheirs):
                asking.ask_for_times(meeting=table.unseen(), times=TIMES, by=by)

    @pytest.mark.parametrize(
        ("times", "constraint"),
        [
            (TIMES[:2], "poll_of_a_few_times"),
            ([TIMES[0], TIMES[0], TIMES[1]], "poll_of_a_few_times"),
            ([NOON + timedelta(days=days) for days in range(8, 14)], "poll_of_a_few_times"),
            ([*TIMES[:2], NOON - timedelta(days=1)], "meeting_in_the_past"),
        ],
    )
    def test_three_to_five_different_times_that_are_to_come(
        self, table: Table, times: list[datetime], constraint: str
    ) -> None:
        with table.as_("Mette") as mette, pytest.raises(IntegrityError) as refused, transaction.atomic():
            asking.ask_for_times(meeting=table.row(), times=times, by=mette)
        assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]

    def test_on_the_night_when_an_hour_is_missing_two_times_are_one(self, table: Table, sign_in: SignIn) -> None:
        year = timezone.localdate().year + 1
        night = next(day for day in range(25, 32) if date(year, 3, day).isoweekday() == 7)
        times = [(f"{year}-03-{night}", at) for at in ("02:30", "03:30", "10:00", "11:00")]
        sent = {
            name: value for n, (day, at) in enumerate(times) for name, value in ((f"day_{n}", day), (f"at_{n}", at))
        }
        told = " ".join(f"{year}-03-{night}T{hour:02}:00:00+00:00" for hour in (8, 9))  # it may be Easter
        told += f" {year}-03-{night}T01:30:00+00:00"
        sent |= {"told": told, "once": str(uuid4())}
        assert sign_in("Mette").post(at(table, "poll/ask/"), sent).status_code == 302
        with table.as_("Mette"):
            assert [timezone.localtime(one).hour for one in Poll.objects.get().times] == [3, 10, 11]

    def test_one_question_at_a_time(self, table: Table, poll: Poll) -> None:
        with (
            table.as_("Mette") as mette,
            pytest.raises(IntegrityError, match="poll_one_at_a_time"),
            transaction.atomic(),
        ):
            asking.ask_for_times(meeting=table.row(), times=TIMES, by=mette)

    def test_a_time_that_is_booked_closes_it_and_another_place_does_not(self, table: Table, poll: Poll) -> None:
        def change(**fields: object) -> bool:
            with table.as_("Mette") as mette:
                row = table.row()
                actions.change_meeting(meeting=row, version=row.version, by=mette, **fields)
                return Poll.objects.get().closed_at is not None

        assert not change(place="Et andet sted")
        assert change(starts_at=TIMES[1])
        with pytest.raises(NotTheirs):
            say(table, poll, "Sara")

    def test_called_off_it_is_closed(self, table: Table, poll: Poll) -> None:
        table.move(Stage.CANCELLED)
        with table.as_("Mette"):
            assert Poll.objects.get().closed_at


class TestLetters:
    def test_everybody_is_asked_once_and_who_sits_down_later_too(
        self, table: Table, superuser_connection: psycopg.Connection
    ) -> None:
        give_accounts(table.street)
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Lis"), by=mette)
            asking.ask_for_times(meeting=table.row(), times=TIMES, by=mette)
        assert written(superuser_connection, table.street) == to("poll", "Sara", "Jonas", "Jens")
        with table.as_("Mette") as mette:
            line = TeamMember.objects.get(staff_id=table.street.staff["Lis"])
            actions.invite_professional(meeting=table.row(), line=line, by=mette)
        assert written(superuser_connection, table.street) == to("poll", "Lis")

    def test_who_is_late_is_reminded_once(
        self, table: Table, poll: Poll, superuser_connection: psycopg.Connection
    ) -> None:
        give_accounts(table.street)
        say(table, poll, "Sara")
        remind(0)
        assert not written(superuser_connection, table.street)  # they were asked today
        superuser_connection.execute("UPDATE meetings_poll SET created_at = created_at - interval '2 days'")
        remind(0)
        assert written(superuser_connection, table.street) == to("poll", "Jonas", "Jens", "Lis", "Mette")
        remind(0)
        assert not written(superuser_connection, table.street)

    def test_nobody_is_reminded_of_times_that_have_passed(
        self, table: Table, poll: Poll, superuser_connection: psycopg.Connection
    ) -> None:
        give_accounts(table.street)
        superuser_connection.execute(
            "UPDATE meetings_poll SET created_at = created_at - interval '20 days',"
            " times = ARRAY(SELECT t - interval '20 days' FROM unnest(times) AS t)"
        )
        remind(0)
        assert not written(superuser_connection, table.street)


class TestPages:
    def test_asked_answered_read_and_booked(self, table: Table, sign_in: SignIn) -> None:
        mette, sara = sign_in("Mette"), sign_in("Sara")
        assert "poll/ask/" in text(mette, at(table, "time/"))
        form = text(mette, at(table, "poll/ask/"))
        values = {name: value for value, name in re.findall(r'value="([^"]*)"[^>]*?name="((?:day|at)_\d)"', form)}
        assert len(values) == 10
        answer = mette.post(at(table, "poll/ask/"), values | {"once": str(uuid4())})
        assert answer.status_code == 302, answer.content.decode()
        assert "Sig, hvad der passer dig" in text(sara, at(table))
        says = {f"time_{n}": "cannot" if n == 0 else "can" for n in range(5)}
        answer = sara.post(at(table, "poll/mine/"), says | {"words": "Helst formiddag", "once": str(uuid4())})
        assert answer.status_code == 302, answer.content.decode()
        page = text(mette, at(table, "poll/"))
        assert "Helst formiddag" in page
        assert "Kan ikke: Sara" in page
        first = re.findall(r'name="starts_at" value="([^"]+)"', page)[0]
        with table.as_("Mette"):
            assert datetime.fromisoformat(first) == Poll.objects.get().times[1]
            version = table.row().version
        mette.post(at(table, "time/"), {"starts_at": first, "version": version})
        assert mette.get(at(table, "poll/")).status_code == 302
        with table.as_("Mette"):
            assert table.row().starts_at == datetime.fromisoformat(first)

    def test_the_table_is_the_coordinators(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        for name in ("Sara", "Jens"):
            assert sign_in(name).get(at(table, "poll/")).status_code == 404
        assert sign_in("Freja").get(at(table, "poll/mine/")).status_code == 404

    def test_before_the_agenda_is_out_a_professional_learns_when_and_nothing_else(
        self, table: Table, poll: Poll, sign_in: SignIn
    ) -> None:
        lis = sign_in("Lis")
        assert lis.get(at(table)).status_code == 404
        assert f"{at(table)}poll/mine/" in text(lis, "/")
        page = text(lis, at(table, "poll/mine/"))
        assert not [word for word in ("Skolen", "Arbejdet", "Familiehuset", "Jonas", "Jens") if word in page]
        sent = {f"time_{n}": "can" for n in range(3)} | {"words": "", "once": str(uuid4())}
        assert lis.post(at(table, "poll/mine/"), sent).status_code == 302
        assert "Hvilke tidspunkter passer dig til et møde?" not in text(lis, "/")

    def test_of_a_time_one_does_not_know_yet_one_need_not_say(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        lis, empty = sign_in("Lis"), {"words": "", "once": str(uuid4())}
        answer = lis.post(at(table, "poll/mine/"), empty)
        assert answer.status_code == 422
        assert "Svar på mindst ét af tidspunkterne" in answer.content.decode()
        assert lis.post(at(table, "poll/mine/"), empty | {"time_1": "can"}).status_code == 302
        with table.as_("Lis"):
            assert PollAnswer.objects.get().says == ["", "can", ""]
        assert text(sign_in("Mette"), at(table, "poll/")).count("Ved det ikke endnu: Lis") == 2

    def test_what_has_passed_is_not_asked_any_more(
        self, table: Table, poll: Poll, sign_in: SignIn, superuser_connection: psycopg.Connection
    ) -> None:
        superuser_connection.execute("UPDATE meetings_poll SET times[1] = now() - interval '1 hour'")
        sara = sign_in("Sara")
        assert 'name="time_0"' not in text(sara, at(table, "poll/mine/"))
        sent = {"time_1": "can", "time_2": "cannot", "words": "", "once": str(uuid4())}
        assert sara.post(at(table, "poll/mine/"), sent).status_code == 302
        with table.as_("Sara"):
            assert PollAnswer.objects.get().says == ["", "can", "cannot"]
        assert text(sign_in("Mette"), at(table, "poll/")).count('name="starts_at"') == 2


class TestWhatIsKnown:
    """What is known of the family's week is held beside each time, also one the coordinator writes herself."""

    @pytest.fixture(autouse=True)
    def busy(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            for title in ("Praktik", "Kursus"):  # more than a holiday, which any of the days may be
                plan.add_weekly_time(
                    person=table.person("Sara"),
                    kind="employment",
                    weekday=str(timezone.localtime(TIMES[0]).isoweekday()),
                    starts_at=time(0, 0),
                    ends_at=time(23, 59),
                    title=title,
                    by=mette,
                )

    def test_a_time_that_collides_is_asked_about_when_it_was_said(self, table: Table, sign_in: SignIn) -> None:
        mette, sent = sign_in("Mette"), {"once": str(uuid4())}
        assert text(mette, at(table, "poll/ask/")).count("Foreslået: ") == 5
        for n, one in enumerate(timezone.localtime(one) for one in TIMES):
            sent |= {f"day_{n}": one.date().isoformat(), f"at_{n}": f"{one:%H:%M}"}
        answer = mette.post(at(table, "poll/ask/"), sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "skal rettes" not in page
        assert page.count("Det falder sammen med Praktik (Sara)") == page.count("Vil du spørge alligevel?") == 1
        told = re.findall(r'<input[^>]*name="told"[^>]*>', page)[0]
        told = re.findall(r'value="([^"]*)"', told)[0]
        assert TIMES[0].isoformat() in told.split()
        assert mette.post(at(table, "poll/ask/"), sent | {"told": TIMES[1].isoformat()}).status_code == 422
        assert mette.post(at(table, "poll/ask/"), sent | {"told": told}).status_code == 302

    def test_a_calendar_counts_until_its_owner_has_answered(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        with table.as_("Lis") as lis:
            own_calendar.give_file(raw=calendar(timezone.localtime(TIMES[1])), by=lis)
        with table.as_("Jens") as jens:
            own_calendar.give_file(raw=calendar(timezone.localtime(TIMES[1]) + timedelta(days=30)), by=jens)
        page = text(sign_in("Mette"), at(table, "poll/"))
        assert re.findall(r"Disse kan ikke: (Lis, som er optaget)", page) == ["Lis, som er optaget"]
        say(table, poll, "Lis")
        assert "Disse kan ikke" not in text(sign_in("Mette"), at(table, "poll/"))

    def test_without_answers_no_time_is_the_best(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        page = text(sign_in("Mette"), at(table, "poll/"))
        first = re.findall(r'name="starts_at" value="([^"]+)"', page)
        assert datetime.fromisoformat(first[-1]) == TIMES[0]
        assert "Ingen har svaret endnu" in page
        assert "tone-leaf" not in page
        say(table, poll, "Jens", "can", "cannot", "cannot")
        page = text(sign_in("Mette"), at(table, "poll/"))
        assert datetime.fromisoformat(re.findall(r'name="starts_at" value="([^"]+)"', page)[0]) == TIMES[0]
        assert "tone-leaf" in page


class TestTheMeetingWithoutATime:
    def test_the_poll_is_the_question_and_the_next_step(
        self, table: Table, poll: Poll, sign_in: SignIn, superuser_connection: psycopg.Connection
    ) -> None:
        assert "Kan du komme?" in text(sign_in("Sara"), at(table))
        superuser_connection.execute("UPDATE meetings_meeting SET starts_at = NULL WHERE id = %s", [table.meeting])
        say(table, poll, "Sara")
        assert "Kan du komme?" not in text(sign_in("Sara"), at(table))
        page = text(sign_in("Mette"), at(table))
        assert "Har ikke svaret" not in page
        seats = re.findall(r"Venter på (\d) af (\d) svar", page)[0]
        assert int(seats[0]) == int(seats[1]) - 1

    def test_with_a_time_and_nothing_else_to_do_it_is_what_is_waited_for(
        self, table: Table, poll: Poll, sign_in: SignIn
    ) -> None:
        table.tell("Sara", "Jonas")
        table.move(Stage.CALLED)
        assert re.search(r'id="step-title">Venter på \d af \d svar<', text(sign_in("Mette"), at(table)))
        for name in (*ASKED, "Mette"):
            say(table, poll, name)
        assert "Alle har svaret på, hvilke tidspunkter der passer" in text(sign_in("Mette"), at(table))


class TestAfterTheAnswer:
    """Who has answered finds the way back on my day, and hears when it is before the agenda is out; nothing more."""

    def day(self, sign_in: SignIn, name: str) -> str:
        return text(sign_in(name), "/")

    def test_the_answer_can_be_changed_from_my_day(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        assert "Hvilke tidspunkter passer dig til et møde?" in self.day(sign_in, "Jens")
        say(table, poll, "Jens")
        page = self.day(sign_in, "Jens")
        assert "Hvilke tidspunkter passer dig til et møde?" not in page
        assert "Du har svaret på, hvilke tider der passer dig" in page
        assert at(table, "poll/mine/") in page

    def test_the_mothers_front_page_leads_her_until_she_has_answered(
        self, table: Table, poll: Poll, sign_in: SignIn
    ) -> None:
        asks = "Hvilke tidspunkter passer dig til et møde?"
        page = self.day(sign_in, "Sara")
        assert asks in page
        assert f'href="{at(table, "poll/mine/")}"' in page
        assert asks not in self.day(sign_in, "Freja")
        say(table, poll, "Sara")
        assert asks not in self.day(sign_in, "Sara")

    def test_the_time_that_was_found_and_then_the_one_it_was_moved_to(
        self, table: Table, poll: Poll, sign_in: SignIn
    ) -> None:
        said = "et møde; dagsordenen kommer senere"
        for starts_at in (TIMES[1], TIMES[2] + timedelta(days=7)):
            with table.as_("Mette") as mette:
                row = table.row()
                actions.change_meeting(meeting=row, version=row.version, starts_at=starts_at, by=mette)
            page = self.day(sign_in, "Jens")
            assert said in page
            assert moment(starts_at, timezone.localdate()).capitalize() in page
            assert "Familiehuset" not in page
        assert sign_in("Jens").get(at(table)).status_code == 404
        assert said not in self.day(sign_in, "Mette")  # she has the meeting itself
        table.move(Stage.CALLED)
        assert said not in self.day(sign_in, "Jens")

    @pytest.mark.parametrize("name", ["Olga", "Jens"])
    def test_not_who_was_never_asked_or_is_no_longer_to_come(
        self, table: Table, poll: Poll, sign_in: SignIn, name: str
    ) -> None:
        with table.as_("Mette") as mette:
            if name == "Jens":
                actions.uninvite(meeting=table.row(), seat=table.seat("Jens"), by=mette)
            row = table.row()
            actions.change_meeting(meeting=row, version=row.version, starts_at=TIMES[1], by=mette)
        assert "et møde; dagsordenen kommer senere" not in self.day(sign_in, name)

    def test_called_off_it_is_not_set_to_anything(self, table: Table, poll: Poll, sign_in: SignIn) -> None:
        with table.as_("Mette") as mette:
            row = table.row()
            actions.change_meeting(meeting=row, version=row.version, starts_at=TIMES[1], by=mette)
        table.move(Stage.CANCELLED)
        assert "dagsordenen kommer senere" not in self.day(sign_in, "Jens")
