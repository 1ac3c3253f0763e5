"""Planted faults: each guard of the early course, one slip away from the right one, is noticed by its test."""

from collections.abc import Callable

import psycopg
import pytest

from tests.early import test_rights as rights
from tests.early import test_ways_out as ways
from tests.early.conftest import Daycare, begin
from tests.histories.faults import DERIVE, Change, Slip

pytestmark = pytest.mark.django_db(transaction=True)
SMALL_YES, WHOLE = "early.a_small_yes()", "early.one_child_and_its_parents()"

# What is planted, and who notices: before anything has begun …
BEFORE: dict[str, tuple[Slip, Callable[[Daycare], None]]] = {
    "everybody begins one": (
        Slip("early.begin(uuid,uuid,uuid,uuid)", "u.early = 'starts'", "true"),
        rights.test_only_a_unit_that_starts_them_begins_one,
    ),
    "somebody was not talked with": (
        Slip(WHOLE, "NOT EXISTS (SELECT FROM people_firsttalk t WHERE t.person_id = must.one)", "false"),
        rights.test_from_15_the_young_person_is_talked_with_too,
    ),
}
# … and in one that goes on.
DURING: dict[str, tuple[Slip | Change, Callable[[Daycare], None]]] = {
    "grandmother too": (
        Slip(WHOLE, "p.id <> child", "false"),
        rights.test_nobody_more_than_the_child_and_those_with_custody,
    ),
    "written before the yes": (
        Slip(DERIVE, "t.during * coalesce(e.may_add, '{(,)}') AS during", "t.during AS during"),
        rights.test_before_the_yes_nothing_is_written_about_the_child,
    ),
    "the job centre hears": (
        Slip(SMALL_YES, "u.early <> ''", "true"),
        rights.test_the_job_centre_and_a_school_without_a_part_are_outside,
    ),
    "the job centre comes": (
        Slip("early.team_of_the_sphere()", "u.early <> ''", "true"),
        rights.test_the_job_centre_and_a_school_without_a_part_are_outside,
    ),
    "any kind": (Slip(SMALL_YES, "k.early = ''", "false"), rights.test_only_kinds_that_an_early_meeting_needs),
    "a yes for ever": (
        Slip(SMALL_YES, "NEW.until > last_day AND NOT is_way_in", "false"),
        rights.test_a_yes_ends_with_the_early_course,
    ),
    "a reason for a signature": (
        Slip(SMALL_YES, "NEW.deviation_reason <> '' OR", ""),
        rights.test_a_reason_does_not_stand_for_a_parent,
    ),
    "goals are held": (
        Change("DROP POLICY not_while_early ON plan_goal"),
        rights.test_an_early_course_does_not_hold_that,
    ),
    "emergency access": (
        Slip("consent.break_glass(uuid,uuid,uuid,text,int)", "AND NOT people.is_early(person.family_id)", ""),
        rights.test_an_early_course_does_not_hold_that,
    ),
    "an ordinary meeting": (
        Slip("early.meets_with_a_yes()", "(NEW.kind = 'early') <> people.is_early(NEW.family_id)", "false"),
        rights.test_an_early_meeting_is_of_an_early_course,
    ),
    "a no ends nothing": (
        Slip("early.a_no_ends_it()", "PERFORM early.finish(NEW.family_id, 0);", "NULL;"),
        rights.test_a_yes_taken_back_ends_it_for_all_but_the_family,
    ),
    "one signature makes a course": (
        Slip("early.become_a_course(uuid,uuid,uuid,uuid)", "AND early.holds(c)", ""),
        ways.test_not_before_both_have_said_yes,
    ),
}
NOTICED = (AssertionError, pytest.fail.Exception)


@pytest.mark.parametrize("fault", BEFORE)
def test_noticed_before_it_begins(before: Daycare, superuser_connection: psycopg.Connection, fault: str) -> None:
    planted, notices = BEFORE[fault]
    planted.plant(superuser_connection)
    with pytest.raises(NOTICED):
        notices(before)


@pytest.mark.parametrize("fault", DURING)
def test_noticed_while_it_goes_on(before: Daycare, superuser_connection: psycopg.Connection, fault: str) -> None:
    begin(before)
    planted, notices = DURING[fault]
    planted.plant(superuser_connection)
    with pytest.raises(NOTICED):
        notices(before)


ENDS: dict[str, tuple[Slip, Callable[[Daycare, psycopg.Connection], None]]] = {
    "the last day is none": (
        Slip(DERIVE, "least(p.early_until, p.closed_on - 1)", "p.closed_on - 1"),
        rights.test_it_ends_by_itself,
    ),
    "a clip for ever": (
        Slip("early.standing(uuid)", "AND f.closed_on + access.threshold('early_clip_days') >= access.today()", ""),
        ways.test_a_clip_is_for_a_year_and_for_who_decides,
    ),
}


@pytest.mark.parametrize("fault", ENDS)
def test_an_end_is_noticed(daycare: Daycare, superuser_connection: psycopg.Connection, fault: str) -> None:
    planted, notices = ENDS[fault]
    planted.plant(superuser_connection)
    with pytest.raises(NOTICED):
        notices(daycare, superuser_connection)
