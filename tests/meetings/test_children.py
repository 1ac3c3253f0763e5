"""A child's part: ten minutes, a talk elsewhere or a message; what it says of a parent the parent does not see."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from familieplan.access.drawers import NotYourDrawer
from familieplan.consent.models import Notice
from familieplan.meetings import actions, children
from familieplan.meetings.enums import ChildWay, Stage
from familieplan.meetings.models import Brought, ChildPart, Participant
from familieplan.meetings.reading import in_the_room
from familieplan.people.models import Person
from familieplan.people.records import Conflict
from familieplan.plan import actions as plan
from familieplan.plan.models import Statement
from tests.meetings.conftest import Table
from tests.street import SignIn

pytestmark = pytest.mark.usefixtures("transactional_db")
ELSEWHERE: dict[str, Any] = {"way": "elsewhere", "met_by": "Lis, klasselærer", "place": "Biblioteket"}


def unseen(table: Table, name: str) -> Person:
    """Also for somebody who may not know of them."""
    return Person(pk=table.street.persons[name], family_id=table.street.family)


def choose(table: Table, child: str, by: str = "Mette", id: UUID | None = None, **chosen: object) -> ChildPart:
    with table.as_(by) as actor:
        wanted = {"way": ChildWay.MESSAGE} | chosen
        return children.take_part(meeting=table.unseen(), child=unseen(table, child), by=actor, id=id, **wanted)  # type: ignore[arg-type]


def say(table: Table, child: str, text: str, *, private: bool, by: str = "Mette") -> None:
    with table.as_(by) as actor:
        today = timezone.localdate()
        children.bring_words(
            meeting=table.unseen(), child=unseen(table, child), text=text, private=private, said_on=today, by=actor
        )


def at(table: Table, path: str = "") -> str:
    return f"{table.street.base}meetings/{table.meeting}/{path}"


def told(table: Table) -> set[str]:
    """Who has been told how a child takes part."""
    found = set()
    for name in ("Sara", "Jonas", "Anton", "Freja", "Mette", "Jens", "Lis"):
        with table.as_(name):
            if Notice.objects.filter(what="child part", about=table.meeting).exists():
                found.add(name)
    return found


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


class TestWhoChooses:
    def test_the_coordinator_with_the_child(self, table: Table) -> None:
        assert choose(table, "Anton", **ELSEWHERE).met_by == "Lis, klasselærer"

    def test_the_child_itself_when_it_is_invited_in(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        assert choose(table, "Freja", by="Freja").created_by == table.street.persons["Freja"]

    @pytest.mark.parametrize(
        ("child", "by"), [("Anton", "Sara"), ("Anton", "Freja"), ("Anton", "Jens"), ("Freja", "Sara")]
    )
    def test_nobody_else_for_it(self, table: Table, child: str, by: str) -> None:
        with pytest.raises(NotYourDrawer):
            choose(table, child, by=by)

    def test_a_grown_up_has_a_seat_and_not_a_part(self, table: Table) -> None:
        with pytest.raises(IntegrityError, match="not a child"), transaction.atomic():
            choose(table, "Sara")

    def test_who_is_left_out_is_left_out_for_a_reason(self, table: Table) -> None:
        with pytest.raises(IntegrityError, match="child_left_out_with_reason"), transaction.atomic():
            choose(table, "Anton", way="not_asked")
        assert choose(table, "Anton", way="not_asked", why="Han er hos sin mormor hele ugen").why

    def test_who_says_no_owes_nobody_a_reason(self, table: Table) -> None:
        assert choose(table, "Anton", way="not_now").why == ""

    def test_no_child_writes_that_it_was_not_asked(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        with pytest.raises(NotYourDrawer):
            choose(table, "Freja", by="Freja", way="not_asked", why="De spurgte mig ikke")

    def test_elsewhere_is_with_somebody(self, table: Table) -> None:
        with pytest.raises(IntegrityError, match="child_meets_somebody"), transaction.atomic():
            choose(table, "Anton", way="elsewhere")

    def test_sent_twice_it_is_one_and_nothing_is_changed_afterwards(self, table: Table) -> None:
        id = uuid4()
        choose(table, "Anton", id=id, **ELSEWHERE)
        choose(table, "Anton", id=id, **ELSEWHERE)
        with pytest.raises(Conflict):
            choose(table, "Anton", id=id, way="not_now", why="Nej")
        with table.as_("Mette"), pytest.raises(ProgrammingError), transaction.atomic():
            ChildPart.objects.update(why="x")


class TestTold:
    """Law 4: a choice made in a child's name is told to those who decide for it, and to itself from 12."""

    def test_those_with_custody_hear_of_it_at_once(self, table: Table, sign_in: SignIn) -> None:
        choose(table, "Anton", **ELSEWHERE)
        assert told(table) == {"Sara", "Jonas"}
        page = text(sign_in("Sara"), "/")
        assert "Sådan er et barn med i et møde" in page
        assert "Anton: taler med en voksen først" in page

    def test_who_decides_for_themselves_hears_of_it_alone(self, table: Table) -> None:
        """Freja is 16: her mother may read it, but does not decide for her."""
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        choose(table, "Freja", way="ten_minutes", slot=(30, 10))
        assert told(table) == {"Freja"}

    def test_what_one_chose_oneself_is_no_news(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        choose(table, "Freja", by="Freja")
        assert told(table) == set()

    def test_who_knows_nothing_of_the_meeting_hears_nothing(self, table: Table) -> None:
        """Jonas is taken off, and Anton's school off the agenda: then he decides for Anton, and knows of no meeting."""
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Jonas"), by=mette)
            item = table.row().items.get(topic__title="Skolen")
            actions.decide(meeting=table.row(), item=item.pk, status="not_now", by=mette)
        choose(table, "Anton", **ELSEWHERE)
        assert told(table) == {"Sara"}
        with table.as_("Mette") as mette:  # who sits down later hears of it then; Freja does not decide for him
            for name in ("Jonas", "Freja"):
                actions.invite_person(meeting=table.row(), person=table.person(name), by=mette)
        assert told(table) == {"Sara", "Jonas"}


class TestTenMinutes:
    @pytest.fixture
    def slot(self, table: Table) -> UUID:
        choose(table, "Freja", way="ten_minutes", slot=(30, 10))
        with table.as_("Mette"):
            return table.seat("Freja")

    def test_the_child_has_a_seat_for_that_while_and_it_stands_there_for_all(
        self, table: Table, slot: UUID, sign_in: SignIn
    ) -> None:
        with table.as_("Mette"):
            starts = timezone.localtime(table.row().starts_at) + timedelta(minutes=30)
        when = f"{starts:%-H.%M}–{starts + timedelta(minutes=10):%-H.%M}"
        table.move(Stage.CALLED)
        for name in ("Sara", "Mette", "Lis"):
            assert f"kommer kl. {when}" in text(sign_in(name), at(table))
        assert f"Freja er med kl. {when}" in text(sign_in("Sara"), at(table))  # beside the agenda, where there is one

    def test_another_choice_gives_the_seat_back(self, table: Table, slot: UUID) -> None:
        choose(table, "Freja", way="message")
        with table.as_("Mette"):
            assert Participant.objects.get(pk=slot).removed_at

    def test_a_seat_for_all_of_it_is_none_of_this(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            seat = actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        choose(table, "Freja", way="message")
        with table.as_("Mette"):
            assert Participant.objects.get(pk=seat).removed_at is None

    def test_a_shorter_meeting_has_the_child_in_it_all_the_same(self, table: Table, slot: UUID) -> None:
        for minutes, comes in ((45, (30, 10)), (40, (30, 10)), (35, (25, 10)), (75, (25, 10))):
            with table.as_("Mette") as mette:
                row = table.row()
                actions.change_meeting(meeting=row, version=row.version, minutes=minutes, by=mette)
                seat = Participant.objects.get(pk=slot)
                assert (seat.from_minute, seat.for_minutes) == comes, minutes

    def test_the_childs_calendar_says_its_while_and_follows_it(self, table: Table, slot: UUID) -> None:
        table.tell("Freja")
        table.move(Stage.CALLED)

        def calendar(name: str) -> tuple[timedelta, int, int]:
            """From when after the beginning, for how many minutes, and in which version."""
            with table.as_(name) as by:
                starts_at = table.row().starts_at
                assert starts_at
                with connection.cursor() as cursor:
                    cursor.execute("SELECT * FROM meetings.for_calendar(%s, %s)", [table.meeting, by.id])
                    at, minutes, _place, _is_called, version = cursor.fetchone()
            return at - starts_at, minutes, version

        minutes = timedelta(minutes=1)
        first = calendar("Freja")
        assert first[:2] == (30 * minutes, 10)
        assert calendar("Sara")[:2] == (0 * minutes, 75)
        choose(table, "Freja", way="ten_minutes", slot=(0, 15))
        then = calendar("Freja")
        assert then[:2] == (0 * minutes, 15)
        assert then[2] > first[2]

    def test_only_the_coordinator_says_when(self, table: Table, slot: UUID) -> None:
        for name in ("Sara", "Jens"):
            with table.as_(name) as by, pytest.raises(actions.NotTheirs):
                children.come_for_a_while(meeting=table.unseen(), seat=slot, slot=(0, 10), by=by)

    def test_the_wall_knows_the_child_is_there_then_and_not_before(
        self, table: Table, slot: UUID, superuser_connection: psycopg.Connection
    ) -> None:
        table.tell("Freja")
        table.start()
        with table.as_("Mette") as mette:
            for name in ("Sara", "Mette"):
                actions.note_attendance(seat=Participant.objects.get(pk=table.seat(name)), came=True, by=mette)
            for name in ("Jonas", "Jens", "Lis"):
                actions.note_attendance(seat=Participant.objects.get(pk=table.seat(name)), came=False, by=mette)
            assert Participant.objects.get(pk=slot).stepped_out

        def wall(minutes: int) -> bool:
            """Does the school of Anton, which Freja may not read about, hang on the wall so long after the start?"""
            superuser_connection.execute("SET session_replication_role = replica")  # the database says when
            ago = "UPDATE meetings_meeting SET started_at = now() - make_interval(mins => %s)"
            superuser_connection.execute(ago, [minutes])
            superuser_connection.execute("RESET session_replication_role")
            with table.as_("Mette"):
                return table.row().items.get(topic__title="Skolen").scope_id in in_the_room(table.meeting)

        assert [wall(minutes) for minutes in (29, 30, 39, 40)] == [True, False, False, True]
        with table.as_("Mette") as mette:  # she says so herself: then her word counts, and not the clock
            actions.note_attendance(seat=Participant.objects.get(pk=slot), came=True, by=mette)
            actions.step_out(seat=Participant.objects.get(pk=slot), is_out=False, by=mette)
        assert not wall(50)
        with table.as_("Mette") as mette:
            actions.step_out(seat=Participant.objects.get(pk=slot), is_out=True, by=mette)
        assert wall(35)


class TestWords:
    SAID = "Far råber, når han har drukket"

    def test_what_it_says_in_private_leaves_no_trace_for_the_parents(self, table: Table, sign_in: SignIn) -> None:
        choose(table, "Anton")
        sara = sign_in("Sara")

        def page() -> str:
            return re.sub(
                r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", text(sara, at(table))
            )

        before = page()
        say(table, "Anton", self.SAID, private=True)
        assert page() == before
        assert self.SAID not in text(sara, at(table, "board/"))
        assert "en besked til et møde" not in text(sara, f"{table.street.base}log/")
        for name in ("Sara", "Jonas", "Jens", "Lis"):
            with table.as_(name):
                assert not Brought.objects.exists()
                assert not Statement.objects.filter(kind="message").exists()
        assert self.SAID in text(sign_in("Mette"), at(table))

    def test_what_it_wants_said_is_read_by_those_who_may_read_about_it(self, table: Table, sign_in: SignIn) -> None:
        table.street.give(
            "Anton", "Sara", "Jonas", kinds=("basic", "plan"), to_units=(table.street.units["Familieteam"],)
        )
        say(table, "Anton", "Jeg vil gerne have ro om morgenen", private=False)
        sara = sign_in("Sara")
        assert "ro om morgenen" in text(sara, at(table))
        assert "en besked til et møde" in text(sara, f"{table.street.base}log/")
        with table.as_("Jens"):
            assert not Brought.objects.exists()

    def test_nobody_brings_words_for_somebody_elses_child(self, table: Table) -> None:
        for name in ("Sara", "Jens"):
            with pytest.raises((NotYourDrawer, ProgrammingError)), transaction.atomic():
                say(table, "Anton", "Alt er fint", private=False, by=name)

    def test_what_it_brought_stands_in_the_minutes_of_those_who_may_read_it(
        self, table: Table, sign_in: SignIn
    ) -> None:
        team = table.street.units["Familieteam"]
        table.street.give("Anton", "Sara", "Jonas", kinds=("basic", "plan"), to_units=(team,))
        said = {True: self.SAID, False: "Jeg vil gerne have ro om morgenen"}
        for private, words in said.items():
            say(table, "Anton", words, private=private)
        table.start()
        mette = sign_in("Mette")
        looked_through_together = text(mette, at(table, "end/"))
        assert said[False] in looked_through_together
        assert said[True] not in looked_through_together
        assert mette.post(at(table, "close/"), {"once": str(uuid4())}).status_code == 302
        reads = {"Mette": (False, True), "Sara": (False, True), "Jonas": (False, True), "Jens": (False, False)}
        for name, (private, other) in reads.items():
            page = text(sign_in(name), at(table, "minutes/"))
            assert ((said[True] in page), (said[False] in page)) == (private, other), name

    def test_on_the_wall_hangs_only_what_everybody_in_the_room_may_hear(self, table: Table, sign_in: SignIn) -> None:
        say(table, "Anton", self.SAID, private=True)
        table.start()
        mette = sign_in("Mette")
        assert self.SAID in text(mette, at(table, "board/"))
        assert self.SAID not in text(mette, at(table, "projector/"))


class TestPages:
    def test_asked_met_and_heard(self, table: Table, sign_in: SignIn) -> None:
        mette, anton = sign_in("Mette"), table.street.persons["Anton"]
        assert "Anton er ikke blevet spurgt endnu" in text(mette, at(table))
        sent = ELSEWHERE | {"why": "", "meets_on": "", "from_minute": "0", "for_minutes": "10", "once": str(uuid4())}
        assert mette.post(at(table, f"children/{anton}/"), sent).status_code == 302
        assert "Lis, klasselærer · Biblioteket" in text(mette, at(table))
        for _twice in range(2):
            assert mette.post(at(table, f"children/{anton}/met/")).status_code == 302
        with table.as_("Mette"):
            assert ChildPart.objects.filter(done_on__isnull=False).count() == 1
        sent = {"text": TestWords.SAID, "hears": "us", "once": str(uuid4())}
        assert mette.post(at(table, f"children/{anton}/words/"), sent).status_code == 302
        assert "Kun mellem jer" in text(mette, at(table))

    def test_the_page_is_the_childs_and_the_coordinators(self, table: Table, sign_in: SignIn) -> None:
        anton, freja = table.street.persons["Anton"], table.street.persons["Freja"]
        for name in ("Sara", "Jonas", "Jens"):
            for path in ("", "words/"):
                assert sign_in(name).get(at(table, f"children/{anton}/{path}")).status_code == 404
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)
        page = text(sign_in("Freja"), at(table, f"children/{freja}/"))
        assert "Hvordan vil du gerne høres?" in page
        assert 'name="from_minute"' not in page
        assert sign_in("Freja").get(at(table, f"children/{anton}/")).status_code == 404

    def test_without_a_reason_it_is_asked_for(self, table: Table, sign_in: SignIn) -> None:
        sent = {"way": "not_asked", "why": "", "once": str(uuid4())}
        answer = sign_in("Mette").post(at(table, f"children/{table.street.persons['Anton']}/"), sent)
        assert answer.status_code == 422
        assert "Efter loven skal grunden stå her" in answer.content.decode()


def form_of(way: str, **more: str) -> dict[str, str]:
    empty = {"from_minute": "0", "for_minutes": "10", "met_by": "", "place": "", "meets_on": "", "why": ""}
    return empty | {"way": way, "once": str(uuid4())} | more


class TestWhoReadsIt:
    """The page promises what the drawer holds: no more readers, and no fewer."""

    def choice(self, table: Table, sign_in: SignIn) -> str:
        return text(sign_in("Freja"), at(table, f"children/{table.street.persons['Freja']}/"))

    @pytest.fixture
    def invited(self, table: Table) -> None:
        with table.as_("Mette") as mette:
            actions.invite_person(meeting=table.row(), person=table.person("Freja"), by=mette)

    @pytest.mark.usefixtures("invited")
    def test_without_a_yes_the_coordinator_does_not_and_it_says_so(self, table: Table, sign_in: SignIn) -> None:
        page = self.choice(table, sign_in)
        assert "Det, der bliver valgt, kan ses af: Dig, en anden i familien." in page
        assert "Den, der leder mødet, kan ikke se det" in page
        choose(table, "Freja", by="Freja", **ELSEWHERE)
        with table.as_("Mette"):
            assert not ChildPart.objects.exists()
        assert "Hvad Freja vælger selv, kan du ikke se" in text(sign_in("Mette"), at(table))
        assert "Fortæl selv, hvad du har valgt" in text(sign_in("Freja"), at(table))

    @pytest.mark.usefixtures("invited")
    def test_with_a_yes_she_does(self, table: Table, sign_in: SignIn) -> None:
        unit = table.street.units["Familieteam"]
        table.street.give("Freja", "Freja", kinds=("basic", "plan"), to_units=(unit,), from_units=())
        page = self.choice(table, sign_in)
        assert "kan ses af: Dig, en anden i familien, Familieteam." in page
        assert "Den, der leder mødet, kan ikke se det" not in page
        assert "Freja er ikke blevet spurgt endnu" in text(sign_in("Mette"), at(table))
        choose(table, "Freja", by="Freja", **ELSEWHERE)
        assert "Lis, klasselærer" in text(sign_in("Mette"), at(table))

    def test_parents_see_that_their_child_has_not_been_asked(self, table: Table, sign_in: SignIn) -> None:
        asked = "Anton er ikke blevet spurgt endnu"
        for name in ("Sara", "Jonas"):
            page = text(sign_in(name), at(table))
            assert asked in page
            assert ("Freja er ikke blevet spurgt" in page) == (name == "Sara")  # custody of her is Sara's alone
            assert f"children/{table.street.persons['Anton']}/" not in page  # to ask is the coordinator's
        table.move(Stage.CALLED)
        assert asked not in text(sign_in("Jens"), at(table))
        choose(table, "Anton", **ELSEWHERE)
        assert asked not in text(sign_in("Sara"), at(table))

    def test_who_only_hears_of_an_item_is_not_told_about_the_children(self, table: Table, sign_in: SignIn) -> None:
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Jonas"), by=mette)
        assert "ikke blevet spurgt" not in text(sign_in("Jonas"), at(table))


class TestGoingWrong:
    """What an adversary found."""

    def test_nobody_comes_after_it_is_over(self, table: Table, sign_in: SignIn) -> None:
        mette, address = sign_in("Mette"), at(table, f"children/{table.street.persons['Anton']}/")
        answer = mette.post(address, form_of("ten_minutes", from_minute="70"))
        assert answer.status_code == 422
        assert "Mødet er slut inden da" in answer.content.decode()
        assert mette.post(address, form_of("ten_minutes", from_minute="65")).status_code == 302

    def test_a_choice_sent_again_after_another_was_made_changes_nothing(self, table: Table) -> None:
        first = uuid4()
        choose(table, "Freja", id=first)
        choose(table, "Freja", way="ten_minutes", slot=(30, 10))
        choose(table, "Freja", id=first)
        with table.as_("Mette"):
            assert table.seat("Freja")

    def test_the_child_that_chooses_otherwise_gives_its_while_back(self, table: Table) -> None:
        choose(table, "Freja", way="ten_minutes", slot=(30, 10))
        with table.as_("Mette"):
            seat = table.seat("Freja")
        choose(table, "Freja", by="Freja", way="ten_minutes")
        with table.as_("Mette"):
            assert Participant.objects.get(pk=seat).removed_at is None
        choose(table, "Freja", by="Freja", way="not_now", why="Jeg har ikke lyst")
        with table.as_("Mette"):
            assert Participant.objects.get(pk=seat).removed_at

    def test_once_it_has_begun_the_page_says_what_can_be_done(self, table: Table, sign_in: SignIn) -> None:
        table.start()
        address = at(table, f"children/{table.street.persons['Anton']}/")
        answer = sign_in("Mette").post(address, form_of("ten_minutes"))
        assert answer.status_code == 422
        assert "Mødet er begyndt. Invitér barnet" in answer.content.decode()

    def test_nobody_takes_to_a_meeting_what_a_child_has_said_elsewhere(self, table: Table) -> None:
        table.street.give("Anton", "Sara", "Jonas", to_units=(table.street.units["Familieteam"],), kinds=("plan",))
        anton = (table.street.persons["Anton"],)
        with table.as_("Mette") as mette:
            place, today = plan.Place(table.street.family, anton, "plan"), timezone.localdate()
            said = plan.say(
                place=place, kind="wish", text="En hund", speaker=table.person("Anton"), said_on=today, by=mette
            )
        for name in ("Sara", "Mette"):
            with table.as_(name), pytest.raises(ProgrammingError, match="another"), transaction.atomic():
                Brought.objects.create(
                    meeting_id=table.meeting,
                    statement=said,
                    family_id=said.family_id,
                    scope_id=said.scope_id,
                    created_by=table.street.actor(name).id,
                )

    def test_words_are_not_brought_to_a_meeting_that_was_called_off(self, table: Table) -> None:
        table.move(Stage.CANCELLED)
        with pytest.raises(IntegrityError, match="over"), transaction.atomic():
            say(table, "Anton", TestWords.SAID, private=True)

    def test_the_wall_reads_itself_anew_where_the_clock_says_who_is_in(self, table: Table, sign_in: SignIn) -> None:
        table.start()
        assert "data-live-clock" not in text(sign_in("Mette"), at(table, "projector/"))

    def test_the_wall_of_a_meeting_a_child_comes_into(self, table: Table, sign_in: SignIn) -> None:
        choose(table, "Freja", way="ten_minutes", slot=(30, 10))
        table.tell("Freja")
        table.start()
        mette = sign_in("Mette")
        for path in ("projector/", "board/"):  # and who is in the room, for the one who leads
            assert "data-live-clock" in text(mette, at(table, path))
        assert "data-live-clock" not in text(sign_in("Sara"), at(table, "board/"))
        with table.as_("Mette") as by:  # she has said that Freja is there: then the clock says nothing
            actions.note_attendance(seat=Participant.objects.get(pk=table.seat("Freja")), came=True, by=by)
        for path in ("projector/", "board/"):
            assert "data-live-clock" not in text(mette, at(table, path))

    def test_what_was_brought_is_not_rewritten_elsewhere(self, table: Table, sign_in: SignIn) -> None:
        say(table, "Anton", TestWords.SAID, private=True)
        with table.as_("Mette"):
            said = Statement.objects.get(kind="message")
        assert sign_in("Mette").get(f"{table.street.base}statements/{said.pk}/edit/").status_code == 404

    def test_who_hears_it_is_said_as_it_is(
        self, table: Table, sign_in: SignIn, superuser_connection: psycopg.Connection
    ) -> None:
        """A unit's people on the family's team read what one of them writes: nobody promises the child otherwise."""
        say(table, "Anton", TestWords.SAID, private=True)
        found = superuser_connection.execute(
            "SELECT g.holder, g.basis FROM access_grant g JOIN plan_statement s USING (scope_id)"
            " WHERE s.kind = 'message'"
        ).fetchall()
        people = table.street
        assert set(found) == {(people.staff["Mette"], "own"), (people.persons["Anton"], "self")}
        page = text(sign_in("Mette"), at(table, f"children/{people.persons['Anton']}/words/"))
        assert "Kun barnet og os i min enhed, der arbejder med familien" in page
