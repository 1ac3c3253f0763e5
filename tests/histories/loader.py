"""The model's world as it stands in the tables, read past row security: for histories made by actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row

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

Record = dict[str, Any]


def world_of(superuser: psycopg.Connection) -> World:
    return World(*facts(superuser))


def facts(superuser: psycopg.Connection) -> Iterator[Fact]:
    def rows(table: str) -> list[Record]:
        return superuser.cursor(row_factory=dict_row).execute(f"SELECT * FROM {table}").fetchall()

    for row in rows("people_person"):
        yield Person(str(row["id"]), str(row["family_id"]), row["birth_date"])
    for row in rows("people_custody"):
        yield Custody(str(row["id"]), str(row["child_id"]), str(row["holder_id"]), row["starts"], row["ends"])
    for row in rows("people_residence"):
        yield Residence(str(row["id"]), str(row["person_id"]), str(row["household_id"]), row["starts"], row["ends"])
    for row in rows("people_addressprotection"):
        yield Protection(str(row["id"]), str(row["person_id"]), row["starts"], row["ends"])
    for row in rows("people_unit"):
        yield Unit(str(row["id"]), row["closed_on"])
    for row in rows("people_staff"):
        yield Staff(str(row["id"]), row["left_at"])
    for row in rows("people_staffrole"):
        yield Role(str(row["id"]), str(row["staff_id"]), str(row["unit_id"]), row["role"], row["starts"], row["ends"])
    yield from map(team, rows("people_teammember"))
    yield from map(consent, rows("consent_consent"))
    for row in rows("consent_signature"):
        signed = row["signed_at"], row["withdrawn_at"]
        yield Signature(str(row["id"]), str(row["consent_id"]), str(row["person_id"]), *signed)
    yield from map(basis, rows("consent_legalbasis"))
    yield from map(drawer, rows("access_scope"))


def team(row: Record) -> Team:
    who = str(row["family_id"]), str(row["staff_id"]), str(row["unit_id"])
    return Team(str(row["id"]), *who, row["starts"], row["ends"], row["role"] == "coordinator")


def names(ids: list[Any]) -> frozenset[str]:
    return frozenset(map(str, ids))


def sources(row: Record) -> frozenset[str]:
    return names(row["from_units"]) | (frozenset({FAMILY}) if row["from_family"] else frozenset())


def consent(row: Record) -> Consent:
    return Consent(
        str(row["id"]), str(row["family_id"]), str(row["subject_id"]), frozenset(row["kinds"]), sources(row),
        names(row["to_units"]), names(row["to_persons"]), row["until"], row["private_voice"],
        row["deviation_reason"] != "", row["withdrawn_at"],
    )  # fmt: skip


def basis(row: Record) -> LegalBasis:
    unit, staff = (None if row[column] is None else str(row[column]) for column in ("to_unit_id", "to_staff_id"))
    about = str(row["id"]), str(row["family_id"]), str(row["subject_id"])
    return LegalBasis(*about, row["starts_at"], row["ends_at"], unit, staff, frozenset(row["kinds"]), sources(row))


def drawer(row: Record) -> Drawer:
    voice = None if row["voice"] is None else str(row["voice"])
    source = FAMILY if row["source"] is None else str(row["source"])
    about = str(row["id"]), str(row["family_id"]), names(row["subjects"]), row["category_id"]
    return Drawer(*about, voice, source, row["reveals_place"])
