"""Random histories: a small town, and what happens in it step by step. Pure data, made from a seed.

A step is what was written down at an instant; replaying the steps of a history makes the same world again. Dates are
drawn where rules turn (birthdays, last days and the days beside them), instants at Copenhagen midnight and around it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import cast

from .model import (
    COPENHAGEN,
    FAMILY,
    Consent,
    Custody,
    Dated,
    Drawer,
    Fact,
    Kind,
    LegalBasis,
    Moment,
    Person,
    Protection,
    Residence,
    Role,
    Row,
    Signature,
    Staff,
    Team,
    Unit,
    World,
)

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
NAMED = ("plan", "school", "health", "violence", "address")  # what consents name; enough to meet every rule
CATEGORIES = (*NAMED, "consent")
FAMILIES = {"F": ("mum", "dad", "gran", "teen", "little"), "G": ("ada", "kid")}
CHILDREN = {"F": ("teen", "little"), "G": ("kid",)}
HOMES = {"F": ("hF0", "hF1"), "G": ("hG0",)}
UNITS = ("u0", "u1", "u2")
STAFF = ("s0", "s1", "s2", "s3")
HOLDERS = (*FAMILIES["F"], *FAMILIES["G"], *STAFF)
MOST_DRAWERS = 26
LONG_AGO = date(2015, 1, 1)

WEIGHTS = {
    "to_a_turning_point": 70, "time_passes": 10, "years_pass": 0.2, "birth_date_corrected": 2,
    "consent": 10, "sign": 8, "withdraw": 3, "withdraw_signature": 4, "shorten": 3, "renegotiate": 4,
    "custody_starts": 5, "custody_ends": 3, "moves_in": 3, "moves_out": 3, "protect": 4, "unprotect": 3,
    "joins_team": 7, "leaves_team": 3, "gets_role": 7, "loses_role": 2, "role_corrected": 1.5,
    "team_corrected": 1, "unit_closes": 1.5, "unit_opens": 4,
    "staff_leaves": 1, "staff_returns": 3, "statutory": 4, "basis_ends": 2, "break_glass": 3,
    "drawer": 6, "row": 3,
}  # fmt: skip
ALONE = ("consent", "statutory", "break_glass")


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    at: datetime
    facts: tuple[Fact, ...] = ()


def about(person: str, kind: str) -> str:
    """The drawer in which the facts about a person lie ("basic"), or their papers ("consent")."""
    return f"{kind}-{person}"


@lru_cache(maxsize=4)
def danish_day(at: datetime) -> date:
    return at.astimezone(COPENHAGEN).date()


@cache
def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)


def years_later(day: date, years: int) -> date:
    """The same day another year; a leap day moves to the last of February."""
    last = day.month == 2 and day.day == 29 and (day.year + years) % 4
    return day.replace(year=day.year + years, day=28 if last else day.day)


def last_sunday(year: int, month: int) -> date:
    """When the clocks change."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


class Town:
    """Makes one history: `first()` and then `next()` again and again; `world` is how it stands."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.world = World()
        self.number = 0
        self.pending: list[tuple[str, list[Fact]]] = []
        leap = self.rng.random() < 0.1  # just before the birthday of somebody born on the 29th of February
        first = date(2026, 2, 20) if leap else date(2026, 1, 1) + self.rng.randrange(365) * DAY
        self.now = midnight(first) + timedelta(hours=9)

    def first(self) -> Step:
        """Two families, three units, four people at work: everybody somewhere, a few drawers with a row in each."""
        self.world.put(*self.everybody())
        for _ in range(6):
            self.world.put(*(self.drawer() or []))
        for _ in range(5):
            self.world.put(*self.consent())
        return Step("first", self.now, tuple(fact for kind in self.world.facts.values() for fact in kind.values()))

    def everybody(self) -> list[Fact]:
        born: dict[str, date | None] = {
            "mum": date(1985, 5, 5), "dad": date(1983, 2, 28), "gran": None, "ada": date(1988, 1, 1),
            "teen": self.near_birthday(15), "little": date(2019, 3, 1), "kid": self.near_birthday(18),
        }  # fmt: skip
        custody = [
            ("teen", "mum"),
            ("teen", "dad"),
            ("little", "mum"),
            ("little", "dad"),
            ("kid", "ada"),
        ]
        homes = [("mum", "hF0"), ("teen", "hF0"), ("little", "hF0"), ("dad", "hF1"), ("ada", "hG0"), ("kid", "hG0")]
        team = [("F", "s0", "u0"), ("F", "s1", "u1"), ("F", "s2", "u2"), ("G", "s1", "u1")]
        return [
            *(Person(name, family, born[name]) for family, names in FAMILIES.items() for name in names),
            *(Drawer(about(p, kind), family, frozenset({p}), kind)
              for family, names in FAMILIES.items() for p in names for kind in ("basic", "consent")),
            *(Unit(unit) for unit in UNITS),
            *(Staff(staff) for staff in STAFF),
            *(Custody(self.id("c"), child, holder, born[child] or LONG_AGO) for child, holder in custody),
            *(Residence(self.id("h"), person, home, LONG_AGO) for person, home in homes),
            *(Role(self.id("o"), s, u, self.rng.choice(("coordinator", "professional")), LONG_AGO)
              for s, u in zip(STAFF, UNITS, strict=False)),
            *(Team(self.id("t"), f, s, u, LONG_AGO, None, self.chance(0.4)) for f, s, u in team),
        ]  # fmt: skip

    def next(self) -> Step:
        self.now += self.rng.choice((timedelta(), timedelta(seconds=1), timedelta(minutes=self.rng.randrange(300))))
        if not self.pending:
            self._something_happens()
        name, facts = self.pending.pop(0)
        self.world.put(*facts)
        return Step(name, self.now, tuple(facts))

    def _something_happens(self) -> None:
        """What is written down one by one is steps of its own; a drawer and its first row are one."""
        while not self.pending:
            (name,) = self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
            facts: list[Fact] | None = getattr(self, name)()
            if name in ALONE and facts:
                self.pending = [(name, [fact]) for fact in facts]
            elif facts is not None:
                self.pending = [(name, facts)]

    # --- small choices ------------------------------------------------------------------------------------------------
    @property
    def today(self) -> date:
        return danish_day(self.now)

    def id(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}{self.number}"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, things: Iterable[str], least: int = 1, most: int = 3) -> frozenset[str]:
        pool = sorted(things)
        return frozenset(self.rng.sample(pool, min(len(pool), self.rng.randint(least, most))))

    def one(self, kind: type[Kind], which: Callable[[Kind], bool] = lambda _: True) -> Kind | None:
        found = [fact for fact in self.world.all(kind) if which(fact)]
        return self.rng.choice(found) if found else None

    def family(self) -> str:
        return "F" if self.chance(0.8) else "G"

    def near_birthday(self, years: int) -> date:
        """A birth date whose birthday comes soon; now and then a leap day."""
        leap_year = self.today.year - years
        if leap_year % 4 == 0 and self.today.month <= 2 and self.chance(0.5):
            return date(leap_year, 2, 29)
        return years_later(self.today + self.rng.choice((1, 3, 20, 60, 200)) * DAY, -years)

    def rows(self, kind: type[Custody | Residence | Protection | Role | Team]) -> list[Dated]:
        return cast(list[Dated], self.world.all(kind))

    def hot_days(self) -> list[date]:
        """The days on which something turns."""
        days = [c.until + DAY for c in self.world.all(Consent)]
        days += [years_later(p.born, age) for p in self.world.all(Person) if p.born for age in (15, 18)]
        days += [unit.closed for unit in self.world.all(Unit) if unit.closed]
        rows = [row for kind in (Custody, Residence, Protection, Role, Team) for row in self.rows(kind)]
        return days + [row.since for row in rows] + [row.until + DAY for row in rows if row.until]

    def day(self, least: date | None = None) -> date:
        """Most often a turning day near now, or one beside it."""
        near = [d for d in self.hot_days() if abs(d - self.today) < timedelta(days=200)] or [self.today]
        day = self.rng.choice(near) if self.chance(0.6) else self.today + self.rng.randrange(-30, 100) * DAY
        day += self.rng.choice((-1, 0, 0, 1)) * DAY
        return day if least is None or day >= least else least + self.rng.randrange(3) * DAY

    def period(self) -> tuple[date, date | None]:
        """Most often one that has begun."""
        since = min(self.day(), self.today) if self.chance(0.8) else self.day()
        return since, (self.day(max(since, self.today - DAY)) if self.chance(0.35) else None)

    def lately(self) -> datetime:
        return self.now - self.rng.choice((timedelta(), timedelta(), timedelta(hours=30), timedelta(days=20)))

    def ends_now(
        self, kind: type[Custody] | type[Residence] | type[Protection] | type[Role] | type[Team]
    ) -> list[Fact] | None:
        """A row gets its last day: yesterday, today, or a day to come; never later than the one it had."""
        row = self.one(kind, lambda r: r.until is None or r.until >= self.today)
        if row is None:
            return None
        day = self.today + self.rng.choice((-1, 0, 0, 1)) * DAY if self.chance(0.6) else self.day()
        return [replace(row, until=max(row.since, min(day, row.until or day)))]

    def free(self, rows: Iterable[Custody | Team], since: date, until: date | None) -> bool:
        """No row of the same two overlaps: the database allows one at a time."""
        return all((until is not None and until < r.since) or (r.until is not None and r.until < since) for r in rows)

    # --- time ---------------------------------------------------------------------------------------------------------
    def to_a_turning_point(self) -> list[Fact]:
        """One of the next few, or just beside it; when none is near, a day passes."""
        points = [midnight(day) for day in self.hot_days()]
        points += [edge for basis in self.world.all(LegalBasis) for edge in (basis.starts, basis.ends)]
        points += [midnight(last_sunday(self.today.year, m) + n * DAY) for m in (3, 10) for n in (0, 1)]
        ahead = sorted({point for point in points if point > self.now})[:3]
        if not ahead or ahead[0] > self.now + timedelta(days=40):
            self.now += DAY
            return []
        off = (-INSTANT, timedelta(), timedelta(), INSTANT, timedelta(hours=-1), timedelta(hours=1))
        self.now = max(
            self.now, self.rng.choice([p for p in ahead if p <= ahead[0] + timedelta(days=40)]) + self.rng.choice(off)
        )
        return []

    def time_passes(self) -> list[Fact]:
        self.now += self.rng.choice((60, 60, 60 * 24, 60 * 24 * 7)) * timedelta(minutes=1)
        return []

    def years_pass(self) -> list[Fact]:
        self.now += self.rng.randrange(200, 800) * DAY
        return []

    def birth_date_corrected(self) -> list[Fact] | None:
        child = self.one(Person, lambda p: p.id in CHILDREN[p.family])
        return [replace(child, born=self.near_birthday(self.rng.choice((15, 18))))] if child else None

    # --- consents and legal bases -------------------------------------------------------------------------------------
    def wanted(self, family: str) -> Drawer:
        """A drawer somebody asks to see: most often one that is there."""
        known = self.one(Drawer, lambda d: d.family == family)
        return known if known is not None and self.chance(0.8) else self.any_drawer(family)

    def named_for(self, drawer: Drawer) -> frozenset[str]:
        """The kinds a paper names so that this drawer opens; now and then others instead."""
        kinds = {drawer.category if drawer.category in NAMED and self.chance(0.9) else self.rng.choice(NAMED)}
        return frozenset(kinds | ({"address"} if self.chance(0.4) else set()) | self.some(NAMED, 0, 2))

    def sources_for(self, drawer: Drawer) -> frozenset[str]:
        named = frozenset({drawer.source} if self.chance(0.9) else ())
        return named | self.some((FAMILY, *UNITS), 1, 2)

    def working_unit(self) -> str:
        team = sorted(unit for _, unit, _ in Moment(self.world, self.now).team)
        return self.rng.choice(team) if team and self.chance(0.9) else self.rng.choice(UNITS)

    def new_consent(self, drawer: Drawer, subject: str) -> Consent:
        return Consent(
            self.id("y"), drawer.family, subject,
            categories=self.named_for(drawer),
            sources=self.sources_for(drawer),
            to_units=frozenset({self.working_unit()}) | self.some(UNITS, 0, 1),
            to_persons=self.some(FAMILIES[drawer.family], 0, 2),
            until=self.day(self.today - DAY) if self.chance(0.25) else self.today + 300 * DAY,
            private_voice=self.chance(0.4),
            deviation=self.chance(0.15),
        )  # fmt: skip

    def signatures(self, consent: Consent) -> list[Fact]:
        """Most often everyone who must, and now and then somebody who need not."""
        must = Moment(self.world, self.now).authority(consent.subject)
        sign = {person for person in must if self.chance(0.8)}
        if self.chance(0.15):
            sign |= self.some(FAMILIES[consent.family], 1, 1)
        return [Signature(self.id("w"), consent.id, person, self.lately()) for person in sorted(sign)]

    def consent(self) -> list[Fact]:
        """About one subject of a drawer, or about each of them at once."""
        drawer = self.wanted(self.family())
        subjects = sorted(drawer.subjects if self.chance(0.6) else self.some(drawer.subjects, 1, 1))
        papers = [self.new_consent(drawer, subject) for subject in subjects]
        return [fact for paper in papers for fact in (paper, *self.signatures(paper))]

    def living_consent(self) -> Consent | None:
        """Most often one that is effective now."""
        effective = Moment(self.world, self.now).consents
        if effective and self.chance(0.7):
            return self.rng.choice(effective)
        return self.one(Consent, lambda c: c.withdrawn is None and c.until >= self.today)

    def sign(self) -> list[Fact] | None:
        paper = self.living_consent()
        if paper is None:
            return None
        signed = {s.person for s in self.world.all(Signature) if s.consent == paper.id}
        must = Moment(self.world, self.now).authority(paper.subject) | self.some(FAMILIES[paper.family], 0, 1)
        missing = sorted(must - signed)
        return [Signature(self.id("w"), paper.id, self.rng.choice(missing), self.lately())] if missing else None

    def withdraw(self) -> list[Fact] | None:
        paper = self.living_consent()
        return [replace(paper, withdrawn=self.now)] if paper else None

    def withdraw_signature(self) -> list[Fact] | None:
        paper = self.living_consent()
        signature = self.one(Signature, lambda s: s.withdrawn is None and paper is not None and s.consent == paper.id)
        return [replace(signature, withdrawn=self.now)] if signature else None

    def shorten(self) -> list[Fact] | None:
        paper = self.living_consent()
        return [replace(paper, until=min(paper.until, self.day()))] if paper else None

    def renegotiate(self) -> list[Fact] | None:
        """A new version replaces the old in the same breath."""
        paper = self.living_consent()
        if paper is None:
            return None
        new = replace(self.new_consent(self.wanted(paper.family), paper.subject), replaces=paper.id)
        return [replace(paper, withdrawn=self.now), new, *self.signatures(new)]

    def statutory(self) -> list[Fact]:
        drawer, unit = self.wanted(self.family()), self.working_unit()
        starts = self.lately()
        ends = self.now + self.rng.choice((timedelta(minutes=5), timedelta(hours=20), timedelta(days=90)))
        kinds, sources = self.named_for(drawer), self.sources_for(drawer)
        return [
            LegalBasis(self.id("b"), drawer.family, subject, starts, ends, unit, None, kinds, sources)
            for subject in sorted(drawer.subjects)
        ]

    def break_glass(self) -> list[Fact]:
        drawer, who = self.wanted(self.family()), self.rng.choice(STAFF)
        ends = self.now + self.rng.choice((timedelta(hours=4), timedelta(hours=24)))
        return [
            LegalBasis(self.id("b"), drawer.family, subject, self.now, ends, None, who)
            for subject in sorted(drawer.subjects)
        ]

    def basis_ends(self) -> list[Fact] | None:
        basis = self.one(LegalBasis, lambda b: b.starts < self.now < b.ends)
        return [replace(basis, ends=self.now)] if basis else None

    # --- custody, homes, protection -----------------------------------------------------------------------------------
    def custody_starts(self) -> list[Fact] | None:
        family = self.family()
        child, holder = self.rng.sample(FAMILIES[family], 2)
        if self.chance(0.6):
            child = self.rng.choice(CHILDREN[family])
        if child == holder:
            return None
        since, until = self.period()
        same = [c for c in self.world.all(Custody) if (c.child, c.holder) == (child, holder)]
        return [Custody(self.id("c"), child, holder, since, until)] if self.free(same, since, until) else None

    def custody_ends(self) -> list[Fact] | None:
        return self.ends_now(Custody)

    def moves_in(self) -> list[Fact]:
        """Most often a child, or somebody with custody."""
        family = self.family()
        custody = [c for c in self.world.all(Custody) if c.child in FAMILIES[family]]
        person = self.rng.choice(FAMILIES[family])
        if custody and self.chance(0.7):
            row = self.rng.choice(custody)
            person = self.rng.choice((row.child, row.holder))
        return [Residence(self.id("h"), person, self.rng.choice(HOMES[family]), *self.period())]

    def moves_out(self) -> list[Fact] | None:
        return self.ends_now(Residence)

    def protect(self) -> list[Fact]:
        """Most often somebody of whom there is something to protect."""
        drawer = self.one(Drawer, lambda d: d.reveals_place) if self.chance(0.7) else None
        person = self.rng.choice(sorted((drawer or self.wanted(self.family())).subjects))
        return [Protection(self.id("a"), person, *self.period())]

    def unprotect(self) -> list[Fact] | None:
        return self.ends_now(Protection)

    # --- at work ------------------------------------------------------------------------------------------------------
    def joins_team(self) -> list[Fact] | None:
        family = self.family()
        staff, unit = self.place_of(Role)
        since, until = self.period()
        same = [t for t in self.world.all(Team) if (t.family, t.staff, t.unit) == (family, staff, unit)]
        if not self.free(same, since, until):
            return None
        return [Team(self.id("t"), family, staff, unit, since, until, self.chance(0.3))]

    def leaves_team(self) -> list[Fact] | None:
        return self.ends_now(Team)

    def gets_role(self) -> list[Fact]:
        kind = self.rng.choice(
            ("coordinator", "coordinator", "professional", "professional", "leader", "administrator")
        )
        staff, unit = self.place_of(Team)
        return [Role(self.id("o"), staff, unit, kind, *self.period())]

    def role_corrected(self) -> list[Fact] | None:
        """It was somebody else, or somewhere else."""
        row = self.one(Role, self.current)
        if row is None:
            return None
        return [replace(row, staff=self.rng.choice(STAFF), unit=self.rng.choice((row.unit, *UNITS)))]

    def team_corrected(self) -> list[Fact] | None:
        row = self.one(Team, self.current)
        if row is None:
            return None
        new = replace(row, staff=self.rng.choice(STAFF), unit=self.rng.choice((row.unit, *UNITS)))
        others = [t for t in self.world.all(Team) if t.id != row.id]
        same = [t for t in others if (t.family, t.staff, t.unit) == (new.family, new.staff, new.unit)]
        return [new] if self.free(same, new.since, new.until) else None

    def current(self, row: Role | Team) -> bool:
        return row.since <= self.today and (row.until is None or row.until >= self.today)

    def place_of(self, kind: type[Role] | type[Team]) -> tuple[str, str]:
        """Somebody at a unit: most often one where the other half, role or team, is already there."""
        known = self.one(kind)
        if known is not None and self.chance(0.8):
            return known.staff, known.unit
        return self.rng.choice(STAFF), self.rng.choice(UNITS)

    def loses_role(self) -> list[Fact] | None:
        return self.ends_now(Role)

    def unit_closes(self) -> list[Fact] | None:
        unit = self.one(Unit, lambda u: u.closed is None)
        return [replace(unit, closed=max(self.day(), self.today - DAY))] if unit else None

    def unit_opens(self) -> list[Fact] | None:
        unit = self.one(Unit, lambda u: u.closed is not None)
        return [replace(unit, closed=None)] if unit else None

    def staff_leaves(self) -> list[Fact] | None:
        staff = self.one(Staff, lambda s: s.left is None)
        return [replace(staff, left=self.now)] if staff else None

    def staff_returns(self) -> list[Fact] | None:
        staff = self.one(Staff, lambda s: s.left is not None)
        return [replace(staff, left=None)] if staff else None

    # --- what is written ----------------------------------------------------------------------------------------------
    def drawer(self) -> list[Fact] | None:
        """Opened with a row in it. A private voice never reveals a place; two drawers of a kind are one."""
        drawer = self.any_drawer(self.family())
        if len(self.world.all(Drawer)) >= MOST_DRAWERS or any(
            replace(d, id="") == replace(drawer, id="") for d in self.world.all(Drawer)
        ):
            return None
        return [drawer, self.row_in(drawer)]

    def any_drawer(self, family: str) -> Drawer:
        """Most often about the children, by themselves or with others."""
        subjects = self.some(FAMILIES[family], 1, self.rng.choice((1, 1, 2, 3)))
        if self.chance(0.5):
            subjects = self.some(CHILDREN[family], 1, 1) | (subjects if self.chance(0.2) else frozenset())
        voice = self.rng.choice(sorted(subjects)) if self.chance(0.2) else None
        source = self.rng.choice(UNITS) if self.chance(0.4) else FAMILY
        place = voice is None and self.chance(0.4)
        return Drawer(self.id("d"), family, subjects, self.rng.choice(CATEGORIES), voice, source, place)

    def row(self) -> list[Fact] | None:
        drawer = self.one(Drawer)
        return [self.row_in(drawer)] if drawer else None

    def row_in(self, drawer: Drawer) -> Row:
        return Row(self.id("x"), drawer.id)
