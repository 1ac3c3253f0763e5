"""Fewer rights: parents first, one child, a small yes, and what an early course does not hold. PostgreSQL says no."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from familieplan.access.drawers import NotYourDrawer
from familieplan.consent import actions as consents
from familieplan.consent.models import LegalParagraph
from familieplan.early.actions import Child, Parent
from familieplan.meetings.models import Meeting
from familieplan.people import actions as people
from familieplan.people.models import FirstTalk, TeamMember
from familieplan.plan import actions as plan
from familieplan.plan.models import Topic
from tests.early.conftest import Daycare, begin
from tests.street import years_ago

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate


def test_first_who_was_talked_with_and_by_whom(daycare: Daycare) -> None:
    with daycare.as_("Maja"):
        talk = FirstTalk.objects.get(person=daycare.persons["Maja"])
        assert (talk.created_by, talk.talked_on) == (daycare.actor("Grete").id, TODAY())
        assert not FirstTalk.objects.filter(person=daycare.persons["Bo"]).exists()  # that is his


def test_only_a_unit_that_starts_them_begins_one(before: Daycare) -> None:
    for who in ("Stine", "Lis", "Jens", "Mette", "Leo"):
        with pytest.raises(ProgrammingError):
            begin(before, by=who)


def test_not_with_a_talk_that_is_still_to_come(before: Daycare) -> None:
    tomorrow = TODAY() + timedelta(days=1)
    with pytest.raises(IntegrityError, match="parents first"):
        begin(before, parents=[Parent("Maja", "Lind", "mor", tomorrow)])


def test_from_15_the_young_person_is_talked_with_too(before: Daycare) -> None:
    with pytest.raises(IntegrityError, match="parents first"):
        begin(before, child=Child("Ida", "Lind", years_ago(15)))


def test_nobody_more_than_the_child_and_those_with_custody(daycare: Daycare) -> None:
    with pytest.raises(IntegrityError, match="about one child"), daycare.as_("Grete") as grete:
        people.add_person(family=daycare.family, given_name="Mormor", by=grete)


def test_to_everybody_else_there_is_no_such_family(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    for who in ("Nina", "Stine", "Jens", "Lis", "Mette"):  # the school next door, the job centre, another family's
        assert daycare.sees(who) == set()


def test_before_the_yes_nothing_is_written_about_the_child(daycare: Daycare) -> None:
    with pytest.raises(NotYourDrawer):
        daycare.joins("Stine")
    with pytest.raises(NotYourDrawer):
        daycare.topic()
    with pytest.raises(NotYourDrawer):
        daycare.meeting()


def test_one_of_two_is_no_yes(daycare: Daycare) -> None:
    daycare.yes("Maja")
    with pytest.raises(NotYourDrawer):
        daycare.topic()


def test_with_the_yes_of_both_it_can_be_talked_about(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    assert daycare.topic().title == "Søvn"
    assert daycare.meeting().kind == "early"


def test_only_kinds_that_an_early_meeting_needs(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    for kind in ("economy", "mental_health", "substance_use", "violence", "crime", "housing", "employment", "network"):
        with pytest.raises(NotYourDrawer):
            daycare.topic(kind=kind)
        with pytest.raises(IntegrityError, match="more than it needs"):
            daycare.yes("Maja", "Bo", kinds=("basic", kind))


def test_the_job_centre_and_a_school_without_a_part_are_outside(daycare: Daycare) -> None:
    for unit in ("Jobcenter", "Byskolen"):
        with pytest.raises(IntegrityError, match="outside"):
            daycare.yes("Maja", "Bo", to=("Børnehuset", unit))
    daycare.yes("Maja", "Bo")
    with pytest.raises(NotYourDrawer):
        daycare.joins("Jens")
    with pytest.raises(IntegrityError, match="outside"):
        daycare.joins("Lis")


def test_a_yes_ends_with_the_early_course(daycare: Daycare) -> None:
    with pytest.raises(IntegrityError, match="holds longer"):
        daycare.yes("Maja", "Bo", until=TODAY() + timedelta(days=91))


def test_a_reason_does_not_stand_for_a_parent(daycare: Daycare) -> None:
    with pytest.raises(IntegrityError, match="everybody or nobody"):
        daycare.yes("Maja", deviation_reason="Bo svarer ikke")


def _goal(daycare: Daycare) -> None:
    with daycare.as_("Grete") as grete:
        plan.add_goal(place=plan.Place(daycare.family, (daycare.persons["Ida"],), "daycare"), text="Sove", by=grete)


def _cpr(daycare: Daycare) -> None:
    with daycare.as_("Grete") as grete:
        people.add_person(family=daycare.family, given_name="Ida", cpr="0101204321", by=grete)


def _home(daycare: Daycare) -> None:
    with daycare.as_("Grete") as grete:
        people.add_household(family=daycare.family, label="Hjemme", about=[daycare.person("Ida")], by=grete)


def _by_law(daycare: Daycare) -> None:
    with daycare.as_("Grete") as grete:
        consents.share_by_law(
            subject=daycare.person("Ida"), kinds=["daycare"], from_units=[], to_unit=daycare.unit("Sundhedsplejen"),
            paragraph=LegalParagraph.objects.get(key="ssd"), necessity="Nej", days=3, by=grete, from_family=True,
        )  # fmt: skip


def _emergency(daycare: Daycare) -> None:
    with daycare.as_("Grete") as grete:
        paragraph = LegalParagraph.objects.get(key="vital_interest")
        subject = daycare.persons["Ida"]
        consents.break_glass(family=daycare.family, subject=subject, paragraph=paragraph, reason="x", hours=1, by=grete)


NOT_HELD: list[Callable[[Daycare], None]] = [_goal, _cpr, _home, _by_law, _emergency]


def test_an_early_course_does_not_hold_that(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    for act in NOT_HELD:
        with pytest.raises(PermissionDenied):
            act(daycare)


def test_an_early_meeting_is_of_an_early_course(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    with pytest.raises(IntegrityError, match="another kind"):
        daycare.meeting(kind="follow_up")


def test_whoever_is_on_the_team_sees_what_the_yes_names(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo", to=("Børnehuset", "Sundhedsplejen"))
    daycare.topic()
    daycare.joins("Stine")
    assert daycare.sees("Stine") == {"Ida"}
    with daycare.as_("Stine"):
        assert Topic.objects.filter(family_id=daycare.family).exists()


def test_a_yes_taken_back_ends_it_for_all_but_the_family(daycare: Daycare) -> None:
    yes = daycare.yes("Maja", "Bo", to=("Børnehuset", "Sundhedsplejen"))
    daycare.joins("Stine")
    daycare.meeting()
    daycare.withdraw(yes, "Bo")
    assert daycare.sees("Stine") == daycare.sees("Grete") == set()
    assert daycare.sees("Maja") >= {"Ida", "Maja"}
    with daycare.as_("Maja"):
        assert [row.stage for row in Meeting.objects.all()] == ["cancelled"]


def test_a_no_before_anything_was_said_leaves_nothing(daycare: Daycare) -> None:
    waiting = daycare.yes("Maja")
    daycare.withdraw(waiting, "Bo")
    assert daycare.sees("Grete") == set()


def test_whoever_moves_to_another_unit_reads_no_more(
    daycare: Daycare, superuser_connection: psycopg.Connection
) -> None:
    daycare.yes("Maja", "Bo")
    superuser_connection.execute(
        "UPDATE people_staffrole SET ends = access.today() - 1 WHERE staff_id = %s", [daycare.street.staff["Grete"]]
    )
    assert daycare.sees("Grete") == set()


def test_it_ends_by_itself(daycare: Daycare, superuser_connection: psycopg.Connection) -> None:
    daycare.yes("Maja", "Bo")
    superuser_connection.execute(
        "UPDATE people_family SET early_until = access.today() - 1 WHERE id = %s", [daycare.family]
    )
    assert daycare.sees("Grete") == set()


def test_a_parent_without_custody_is_asked_nothing(before: Daycare) -> None:
    begin(before, parents=[Parent("Maja", "Lind", "mor", TODAY())])
    before.yes("Maja")
    assert before.topic().pk


def test_nobody_makes_themselves_coordinator(daycare: Daycare) -> None:
    with pytest.raises(ProgrammingError), daycare.as_("Grete"), transaction.atomic():
        TeamMember.objects.filter(family_id=daycare.family).update(role="coordinator")
