"""Which table and columns each of the model's facts is written to. Names only; no rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from .model import (
    FAMILY,
    Consent,
    Custody,
    Drawer,
    Fact,
    LegalBasis,
    Person,
    Protection,
    Residence,
    Role,
    Signature,
    Staff,
    Team,
    Unit,
    World,
)
from .steps import FAMILIES, about

TABLES: dict[type, str] = {
    Person: "people_person", Custody: "people_custody", Residence: "people_residence",
    Protection: "people_addressprotection", Team: "people_teammember", Consent: "consent_consent",
    Signature: "consent_signature", LegalBasis: "consent_legalbasis", Unit: "people_unit", Staff: "people_staff",
    Role: "people_staffrole", Drawer: "access_scope",
}  # fmt: skip
PERSONAL = (Person, Custody, Residence, Protection, Team, Consent, Signature, LegalBasis)
# Guards on what may be typed, off in these histories: they would only make fewer worlds.
GUARDS = {
    "people_custody": "agrees", "people_teammember": "open_unit", "people_staffrole": "open_unit",
    "consent_signature": "may_sign", "consent_consent": "dated_now", "consent_legalbasis": "bounded",
    "plan_followup": "lies_with_its_plan",
}  # fmt: skip
# SQL that fills a column of content: by name where a check asks for more than the type.
FILLERS = {
    "uuid": "gen_random_uuid()", "character varying": "'x'", "text": "'words'", "boolean": "false", "smallint": "1",
    "integer": "1", "bigint": "1", "date": "date '2020-01-01'", "timestamp with time zone": "timestamptz '2020-01-01'",
    "time without time zone": "time '08:00'", "bytea": "'\\x00'", "jsonb": "'{}'", "ARRAY": "'{}'",
    "ends_at": "time '09:00'", "next_on": "date '2020-02-01'",
    "weekday": "'1'", "phone": "''", "minutes": "75", "companion": "''",
    "times": "array_fill(timestamptz '2020-01-01', ARRAY[3])",
}  # fmt: skip
# Read at the table only: the keys are not enough. tests/meetings/test_against_the_model.py asks them.
NARROWER = {
    "meetings_meeting", "meetings_agendaitem", "meetings_participant", "meetings_minutes", "meetings_minutesline",
    "meetings_reflection", "meetings_poll", "meetings_pollanswer", "meetings_childpart", "meetings_brought",
}  # fmt: skip
NEEDED_BY_CHECKS = {"speaker_person_id", "doer_person_id", "person_id"}


@cache
def key(name: str) -> UUID:
    """The same id for the same name, in every world."""
    return uuid5(NAMESPACE_OID, name)


def keys(names: frozenset[str]) -> list[UUID]:
    return sorted(key(name) for name in names)


def maybe(name: str | None) -> UUID | None:
    return None if name is None else key(name)


def dates(fact: Custody | Residence | Protection | Role | Team) -> dict[str, Any]:
    return {"starts": fact.since, "ends": fact.until}


def names_and_sources(fact: Consent | LegalBasis) -> dict[str, Any]:
    return {
        "subject_id": key(fact.subject),
        "kinds": sorted(fact.categories),
        "from_family": FAMILY in fact.sources,
        "from_units": keys(fact.sources - {FAMILY}),
    }


def person(fact: Person) -> dict[str, Any]:
    words = {"given_name": fact.id, "surname": "", "part": "member", "role_words": "", "version": 1}
    return {**words, "birth_date": fact.born}


def custody(fact: Custody) -> dict[str, Any]:
    return {"child_id": key(fact.child), "holder_id": key(fact.holder), "kind": "joint", **dates(fact)}


def residence(fact: Residence) -> dict[str, Any]:
    return {"person_id": key(fact.person), "household_id": key(fact.home), "pattern": "", **dates(fact)}


def protection(fact: Protection) -> dict[str, Any]:
    return {"person_id": key(fact.person), **dates(fact)}


def unit(fact: Unit) -> dict[str, Any]:
    plain = {"name": fact.id, "category": "plan", "reveals_place": False, "phone": ""}
    return {**plain, "department_id": key("department"), "closed_on": fact.closed}


def staff(fact: Staff) -> dict[str, Any]:
    return {"name": fact.id, "title": "", "left_at": fact.left}


def role(fact: Role) -> dict[str, Any]:
    return {"staff_id": key(fact.staff), "unit_id": key(fact.unit), "role": fact.kind, **dates(fact)}


def team(fact: Team) -> dict[str, Any]:
    does = "coordinator" if fact.coordinates else "professional"
    return {"staff_id": key(fact.staff), "unit_id": key(fact.unit), "role": does, "reason": "", **dates(fact)}


def consent(fact: Consent) -> dict[str, Any]:
    return {
        **names_and_sources(fact),
        "to_units": keys(fact.to_units),
        "to_persons": keys(fact.to_persons),
        "private_voice": fact.private_voice,
        "purpose": "so that we pull together",
        "consequence": "none",
        "until": fact.until,
        "form": "tablet",
        "deviation_reason": "cannot be reached" if fact.deviation else "",
        "replaces_id": maybe(fact.replaces),
        "withdrawn_at": fact.withdrawn,
    }


def signature(fact: Signature) -> dict[str, Any]:
    signed = {"signed_at": fact.signed, "withdrawn_at": fact.withdrawn, "form": "tablet"}
    return {"consent_id": key(fact.consent), "person_id": key(fact.person), **signed}


def legal_basis(fact: LegalBasis) -> dict[str, Any]:
    return {
        **names_and_sources(fact),
        "kind": "break_glass" if fact.to_staff else "statutory",
        "to_unit_id": maybe(fact.to_unit),
        "to_staff_id": maybe(fact.to_staff),
        "paragraph_id": key("paragraph"),
        "necessity": "needed",
        "starts_at": fact.starts,
        "ends_at": fact.ends,
    }


COLUMNS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Person: person, Custody: custody, Residence: residence, Protection: protection, Unit: unit, Staff: staff,
    Role: role, Team: team, Consent: consent, Signature: signature, LegalBasis: legal_basis,
}  # fmt: skip


def drawer_of(fact: Fact, world: World) -> str:
    """Facts about a person lie in their basic drawer; consents, signatures and legal bases among their papers."""
    match fact:
        case Person():
            return about(fact.id, "basic")
        case Custody():
            return about(fact.child, "basic")
        case Residence() | Protection():
            return about(fact.person, "basic")
        case Team():
            return about(FAMILIES[fact.family][0], "basic")
        case Consent() | LegalBasis():
            return about(fact.subject, "consent")
        case Signature():
            return about(world.get(Consent, fact.consent).subject, "consent")
        case _:
            raise TypeError(fact)
