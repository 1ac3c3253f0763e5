"""The reference model against named near misses: what it says is what the prose says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from .model import (
    COPENHAGEN,
    FAMILY,
    Consent,
    Custody,
    Drawer,
    LegalBasis,
    Moment,
    Person,
    Protection,
    Residence,
    Role,
    Signature,
    Staff,
    Team,
    Unit,
    World,
    age,
    may_add,
    may_edit,
    may_read,
)

BIRTHDAY = date(2026, 6, 15)  # Clara turns 15
START = date(2020, 1, 1)
SECOND = timedelta(seconds=1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=COPENHAGEN)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN)


NOW = noon(date(2026, 3, 2))
END = date(2026, 12, 31)
CLARA, DAN, ANNA, BO = "clara", "dan", "anna", "bo"
PLAN = Drawer("plan", "F", frozenset({CLARA}), "plan")
HEALTH = Drawer("health", "F", frozenset({CLARA}), "health")
BOTH = Drawer("both", "F", frozenset({CLARA, DAN}), "plan")
VOICE = Drawer("voice", "F", frozenset({CLARA}), "plan", voice=CLARA)
PLACE = Drawer("place", "F", frozenset({CLARA}), "plan", reveals_place=True)
JOB_WROTE = Drawer("job", "F", frozenset({ANNA}), "employment", source="jobcentre")
PAPERS = Drawer("papers", "F", frozenset({ANNA}), "consent")


def consent(**changes: object) -> Consent:
    """Clara's consent: the plan, in the family's words, to the school."""
    paper = Consent("c", "F", CLARA, frozenset({"plan"}), frozenset({FAMILY}), frozenset({"school"}), frozenset(), END)
    return replace(paper, **changes)  # type: ignore[arg-type]


def signed(person: str, paper: str = "c", **changes: datetime) -> Signature:
    when = changes.get("signed", NOW - timedelta(days=30))
    return Signature(f"{paper}-{person}", paper, person, when, changes.get("withdrawn"))


@pytest.fixture
def world() -> World:
    """Anna and Bo share custody of Clara (14) and Dan (8); Clara lives with Anna. Sia is at the school, Jo at work."""
    return World(
        Person(ANNA, "F", date(1985, 1, 1)), Person(BO, "F", date(1984, 1, 1)), Person("eva", "G", date(1980, 1, 1)),
        Person(CLARA, "F", date(2011, 6, 15)), Person(DAN, "F", date(2018, 2, 1)), Person("gran", "F", None),
        *(Custody(f"{h}-{c}", c, h, START) for h in (ANNA, BO) for c in (CLARA, DAN)),
        Residence("clara-home", CLARA, "home", START), Residence("anna-home", ANNA, "home", START),
        Residence("bo-home", BO, "elsewhere", START),
        Unit("school"), Unit("jobcentre"),
        Staff("sia"), Staff("jo"),
        Role("sia-r", "sia", "school", "professional", START), Team("sia-t", "F", "sia", "school", START),
        Role("jo-r", "jo", "jobcentre", "coordinator", START), Team("jo-t", "F", "jo", "jobcentre", START, None, True),
    )  # fmt: skip


# --- self and custody -----------------------------------------------------------------------------------------------
def test_a_child_reads_about_itself(world: World) -> None:
    assert may_read(world, CLARA, HEALTH, NOW)


def test_custody_reads_about_the_child_and_nobody_else_does(world: World) -> None:
    assert may_read(world, BO, PLAN, NOW)
    assert not may_read(world, DAN, PLAN, NOW)


def test_a_person_outside_the_family_has_no_key_even_with_custody(world: World) -> None:
    world.put(Custody("eva-clara", CLARA, "eva", START))
    assert not may_read(world, "eva", PLAN, NOW)


def test_custody_loses_health_at_midnight_of_the_fifteenth_birthday(world: World) -> None:
    assert may_read(world, ANNA, HEALTH, midnight(BIRTHDAY) - SECOND)
    assert not may_read(world, ANNA, HEALTH, midnight(BIRTHDAY))
    assert may_read(world, ANNA, PLAN, midnight(BIRTHDAY))


def test_an_adult_without_a_birth_date_signs_alone_and_is_in_nobodys_custody(world: World) -> None:
    about = Drawer("gran", "F", frozenset({"gran"}), "plan")
    world.put(Custody("anna-gran", "gran", ANNA, START), consent(subject="gran"), signed("gran"))
    assert may_read(world, "sia", about, NOW)
    assert not may_read(world, ANNA, about, NOW)


def test_custody_ends_at_midnight_of_the_eighteenth_birthday(world: World) -> None:
    grown = midnight(date(2029, 6, 15))
    assert may_read(world, ANNA, PLAN, grown - SECOND)
    assert not may_read(world, ANNA, PLAN, grown)


def test_the_last_day_of_custody_counts_and_the_day_before_the_first_does_not(world: World) -> None:
    world.put(Custody("bo-clara", CLARA, BO, date(2026, 3, 2), date(2026, 3, 5)))
    assert not may_read(world, BO, PLAN, midnight(date(2026, 3, 2)) - SECOND)
    assert may_read(world, BO, PLAN, midnight(date(2026, 3, 2)))
    assert may_read(world, BO, PLAN, midnight(date(2026, 3, 6)) - SECOND)
    assert not may_read(world, BO, PLAN, midnight(date(2026, 3, 6)))


def test_two_subjects_need_two_yes(world: World) -> None:
    assert may_read(world, ANNA, BOTH, NOW)
    world.drop(Custody("bo-dan", DAN, BO, START))
    assert not may_read(world, BO, BOTH, NOW)
    assert not may_read(world, CLARA, BOTH, NOW)


def test_a_birthday_on_the_leap_day_is_the_last_of_february() -> None:
    assert age(date(2008, 2, 29), date(2023, 2, 27)) == 14
    assert age(date(2008, 2, 29), date(2023, 2, 28)) == 15
    assert age(date(2008, 2, 29), date(2024, 2, 28)) == 15
    assert age(date(2008, 2, 29), date(2024, 2, 29)) == 16


# --- consents: who signs --------------------------------------------------------------------------------------------
def test_one_of_two_custody_holders_is_not_enough(world: World) -> None:
    world.put(consent(), signed(ANNA))
    assert not may_read(world, "sia", PLAN, NOW)
    world.put(signed(BO))
    assert may_read(world, "sia", PLAN, NOW)


def test_one_of_two_is_enough_with_a_reason_written(world: World) -> None:
    world.put(consent(deviation=True), signed(ANNA))
    assert may_read(world, "sia", PLAN, NOW)


def test_a_reason_without_anyone_in_authority_opens_nothing(world: World) -> None:
    world.put(consent(deviation=True), signed("eva"), signed(CLARA))
    assert not may_read(world, "sia", PLAN, NOW)


def test_the_child_under_fifteen_cannot_sign_alone(world: World) -> None:
    world.put(consent(), signed(CLARA))
    assert not may_read(world, "sia", PLAN, NOW)
    assert may_read(world, "sia", PLAN, midnight(BIRTHDAY))


def test_the_parents_yes_lapses_on_the_fifteenth_birthday(world: World) -> None:
    world.put(consent(), signed(ANNA), signed(BO))
    assert may_read(world, "sia", PLAN, midnight(BIRTHDAY) - SECOND)
    assert not may_read(world, "sia", PLAN, midnight(BIRTHDAY))


def test_a_new_custody_holder_who_has_not_signed_ends_it(world: World) -> None:
    world.put(consent(), signed(ANNA), signed(BO), Custody("eva-clara", CLARA, "eva", date(2026, 3, 3)))
    assert may_read(world, "sia", PLAN, NOW)
    assert not may_read(world, "sia", PLAN, midnight(date(2026, 3, 3)))


def test_nobody_with_authority_means_never(world: World) -> None:
    world.put(consent(deviation=True), signed(ANNA), signed(BO))
    world.drop(Custody("anna-clara", CLARA, ANNA, START), Custody("bo-clara", CLARA, BO, START))
    assert not may_read(world, "sia", PLAN, NOW)


def test_withdrawal_counts_from_its_instant(world: World) -> None:
    world.put(consent(withdrawn=NOW), signed(ANNA), signed(BO))
    assert may_read(world, "sia", PLAN, NOW - SECOND)
    assert not may_read(world, "sia", PLAN, NOW)


def test_one_withdrawn_signature_of_two_ends_it(world: World) -> None:
    world.put(consent(), signed(ANNA), signed(BO, withdrawn=NOW))
    assert may_read(world, "sia", PLAN, NOW - SECOND)
    assert not may_read(world, "sia", PLAN, NOW)


def test_it_begins_with_the_last_signature(world: World) -> None:
    world.put(consent(), signed(ANNA), signed(BO, signed=NOW))
    assert not may_read(world, "sia", PLAN, NOW - SECOND)
    assert may_read(world, "sia", PLAN, NOW)


def test_the_last_day_of_a_consent_is_inclusive(world: World) -> None:
    world.put(consent(until=date(2026, 3, 2)), signed(ANNA), signed(BO))
    assert may_read(world, "sia", PLAN, midnight(date(2026, 3, 3)) - SECOND)
    assert not may_read(world, "sia", PLAN, midnight(date(2026, 3, 3)))


# --- consents: what they open ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"categories": frozenset({"school"})},
        {"sources": frozenset({"jobcentre"})},
        {"to_units": frozenset({"jobcentre"})},
        {"to_units": frozenset(), "to_persons": frozenset({"dan"})},
        {"subject": DAN},
        {"family": "G"},
    ],
)
def test_a_consent_that_names_something_else_opens_nothing(world: World, changes: dict[str, object]) -> None:
    world.put(consent(**changes), signed(ANNA), signed(BO))
    assert not may_read(world, "sia", PLAN, NOW)


def test_a_consent_may_name_a_person_of_the_family(world: World) -> None:
    world.put(consent(to_persons=frozenset({DAN})), signed(ANNA), signed(BO))
    assert may_read(world, DAN, PLAN, NOW)


def test_papers_about_consent_are_never_given_by_consent(world: World) -> None:
    paper = consent(subject=ANNA, categories=frozenset({"consent"}), to_persons=frozenset({BO}))
    world.put(paper, signed(ANNA))
    assert may_read(world, ANNA, PAPERS, NOW)
    assert not may_read(world, "sia", PAPERS, NOW)
    assert not may_read(world, BO, PAPERS, NOW)


# --- own, teams, units ----------------------------------------------------------------------------------------------
def test_a_unit_keeps_what_it_wrote(world: World) -> None:
    assert may_read(world, "jo", JOB_WROTE, NOW)
    assert not may_read(world, "sia", JOB_WROTE, NOW)


@pytest.mark.parametrize(
    "gone",
    [
        Unit("jobcentre", closed=date(2026, 3, 1)),
        Unit("jobcentre", closed=date(2026, 3, 2)),
        Staff("jo", left=NOW),
        Role("jo-r", "jo", "jobcentre", "coordinator", START, date(2026, 3, 1)),
        Role("jo-r", "jo", "jobcentre", "leader", START),
        Role("jo-r", "jo", "school", "coordinator", START),
        Team("jo-t", "F", "jo", "jobcentre", START, date(2026, 3, 1)),
        Team("jo-t", "F", "jo", "jobcentre", date(2026, 3, 3)),
        Team("jo-t", "G", "jo", "jobcentre", START),
    ],
    ids=lambda fact: f"{type(fact).__name__}",
)
def test_who_has_left_reads_nothing(world: World, gone: Unit) -> None:
    world.put(gone)
    assert not may_read(world, "jo", JOB_WROTE, NOW)


def test_the_last_day_on_the_team_counts(world: World) -> None:
    world.put(Team("jo-t", "F", "jo", "jobcentre", START, date(2026, 3, 2)), Unit("jobcentre", date(2026, 3, 3)))
    assert may_read(world, "jo", JOB_WROTE, NOW)


# --- voices ---------------------------------------------------------------------------------------------------------
def test_a_private_voice_is_not_for_custody_nor_for_the_other_subject(world: World) -> None:
    about_both = replace(VOICE, subjects=frozenset({CLARA, DAN}))
    assert may_read(world, CLARA, about_both, NOW)
    assert not may_read(world, ANNA, about_both, NOW)
    assert not may_read(world, DAN, about_both, NOW)


def test_a_private_voice_needs_to_be_named(world: World) -> None:
    world.put(consent(), signed(ANNA), signed(BO))
    assert not may_read(world, "sia", VOICE, NOW)
    world.put(consent(private_voice=True))
    assert may_read(world, "sia", VOICE, NOW)


def test_a_unit_reads_the_voice_it_wrote_down(world: World) -> None:
    assert may_read(world, "jo", replace(VOICE, source="jobcentre"), NOW)


# --- the address ----------------------------------------------------------------------------------------------------
def test_a_protected_address_is_for_the_custody_holder_the_child_lives_with(world: World) -> None:
    world.put(Protection("p", CLARA, START))
    assert may_read(world, ANNA, PLACE, NOW)
    assert not may_read(world, BO, PLACE, NOW)
    assert may_read(world, BO, PLAN, NOW)
    assert may_read(world, CLARA, PLACE, NOW)


def test_living_there_without_custody_is_not_enough(world: World) -> None:
    world.put(Protection("p", CLARA, START), consent(to_persons=frozenset({DAN})), signed(ANNA), signed(BO))
    world.put(Residence("dan-home", DAN, "home", START))
    assert may_read(world, DAN, PLAN, NOW)
    assert not may_read(world, DAN, PLACE, NOW)


def test_a_consent_must_name_the_address_too(world: World) -> None:
    world.put(Protection("p", CLARA, START), consent(), signed(ANNA), signed(BO))
    assert not may_read(world, "sia", PLACE, NOW)
    world.put(consent(categories=frozenset({"plan", "address"})))
    assert may_read(world, "sia", PLACE, NOW)


def test_the_last_day_of_protection_counts(world: World) -> None:
    world.put(Protection("p", CLARA, START, date(2026, 3, 2)))
    assert not may_read(world, BO, PLACE, midnight(date(2026, 3, 3)) - SECOND)
    assert may_read(world, BO, PLACE, midnight(date(2026, 3, 3)))


# --- other legal bases ----------------------------------------------------------------------------------------------
def basis(**changes: object) -> LegalBasis:
    paper = LegalBasis("b", "F", CLARA, NOW, NOW + timedelta(hours=4))
    return replace(paper, **changes)  # type: ignore[arg-type]


STATUTORY = basis(to_unit="school", categories=frozenset({"plan"}), sources=frozenset({FAMILY}))
BREAK_GLASS = basis(to_staff="max")


def test_a_statutory_basis_holds_in_its_period(world: World) -> None:
    world.put(STATUTORY)
    assert not may_read(world, "sia", PLAN, NOW - SECOND)
    assert may_read(world, "sia", PLAN, NOW)
    assert may_read(world, "sia", PLAN, NOW + timedelta(hours=4) - SECOND)
    assert not may_read(world, "sia", PLAN, NOW + timedelta(hours=4))
    assert not may_read(world, "jo", PLAN, NOW)


def test_break_glass_opens_for_one_at_work_and_no_private_voice(world: World) -> None:
    world.put(BREAK_GLASS, Staff("max"), Role("max-r", "max", "school", "professional", START))
    assert may_read(world, "max", PLAN, NOW)
    assert not may_read(world, "sia", PLAN, NOW)
    assert not may_read(world, "max", VOICE, NOW)
    assert not may_read(world, "max", BOTH, NOW)
    world.put(Staff("max", left=NOW))
    assert not may_read(world, "max", PLAN, NOW)


# --- writing --------------------------------------------------------------------------------------------------------
def test_the_unit_adds_and_edits_its_own(world: World) -> None:
    assert may_add(world, "jo", JOB_WROTE, NOW)
    assert may_edit(world, "jo", JOB_WROTE, NOW)
    assert not may_add(world, ANNA, JOB_WROTE, NOW)


def test_the_family_writes_about_itself_and_children_in_custody(world: World) -> None:
    assert may_add(world, ANNA, BOTH, NOW)
    assert may_edit(world, ANNA, BOTH, NOW)
    assert not may_add(world, CLARA, BOTH, NOW)
    assert may_add(world, CLARA, VOICE, NOW)
    assert not may_add(world, ANNA, VOICE, NOW)


def test_the_coordinator_records_what_she_may_read_and_never_edits_it(world: World) -> None:
    assert not may_add(world, "jo", PLAN, NOW)
    world.put(consent(to_units=frozenset({"jobcentre", "school"})), signed(ANNA), signed(BO))
    assert may_add(world, "jo", PLAN, NOW)
    assert not may_edit(world, "jo", PLAN, NOW)
    assert may_read(world, "sia", PLAN, NOW)
    assert not may_add(world, "sia", PLAN, NOW)


def test_the_coordinator_writes_in_nobodys_private_voice(world: World) -> None:
    world.put(consent(to_units=frozenset({"jobcentre"}), private_voice=True), signed(ANNA), signed(BO))
    assert may_read(world, "jo", VOICE, NOW)
    assert not may_add(world, "jo", VOICE, NOW)


def test_one_moment_answers_like_the_next_question(world: World) -> None:
    moment = Moment(world, NOW)
    assert [moment.may_read(h, PLAN) for h in (ANNA, BO, CLARA, "sia")] == [True, True, True, False]
