"""The kitchen table: the coordinator and the mother set an agenda, others propose, nobody is surprised."""

import re
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from familieplan.meetings import actions
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import AgendaItem, Meeting, Participant
from familieplan.meetings.preparing import times
from familieplan.meetings.preparing.listing import time_again
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.reading import still_untold
from familieplan.people import actions as people
from familieplan.people.models import Staff, Unit
from familieplan.plan import actions as plan
from familieplan.ui.dates import full_date
from tests.meetings.conftest import Table
from tests.street import SignIn, Street

pytestmark = pytest.mark.usefixtures("transactional_db")


def at(table: Table, path: str = "") -> str:
    return f"{table.street.base}meetings/{table.meeting}/{path}"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def on_sunday(days: int = 12) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def planned(street: Street, **changes: object) -> dict[str, object]:
    return {
        "once": str(uuid4()),
        "for_": [str(street.persons["Sara"])],
        "day": on_sunday(),
        "at": "14:30",
        "minutes": "75",
        "board": "ftbt",
        "place": "Køkkenbordet",
    } | changes


def test_the_coordinator_plans_a_meeting(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    answer = mette.post(f"{street.base}meetings/add/", planned(street))
    assert answer.status_code == 302, answer.content.decode()
    page = text(mette, answer["Location"])
    assert "Køkkenbordet" in page
    assert "Sara" in page
    assert "14.30" in page
    assert "Køkkenbordet" in text(mette, f"{street.base}meetings/")


def test_nobody_else_plans_one(street: Street, sign_in: SignIn) -> None:
    for name in ("Sara", "Jens", "Olga"):
        assert sign_in(name).get(f"{street.base}meetings/add/").status_code == 404


def test_a_meeting_in_the_past_is_refused_and_what_was_typed_is_kept(street: Street, sign_in: SignIn) -> None:
    answer = sign_in("Mette").post(f"{street.base}meetings/add/", planned(street, day=on_sunday(-3)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Køkkenbordet" in page
    assert "Det tidspunkt er forbi" in page


def test_sent_twice_with_another_time_both_stand(street: Street, sign_in: SignIn) -> None:
    mette, sent = sign_in("Mette"), planned(street)
    mette.post(f"{street.base}meetings/add/", sent)
    answer = mette.post(f"{street.base}meetings/add/", sent | {"at": "16:00"})
    assert answer.status_code == 409
    assert "16:00" in answer.content.decode()


def test_sara_reads_what_is_new_and_says_that_she_knows(table: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    page = text(sara, at(table))
    assert "Nyt for dig" in page
    assert "Skolen" in page
    assert "Jens" in page
    with table.as_("Sara") as by:
        shown = [str(one.about) for one in still_untold(table.meeting) if one.person == by.id]
    assert shown
    assert all(one in page for one in shown)
    sent = {"person": str(by.id), "how": "seen", "about": shown[:1]}
    assert sara.post(at(table, "known/"), sent).status_code == 302
    with table.as_("Sara") as by:
        assert len([one for one in still_untold(table.meeting) if one.person == by.id]) == len(shown) - 1


def test_news_of_a_meeting_say_which_and_the_family_page_leads_to_all(table: Table, sign_in: SignIn) -> None:
    sara = sign_in("Sara")
    with table.as_("Mette"):
        starts_at = table.row().starts_at
    which = f"mødet {full_date(starts_at)}" if starts_at else "et møde, der bliver forberedt"
    assert f"<h3>Der er nyt om {which}</h3>" in sara.get("/").content.decode()
    assert f'href="{table.street.base}meetings/">Alle møder' in sara.get(table.street.base).content.decode()


def test_the_coordinator_tells_exactly_what_stood_there(table: Table, sign_in: SignIn) -> None:
    mette, sara = sign_in("Mette"), table.street.persons["Sara"]
    assert "Jeg har fortalt det til Sara" in text(mette, at(table))
    with table.as_("Mette"):
        shown = [str(one.about) for one in still_untold(table.meeting) if one.person == sara]
    with table.as_("Mette") as by:  # something comes in between
        actions.put_on_agenda(meeting=table.row(), topic=table.topic("Ferien", "plan", "Sara", by), by=by)
    mette.post(at(table, "known/"), {"person": str(sara), "how": "told", "about": shown})
    page = text(mette, at(table))
    assert "Jeg har fortalt det til Sara" in page  # the holiday is still to be told


def test_the_school_proposes_and_sara_chooses(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    table.street.give("Anton", "Sara", "Jonas", kinds=("basic", "school"), to_units=(table.street.units["Byskolen"],))
    lis = sign_in("Lis")
    form = text(lis, at(table, "items/new/"))
    assert "Foreslå noget nyt" in form
    sent = {"once": str(uuid4()), "title": "Lektier", "about": [str(table.street.persons["Anton"])], "kind": "school"}
    answer = lis.post(at(table, "items/new/"), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert lis.post(at(table, "items/new/"), sent).status_code == 302  # sent twice: once
    sara = sign_in("Sara")
    page = text(sara, at(table))
    assert "Lektier" in page
    assert "Ja, den tager vi" in page
    assert "Ikke denne gang" in page
    with table.as_("Sara"):
        item = AgendaItem.objects.get(topic__title="Lektier")
    assert sara.post(at(table, f"items/{item.pk}/decide/"), {"status": "chosen"}).status_code == 302
    with table.as_("Sara"):
        assert AgendaItem.objects.get(pk=item.pk).status == "chosen"


def test_two_of_the_same_name_are_refused(table: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    about = [str(table.street.persons["Anton"])]
    sent = {"once": str(uuid4()), "title": "  skolen ", "about": about, "kind": "school"}
    answer = mette.post(at(table, "items/new/"), sent)
    assert answer.status_code == 422
    assert "står allerede på dagsordenen" in answer.content.decode()
    with table.as_("Mette") as by:
        other = table.topic("SKOLEN", "plan", "Sara", by)
    answer = mette.post(at(table, "items/add/"), {"once": str(uuid4()), "topics": [str(other)]})
    assert answer.status_code == 422
    assert "står allerede på dagsordenen" in answer.content.decode()


def test_items_change_places(table: Table, sign_in: SignIn) -> None:
    with table.as_("Mette"):
        first, second = (row.pk for row in AgendaItem.objects.order_by("order"))
    sign_in("Sara").post(at(table, f"items/{second}/decide/"), {"move": "up"})
    with table.as_("Mette"):
        assert [row.pk for row in AgendaItem.objects.order_by("order")] == [second, first]


def test_an_answer_in_one_press_keeps_the_words(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    with table.as_("Mette"):
        seat = table.seat("Jens")
    jens = sign_in("Jens")
    address = at(table, f"seats/{seat}/answer/")
    assert jens.post(address, {"reply": "maybe", "words": "Hvis toget kører"}).status_code == 302
    assert jens.post(address, {"reply": "yes"}).status_code == 302
    with table.as_("Mette"):
        row = Participant.objects.get(pk=seat)
        assert (row.reply, row.reply_words) == ("yes", "Hvis toget kører")
    assert sign_in("Lis").post(address, {"reply": "no"}).status_code == 404


def test_who_sees_nothing_and_which_yes_is_missing(table: Table, sign_in: SignIn) -> None:
    page = text(sign_in("Mette"), at(table))
    assert "Jens, Jobcenter, kan ikke se noget på dagsordenen" in page
    assert f"consents/new/{table.street.persons['Sara']}/?kinds=employment" in page
    table.street.give("Sara", "Sara")  # work, to the job centre
    page = text(sign_in("Mette"), at(table))
    assert "Jens, Jobcenter, kan ikke se noget" not in page
    assert "Lis, Byskolen, kan ikke se noget" in page


def test_who_sees_a_part_and_what_keeps_it_off_the_wall(table: Table, sign_in: SignIn) -> None:
    table.street.give("Sara", "Sara")  # work, to the job centre: the school of Anton stays closed to it
    page = text(sign_in("Mette"), at(table))
    hidden = re.search(r"Jens, Jobcenter, kan ikke se ([^<]*)", page)
    assert hidden
    assert "Skolen" in hidden[1]
    assert "Arbejdet" not in hidden[1]
    assert "kommer ikke på væggen" in page
    assert "kan ikke se" not in text(sign_in("Sara"), at(table))  # what Jens may read is on her own pages


def test_what_is_missing_is_said_when_the_agenda_is_sent(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    where = mette.post(f"{street.base}meetings/add/", planned(street, day="", at=""))["Location"]
    answer = mette.post(f"{where}send/")
    assert answer.status_code == 422
    assert "Der står ikke noget på dagsordenen endnu" in answer.content.decode()


def test_the_agenda_is_sent_once(table: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    assert [mette.post(at(table, "send/")).status_code for _ in range(2)] == [302, 302]
    with table.as_("Mette"):
        assert table.row().stage == Stage.CALLED


def test_it_begins_when_everybody_knows(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    mette = sign_in("Mette")
    with table.as_("Mette"):
        seats = {name: str(table.seat(name)) for name in ("Sara", "Jonas", "Mette", "Jens")}
    here = {"once": str(uuid4()), "came": list(seats.values())}
    answer = mette.post(at(table, "begin/"), here)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vi har talt om det nu" in page
    with table.as_("Mette"):  # who is here is kept all the same
        assert Participant.objects.get(pk=seats["Jens"]).came is True
        assert Participant.objects.get(pk=table.seat("Lis")).came is False
    for name, how in (("Sara", "told"), ("Jonas", "waived")):
        person = table.street.persons[name]
        with table.as_("Mette"):
            about = [str(one.about) for one in still_untold(table.meeting) if one.person == person]
        sent = {"person": str(person), "how": how, "about": about, "then": "begin"}
        assert mette.post(at(table, "known/"), sent)["Location"].endswith("/begin/")
    answer = mette.post(at(table, "begin/"), here)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].endswith("/board/")
    with table.as_("Mette"):
        assert table.row().stage == Stage.RUNNING


def test_two_who_change_the_time_see_both(table: Table, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    with table.as_("Mette"):
        seen = table.row().version
    sent = {"once": str(uuid4()), "day": on_sunday(20), "at": "10:00", "minutes": "60", "place": "Skolen"}
    assert mette.post(at(table, "edit/"), sent | {"version": seen}).status_code == 302
    answer = mette.post(at(table, "edit/"), sent | {"version": seen, "place": "Rådhuset"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rådhuset" in page
    assert "Skolen" in page


def test_called_off_by_the_coordinator_alone(table: Table, sign_in: SignIn) -> None:
    assert sign_in("Sara").post(at(table, "call-off/")).status_code == 404
    assert sign_in("Mette").post(at(table, "call-off/")).status_code == 302
    assert "Aflyst" in text(sign_in("Sara"), at(table))


class TestNearMisses:
    def test_on_the_team_and_not_invited(self, table: Table, sign_in: SignIn) -> None:
        with table.as_("Mette") as mette:
            actions.uninvite(meeting=table.row(), seat=table.seat("Jens"), by=mette)
        table.move(Stage.CALLED)
        assert sign_in("Jens").get(at(table)).status_code == 404
        assert sign_in("Jens").get(f"{table.street.base}meetings/").status_code == 404

    def test_invited_and_the_agenda_is_not_out(self, table: Table, sign_in: SignIn) -> None:
        jens = sign_in("Jens")
        assert jens.get(at(table)).status_code == 404
        table.move(Stage.CALLED)
        page = text(jens, at(table))
        assert "Arbejdet" not in page
        assert "Skolen" not in page
        assert "Sara" in page  # sits at the same table
        assert "Anton" not in page

    def test_a_parent_who_is_not_at_the_table(self, street: Street, sign_in: SignIn) -> None:
        where = sign_in("Mette").post(f"{street.base}meetings/add/", planned(street))["Location"]
        assert sign_in("Jonas").get(where).status_code == 404
        assert "Køkkenbordet" not in text(sign_in("Jonas"), f"{street.base}meetings/")

    def test_freja_whom_an_item_is_about(self, table: Table, sign_in: SignIn) -> None:
        freja = sign_in("Freja")
        assert freja.get(at(table)).status_code == 404
        with table.as_("Mette") as mette:
            actions.put_on_agenda(
                meeting=table.row(), topic=table.topic("Efterskole", "school", "Freja", mette), by=mette
            )
        page = text(freja, at(table))
        assert "Efterskole" in page
        assert "Arbejdet" not in page
        assert "Nyt for dig" in page
        assert "Ikke denne gang" not in page  # she reads it; the table is set by those who sit there

    def test_another_familys_coordinator(self, table: Table, sign_in: SignIn) -> None:
        for path in ("", "edit/", "items/add/", "seats/add/", "begin/", "call-off/"):
            assert sign_in("Olga").get(at(table, path)).status_code == 404

    def test_an_item_that_is_not_theirs_to_see(self, table: Table, sign_in: SignIn) -> None:
        with table.as_("Mette"):
            work = AgendaItem.objects.get(topic__title="Arbejdet").pk
        assert sign_in("Jonas").post(at(table, f"items/{work}/decide/"), {"status": "not_now"}).status_code == 404


def test_there_is_no_gap_where_something_is_hidden(table: Table, sign_in: SignIn) -> None:
    page = text(sign_in("Jonas"), at(table))
    assert "Arbejdet" not in page
    assert "Skolen" in page
    assert Meeting.objects.count() == 0  # nobody is signed in here


class TestFindingATime:
    def test_the_best_are_proposed_and_one_press_books(self, table: Table, sign_in: SignIn) -> None:
        mette = sign_in("Mette")
        page = text(mette, at(table, "time/"))
        times = re.findall(r'name="starts_at" value="([^"]+)"', page)
        assert len(times) == 5
        assert page.count("Vi kender ingens kalender") == 1  # of the family neither: there is no week of theirs
        with table.as_("Mette"):
            version = table.row().version
        assert mette.post(at(table, "time/"), {"starts_at": times[1], "version": version}).status_code == 302
        with table.as_("Mette"):
            assert table.row().starts_at == datetime.fromisoformat(times[1])

    def test_the_familys_week_is_held_against_it(self, table: Table, sign_in: SignIn) -> None:
        with table.as_("Mette") as mette:
            starts = timezone.localtime(table.row().starts_at)
            plan.add_weekly_time(
                person=table.person("Sara"),
                kind="employment",
                weekday=str(starts.isoweekday()),
                starts_at=time(0, 0),
                ends_at=time(23, 59),
                title="Praktik",
                by=mette,
            )
        said = "Det falder sammen med Praktik (Sara)"
        assert said in text(sign_in("Mette"), at(table))
        found = text(sign_in("Mette"), at(table, "time/"))
        assert "Vi kender ingens kalender" in found  # Sara's week is known; a calendar it is not
        assert "Det forstyrrer ikke familiens uge" in found
        assert "hvis kalender vi kender" not in found
        asked = {
            "day": starts.date().isoformat(),
            "at": "10:00",
            "minutes": "60",
            "for_": str(table.street.persons["Sara"]),
        }
        answer = sign_in("Mette").get(f"{table.street.base}meetings/collides/", asked)
        assert said in answer.content.decode()
        answer = sign_in("Mette").get(
            f"{table.street.base}meetings/collides/", asked | {"for_": str(table.street.persons["Jonas"])}
        )
        assert said not in answer.content.decode()

    def test_other_meetings_are_busy_times_and_nothing_more(self, table: Table, sign_in: SignIn) -> None:
        with table.as_("Mette") as mette:
            other = actions.plan_meeting(
                family=table.street.family,
                for_=[table.person("Sara")],
                starts_at=timezone.now() + timedelta(days=11),
                place="Et andet sted",
                by=mette,
            )
            assert other.starts_at
            [busy] = times_of(MeetingPage(table.row(), mette))[table.street.persons["Sara"]]
            assert busy == (other.starts_at, other.starts_at + timedelta(minutes=75))
        with table.as_("Sara") as sara:
            assert times_of(MeetingPage(table.row(), sara)) == {}


def times_of(page: MeetingPage) -> dict[UUID, list[Interval]]:
    return times.busy_elsewhere(page.meeting)


def test_an_absent_parent_does_not_stop_the_others(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    table.tell("Sara")
    mette = sign_in("Mette")
    with table.as_("Mette"):
        here, away = [str(table.seat(name)) for name in ("Sara", "Mette")], table.seat("Jonas")
    sent = {"once": str(uuid4()), "came": here}
    answer = mette.post(at(table, "begin/"), sent)
    assert answer.status_code == 422
    assert "Jonas kommer ikke i dag" in answer.content.decode()
    assert mette.post(at(table, f"seats/{away}/answer/"), {"reply": "no", "then": "begin"}).status_code == 302
    assert mette.post(at(table, "begin/"), sent).status_code == 422  # Anton's school is his to hear of all the same
    table.tell("Jonas")
    assert mette.post(at(table, "begin/"), sent).status_code == 302


def test_a_companion_is_brought_and_told(table: Table, sign_in: SignIn) -> None:
    sara, sent = (
        sign_in("Sara"),
        {"once": str(uuid4()), "companion": "Grete", "with_": str(table.street.persons["Sara"])},
    )
    assert [sara.post(at(table, "seats/companion/"), sent).status_code for _ in range(2)] == [302, 302]
    answer = sara.post(at(table, "seats/companion/"), sent | {"companion": "Gerda"})
    assert answer.status_code == 409
    assert "Gerda" in answer.content.decode()
    assert "kommer med dig" in text(sara, at(table))
    assert "Grete" in text(sign_in("Jonas"), at(table))
    other = sent | {"once": str(uuid4()), "with_": str(table.street.persons["Jonas"])}
    assert sara.post(at(table, "seats/companion/"), other).status_code == 422  # Jonas chooses for himself


def test_a_colleague_comes_instead(table: Table, sign_in: SignIn) -> None:
    with table.as_("Mette") as mette:
        olga = Staff.objects.get(pk=table.street.staff["Olga"])
        unit = Unit.objects.get(pk=table.street.units["Jobcenter"])
        line = people.add_to_team(
            family=table.street.family,
            staff=olga,
            unit=unit,
            about=[table.person("Sara")],
            starts=timezone.localdate(),
            by=mette,
        )
        seat = table.seat("Jens")
    answer = sign_in("Mette").post(at(table, f"seats/{seat}/deputy/"), {"once": str(uuid4()), "line": str(line.pk)})
    assert answer.status_code == 302, answer.content.decode()
    assert "i stedet for Jens" in text(sign_in("Sara"), at(table))


def test_the_link_to_the_missing_yes_fills_the_consent_in(table: Table, sign_in: SignIn) -> None:
    unit = table.street.units["Jobcenter"]
    page = text(
        sign_in("Mette"),
        f"{table.street.base}consents/new/{table.street.persons['Sara']}/?kinds=employment&recipients=unit:{unit}",
    )
    assert re.search(r'value="employment" checked', page)
    assert re.search(rf'value="unit:{unit}" checked', page)


def test_what_the_coordinator_cannot_see_stops_it_too_and_may_be_waived(table: Table, sign_in: SignIn) -> None:
    table.move(Stage.CALLED)
    with table.as_("Lis") as lis:
        item = actions.put_on_agenda(
            meeting=table.unseen(), topic=table.topic("Lektier", "school", "Anton", lis), by=lis
        )
    with table.as_("Sara") as sara:
        actions.decide(meeting=table.row(), item=item, status="chosen", by=sara)
    table.tell("Sara", "Jonas")
    mette = sign_in("Mette")
    with table.as_("Mette"):
        assert not AgendaItem.objects.filter(pk=item).exists()
        sent = {"once": str(uuid4()), "came": [str(table.seat(name)) for name in ("Sara", "Jonas", "Mette")]}
    answer = mette.post(at(table, "begin/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "noget nyt, som du ikke kan se" in page
    assert "Lektier" not in page
    waived = {"person": str(table.street.persons["Jonas"]), "how": "waived", "then": "begin"}
    assert mette.post(at(table, "known/"), waived).status_code == 302
    assert mette.post(at(table, "begin/"), sent).status_code == 302


def test_who_could_come_is_said_with_why_and_nobody_is_added(table: Table, sign_in: SignIn) -> None:
    with table.as_("Mette") as mette:
        actions.uninvite(meeting=table.row(), seat=table.seat("Jens"), by=mette)
        before = Participant.objects.filter(removed_at=None).count()
    mette_page = sign_in("Mette")
    assert "arbejder med Sara" in text(mette_page, at(table))
    table.street.give("Sara", "Sara")
    assert "kan se »Arbejdet«" in text(mette_page, at(table))
    assert "Skulle de måske også komme?" not in text(sign_in("Sara"), at(table))
    with table.as_("Mette"):
        assert Participant.objects.filter(removed_at=None).count() == before


@pytest.mark.parametrize(("days", "suggests"), [(43, True), (41, False)])
def test_after_six_weeks_a_new_one_is_suggested(table: Table, days: int, suggests: bool) -> None:
    held = Meeting(stage=Stage.CLOSED, ended_at=timezone.now() - timedelta(days=days))
    with table.as_("Mette"):
        assert (time_again([held]) is not None) is suggests
        assert time_again([]) is None
