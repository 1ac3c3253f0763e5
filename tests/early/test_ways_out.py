"""How it goes on: into a course with a coordinator, with the family's own yes; or well, with clips to come back by."""

from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError
from django.utils import timezone

from familieplan.early import actions
from familieplan.early.reading import standing_of
from familieplan.people.guards import coordinates, is_early
from familieplan.people.models import Family, Staff, TeamMember
from familieplan.plan.models import Topic
from tests.early.conftest import Daycare

pytestmark = pytest.mark.django_db(transaction=True)


def ask_for_a_course(daycare: Daycare, *signers: str, follows: tuple[str, ...] = ()) -> None:
    with daycare.as_("Grete") as grete:
        actions.ask_for_a_course(
            child=daycare.person("Ida"),
            unit=daycare.unit("Familieteam"),
            purpose="At få én at ringe til",
            consequence="Så mødes vi her, som nu.",
            until=timezone.localdate() + timedelta(days=180),
            follows=follows,
            from_units=(daycare.street.units["Børnehuset"],),
            signed_by=[daycare.person(one) for one in signers],
            by=grete,
        )


def hand_over(daycare: Daycare, by: str = "Grete", to: str = "Mette", unit: str = "Familieteam") -> None:
    with daycare.as_(by) as actor:
        coordinator = Staff.objects.get(pk=daycare.street.staff[to])
        actions.become_a_course(family=daycare.family, coordinator=coordinator, unit=daycare.unit(unit), by=actor)


def topics(daycare: Daycare, who: str) -> list[str]:
    with daycare.as_(who):
        return list(Topic.objects.filter(family_id=daycare.family).values_list("title", flat=True))


def test_a_coordinator_takes_over_with_what_may_follow(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    daycare.topic()
    daycare.topic("Hjemme", "family_life")
    ask_for_a_course(daycare, "Maja", "Bo", follows=("daycare",))
    assert daycare.sees("Mette") == set()  # a yes to her unit opens nothing yet
    hand_over(daycare)
    assert daycare.sees("Mette") == {"Ida", "Maja", "Bo"}
    assert topics(daycare, "Mette") == ["Søvn"]
    with daycare.as_("Mette") as mette:
        assert coordinates(daycare.family, mette)
        assert not is_early(daycare.family)
    with daycare.as_("Grete") as grete:
        assert not coordinates(daycare.family, grete)
        assert TeamMember.objects.get(family_id=daycare.family, staff_id=grete.id).role == "professional"


def test_nothing_follows_that_nobody_said_yes_to(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    daycare.topic()
    ask_for_a_course(daycare, "Maja", "Bo")
    hand_over(daycare)
    assert topics(daycare, "Mette") == []
    assert daycare.sees("Mette") == {"Ida", "Maja", "Bo"}


def test_not_before_both_have_said_yes(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    ask_for_a_course(daycare, "Maja")
    with pytest.raises(IntegrityError, match="all of them first"):
        hand_over(daycare)


def test_the_yes_to_the_meeting_is_no_yes_to_a_course(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    with pytest.raises(IntegrityError, match="all of them first"):
        hand_over(daycare)


def test_not_to_somebody_who_coordinates_nowhere_nor_by_somebody_else(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo", to=("Børnehuset", "Sundhedsplejen"))
    daycare.joins("Stine")
    ask_for_a_course(daycare, "Maja", "Bo")
    with pytest.raises(PermissionDenied):
        hand_over(daycare, to="Leo")
    for who in ("Stine", "Mette", "Maja"):
        with pytest.raises(PermissionDenied):
            hand_over(daycare, by=who)


def well(daycare: Daycare, *, by: str = "Grete", is_well: bool = True) -> None:
    with daycare.as_(by) as actor:
        actions.close(family=daycare.family, is_well=is_well, by=actor)


def come_back(daycare: Daycare, by: str = "Maja") -> None:
    with daycare.as_(by) as actor:
        actions.come_back(family=daycare.family, by=actor)


def test_ended_well_it_is_the_familys_alone_with_three_clips(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    well(daycare)
    assert daycare.sees("Grete") == set()
    with daycare.as_("Bo"):
        found = standing_of(daycare.family)
    assert found
    assert (found.clips, found.may_come_back) == (3, True)


def test_a_clip_brings_back_the_contact_and_a_yes_is_asked_anew(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    well(daycare)
    come_back(daycare)
    assert daycare.sees("Grete") == {"Ida", "Maja", "Bo"}
    assert Family.objects.filter(pk=daycare.family).count() == 0  # outside: nobody
    with pytest.raises(PermissionDenied):
        daycare.topic()
    daycare.yes("Maja", "Bo")
    assert daycare.topic().pk
    with daycare.as_("Maja"):
        found = standing_of(daycare.family)
    assert found
    assert found.clips == 2


def test_after_a_no_there_is_no_clip_and_none_for_professionals(daycare: Daycare) -> None:
    daycare.yes("Maja", "Bo")
    with pytest.raises(PermissionDenied):
        well(daycare, by="Maja")  # hers is to take the yes back
    well(daycare, is_well=False)
    for who in ("Maja", "Grete"):
        with pytest.raises(ProgrammingError):
            come_back(daycare, by=who)


def test_a_clip_is_for_a_year_and_for_who_decides(daycare: Daycare, superuser_connection: psycopg.Connection) -> None:
    well(daycare)
    superuser_connection.execute(
        "UPDATE people_custody SET ends = access.today() - 1 WHERE holder_id = %s", [daycare.persons["Bo"]]
    )
    with pytest.raises(ProgrammingError):
        come_back(daycare, by="Bo")
    superuser_connection.execute(
        "UPDATE people_family SET closed_on = access.today() - 366 WHERE id = %s", [daycare.family]
    )
    with pytest.raises(ProgrammingError):
        come_back(daycare)


def test_when_the_contact_has_gone_somebody_else_is_to_be_found(
    daycare: Daycare, superuser_connection: psycopg.Connection
) -> None:
    well(daycare)
    grete = daycare.street.staff["Grete"]
    superuser_connection.execute("UPDATE people_staffrole SET ends = access.today() - 1 WHERE staff_id = %s", [grete])
    with pytest.raises(actions.NobodyThere):
        come_back(daycare)
