"""The rules of access once more, in the plainest Python: the reference that the deployed policies are held against.

Written from the prose of the rules alone, without the product's SQL or code and sharing nothing with it. It is meant
to be read aloud beside that prose: every function is one sentence of it. Time is an aware instant; dates are Danish
calendar days, the last day inclusive. `World` holds facts, `Moment` answers questions about them at one instant.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FAMILY = ""  # the source of what the family says itself; a unit's id is the source of what that unit wrote
OWN_AT_15 = frozenset({"health", "mental_health", "substance_use", "violence", "crime"})
ADULT, SIGNS_ALONE = 18, 15


class Dated(Protocol):
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one family. Whose birth date is not known is a grown-up of the network."""

    id: str
    family: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Protection:
    """The person's address is protected."""

    id: str
    person: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    id: str
    child: str
    holder: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """The person lives in this home: two who share a home at the moment live with each other."""

    id: str
    person: str
    home: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    closed: date | None = None  # the first day it is closed


@dataclass(frozen=True, slots=True)
class Staff:
    id: str
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    staff: str
    unit: str
    kind: str  # coordinator, professional, leader or administrator
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """The staff member is on the family's team on behalf of the unit."""

    id: str
    family: str
    staff: str
    unit: str
    since: date
    until: date | None = None
    coordinates: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    family: str
    subject: str
    categories: frozenset[str]
    sources: frozenset[str]  # units, and FAMILY for the family's own words
    to_units: frozenset[str]
    to_persons: frozenset[str]
    until: date
    private_voice: bool = False
    deviation: bool = False  # a reason is written why not everyone signs
    withdrawn: datetime | None = None
    replaces: str | None = None  # an earlier consent, withdrawn when this one took its place


@dataclass(frozen=True, slots=True)
class Signature:
    id: str
    consent: str
    person: str
    signed: datetime
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Another legal basis than consent: statutory when given to a unit, break-glass when given to one staff member.

    Break-glass names every kind of information and every source; a statutory basis names its own.
    """

    id: str
    family: str
    subject: str
    starts: datetime
    ends: datetime  # the first instant it no longer holds
    to_unit: str | None = None
    to_staff: str | None = None
    categories: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawer:
    id: str
    family: str
    subjects: frozenset[str]
    category: str
    voice: str | None = None
    source: str = FAMILY
    reveals_place: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One personal row lying in one drawer. Which table it is in makes no difference to the rules."""

    id: str
    drawer: str


Fact = (
    Row
    | Person
    | Protection
    | Custody
    | Residence
    | Unit
    | Staff
    | Role
    | Team
    | Consent
    | Signature
    | LegalBasis
    | Drawer
)
Kind = TypeVar("Kind")


class World:
    """Every fact, by kind and id. `put` adds a fact or replaces the one with the same id; `drop` forgets one."""

    def __init__(self, *facts: Fact) -> None:
        self.facts: dict[type, dict[str, Fact]] = defaultdict(dict)
        self.put(*facts)

    def put(self, *facts: Fact) -> None:
        for fact in facts:
            self.facts[type(fact)][fact.id] = fact

    def drop(self, *facts: Fact) -> None:
        for fact in facts:
            self.facts[type(fact)].pop(fact.id, None)

    def all(self, kind: type[Kind]) -> list[Kind]:
        return cast(list[Kind], list(self.facts[kind].values()))

    def get(self, kind: type[Kind], key: str) -> Kind:
        return cast(Kind, self.facts[kind][key])


def birthday(born: date, year: int) -> date:
    """Born on a leap day: the birthday is the last of February, and custody ends that day, not the day after."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def age(born: date, today: date) -> int:
    """Whole years; the birthday itself counts."""
    return today.year - born.year - (today < birthday(born, today.year))


class Moment:
    """The world as it stands at one instant: asked, never changed."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at
        self.today = at.astimezone(COPENHAGEN).date()

    # --- who is who today ---------------------------------------------------------------------------------------------
    def current(self, row: Dated) -> bool:
        return row.since <= self.today and (row.until is None or self.today <= row.until)

    @cached_property
    def ages(self) -> dict[str, int]:
        return {p.id: ADULT if p.born is None else age(p.born, self.today) for p in self.world.all(Person)}

    @cached_property
    def families(self) -> dict[str, str]:
        return {p.id: p.family for p in self.world.all(Person)}

    @cached_property
    def custody(self) -> set[tuple[str, str]]:
        """(holder, child) for every child under 18."""
        return {(c.holder, c.child) for c in self.world.all(Custody) if self.current(c) and self.ages[c.child] < ADULT}

    @cached_property
    def lives_with(self) -> set[tuple[str, str]]:
        here = [r for r in self.world.all(Residence) if self.current(r)]
        return {(one.person, other.person) for one in here for other in here if one.home == other.home}

    @cached_property
    def protected(self) -> set[str]:
        return {p.person for p in self.world.all(Protection) if self.current(p)}

    @cached_property
    def active_staff(self) -> set[str]:
        return {s.id for s in self.world.all(Staff) if s.left is None or self.at < s.left}

    @cached_property
    def open_units(self) -> set[str]:
        return {u.id for u in self.world.all(Unit) if u.closed is None or self.today < u.closed}

    @cached_property
    def roles(self) -> set[tuple[str, str]]:
        """(staff, unit) where somebody works with families: leaders and administrators have no keys."""
        return {
            (r.staff, r.unit)
            for r in self.world.all(Role)
            if r.kind in ("coordinator", "professional") and self.current(r)
            and r.staff in self.active_staff and r.unit in self.open_units
        }  # fmt: skip

    @cached_property
    def team(self) -> set[tuple[str, str, str]]:
        """(staff, unit, family)"""
        return {
            (t.staff, t.unit, t.family)
            for t in self.world.all(Team)
            if self.current(t) and (t.staff, t.unit) in self.roles
        }

    # --- consents -----------------------------------------------------------------------------------------------------
    def authority(self, subject: str) -> set[str]:
        """Who decides for the subject: from 15 the person alone, before that everyone with custody."""
        if self.ages[subject] >= SIGNS_ALONE:
            return {subject}
        return {holder for holder, child in self.custody if child == subject}

    def stands(self, signature: Signature) -> bool:
        return signature.signed <= self.at and (signature.withdrawn is None or self.at < signature.withdrawn)

    def signers(self, consent: Consent) -> set[str]:
        return {s.person for s in self.world.all(Signature) if s.consent == consent.id and self.stands(s)}

    def effective(self, consent: Consent) -> bool:
        if consent.withdrawn is not None and consent.withdrawn <= self.at:
            return False
        if self.today > consent.until:
            return False
        needed = self.authority(consent.subject)
        signed = needed & self.signers(consent)
        return bool(signed) and (signed == needed or consent.deviation)

    @cached_property
    def consents(self) -> list[Consent]:
        return [c for c in self.world.all(Consent) if self.effective(c)]

    @cached_property
    def bases(self) -> list[LegalBasis]:
        return [b for b in self.world.all(LegalBasis) if b.starts <= self.at < b.ends]

    @cached_property
    def consents_about(self) -> dict[str, list[Consent]]:
        return {subject: [c for c in self.consents if c.subject == subject] for subject in self.ages}

    @cached_property
    def bases_about(self) -> dict[str, list[LegalBasis]]:
        return {subject: [b for b in self.bases if b.subject == subject] for subject in self.ages}

    # --- one subject's yes to one holder ------------------------------------------------------------------------------
    def yes(self, subject: str, holder: str, drawer: Drawer, category: str) -> bool:
        return (
            holder == subject
            or self.yes_by_custody(subject, holder, category)
            or self.yes_by_consent(subject, holder, drawer, category)
            or self.yes_by_law(subject, holder, drawer, category)
        )

    def yes_by_custody(self, subject: str, holder: str, category: str) -> bool:
        limit = SIGNS_ALONE if category in OWN_AT_15 else ADULT
        return (holder, subject) in self.custody and self.ages[subject] < limit

    def yes_by_consent(self, subject: str, holder: str, drawer: Drawer, category: str) -> bool:
        return any(self.names(c, drawer, category) and self.reaches(c, holder) for c in self.consents_about[subject])

    def yes_by_law(self, subject: str, holder: str, drawer: Drawer, category: str) -> bool:
        return any(
            self.statutory(b, holder, drawer, category) or self.breaks_glass(b, holder, drawer, category)
            for b in self.bases_about[subject]
        )

    def names(self, paper: Consent | LegalBasis, drawer: Drawer, category: str) -> bool:
        """The paper is about this family, this kind of information and what this source wrote; never about papers."""
        return (
            paper.family == drawer.family
            and category != "consent"
            and category in paper.categories
            and drawer.source in paper.sources
        )

    def reaches(self, consent: Consent, holder: str) -> bool:
        return holder in consent.to_persons or any(
            (holder, unit, consent.family) in self.team for unit in consent.to_units
        )

    def statutory(self, basis: LegalBasis, holder: str, drawer: Drawer, category: str) -> bool:
        return (holder, basis.to_unit, basis.family) in self.team and self.names(basis, drawer, category)

    def breaks_glass(self, basis: LegalBasis, holder: str, drawer: Drawer, category: str) -> bool:
        """One staff member who works with families somewhere, on the team or not; every kind, but never papers."""
        return (
            basis.to_staff == holder
            and basis.family == drawer.family
            and category != "consent"
            and any(staff == holder for staff, _ in self.roles)
        )

    # --- the address --------------------------------------------------------------------------------------------------
    def place_open(self, holder: str, drawer: Drawer) -> bool:
        """What tells where a protected person is needs that person's yes to the address as well."""
        return not drawer.reveals_place or all(
            self.yes_to_address(subject, holder, drawer) for subject in drawer.subjects & self.protected
        )

    def yes_to_address(self, subject: str, holder: str, drawer: Drawer) -> bool:
        """As any yes, but custody counts only where the child lives."""
        return (
            holder == subject
            or ((holder, subject) in self.custody and (holder, subject) in self.lives_with)
            or self.yes_by_consent(subject, holder, drawer, "address")
            or self.yes_by_law(subject, holder, drawer, "address")
        )

    # --- may they? ----------------------------------------------------------------------------------------------------
    def own(self, holder: str, drawer: Drawer) -> bool:
        return (holder, drawer.source, drawer.family) in self.team

    def belongs(self, holder: str, drawer: Drawer) -> bool:
        """Keys are for the family's persons and for staff at work; nobody else."""
        return self.families.get(holder) == drawer.family or holder in self.active_staff

    def may_read(self, holder: str, drawer: Drawer) -> bool:
        if self.own(holder, drawer):
            return True
        if not self.belongs(holder, drawer):
            return False
        if drawer.voice is not None:
            return self.hears(drawer.voice, holder, drawer)
        return all(self.yes(s, holder, drawer, drawer.category) for s in drawer.subjects) and self.place_open(
            holder, drawer
        )

    def hears(self, voice: str, holder: str, drawer: Drawer) -> bool:
        """A private voice: the speaker, and those whom a consent about the speaker lets hear it by name."""
        if holder == voice:
            return True
        return self.place_open(holder, drawer) and any(
            c.private_voice and self.names(c, drawer, drawer.category) and self.reaches(c, holder)
            for c in self.consents_about[voice]
        )

    def family_words(self, holder: str, drawer: Drawer) -> bool:
        """A person writes where it is about themselves and children in their custody, in no other's voice.

        And only where they may read: what one may not see one cannot add to either.
        """
        return (
            drawer.source == FAMILY
            and self.may_read(holder, drawer)
            and self.families.get(holder) == drawer.family
            and drawer.voice in (None, holder)
            and all(s == holder or self.yes_by_custody(s, holder, drawer.category) for s in drawer.subjects)
        )

    def coordinates(self, holder: str, family: str) -> bool:
        return any(
            t.staff == holder and t.family == family and t.coordinates and self.current(t)
            and (t.staff, t.unit, family) in self.team
            for t in self.world.all(Team)
        )  # fmt: skip

    def records(self, holder: str, drawer: Drawer) -> bool:
        """The family's coordinator writes down its words where she may read; a private voice speaks for itself."""
        return (
            drawer.source == FAMILY
            and drawer.voice is None
            and self.coordinates(holder, drawer.family)
            and self.may_read(holder, drawer)
        )

    def may_add(self, holder: str, drawer: Drawer) -> bool:
        return self.own(holder, drawer) or self.family_words(holder, drawer) or self.records(holder, drawer)

    def may_edit(self, holder: str, drawer: Drawer) -> bool:
        return self.own(holder, drawer) or self.family_words(holder, drawer)


def may_read(world: World, holder: str, drawer: Drawer, at: datetime) -> bool:
    return Moment(world, at).may_read(holder, drawer)


def may_add(world: World, holder: str, drawer: Drawer, at: datetime) -> bool:
    return Moment(world, at).may_add(holder, drawer)


def may_edit(world: World, holder: str, drawer: Drawer, at: datetime) -> bool:
    return Moment(world, at).may_edit(holder, drawer)
