"""A potential as it is read: the same figures, words and warnings for the terminal, the PDF and the leaders' page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from familieplan.population.budget.parameters import Area, Payer, Person
from familieplan.population.budget.potential import Cell, Potential, fit
from familieplan.population.budget.sensitivity import DRAWS, SEED, Bar, Range, ranged, tornado
from familieplan.population.words import Words

NAMES = {
    Area.EMPLOYMENT: "Employment",
    Area.SOCIAL: "Social services",
    Area.HEALTH: "Health",
    Area.EDUCATION: "Education",
    Area.JUSTICE: "Justice",
    Payer.MUNICIPALITY: "Municipality",
    Payer.REGION: "Region",
    Payer.STATE: "State",
    Person.ADULT: "The parents",
    Person.CHILD: "The children",
}
Kind = TypeVar("Kind", bound=StrEnum)
Row = tuple[str, list[float]]  # a name, and kr. by year
WIDEST = 6  # columns of years; what comes after them is one


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of written cells; the first column names the row, the last row is the sum."""

    title: str
    note: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Swing:
    """A bar of the tornado. ``start``, ``turn``, ``end``: 0–100 of the scale that all bars share; ``turn`` is net."""

    label: str
    lower: str
    higher: str
    start: float
    turn: float
    end: float


@dataclass(frozen=True)
class Sheet:
    potential: Potential
    say: Words
    draws: int = DRAWS
    seed: int = SEED

    @property
    def title(self) -> str:
        return self.say("When {number} parents get help towards work or education", number=self.potential.case.parents)

    @cached_property
    def range(self) -> Range | None:
        return ranged(self.potential.parameters, self.potential.case, draws=self.draws, seed=self.seed)

    @cached_property
    def bars(self) -> list[Bar]:
        return [bar for bar in tornado(self.potential.parameters, self.potential.case) if bar.width >= 1]

    @property
    def question(self) -> list[tuple[str, str]]:
        case, say = self.potential.case, self.say
        assert case.anyway is not None  # noqa: S101 - Case
        cost = say.kr(self.potential.cost / case.parents) if self.potential.costed else say("not given")
        return [
            (say("Parents who take part (N)"), say.number(case.parents)),
            (say("Come into work or education (p)"), say.percent(case.success, 1)),
            (say("Would have done so anyway (p0)"), say.percent(case.anyway, 1)),
            (say("Cost per parent who takes part"), cost),
            (say("Years"), say.number(self.potential.years)),
        ]

    @property
    def figures(self) -> list[Figure]:
        say, potential = self.say, self.potential
        within = self.range
        likely = (
            say("nine draws in ten: {low} to {high}", low=say.kr(within.p5), high=say.kr(within.p95))
            if within
            else say("no figure says how far off it may be")
        )
        label = "Potential, net of costs, {years} years"
        if not potential.costed:
            label = "Potential before the effort is paid for, {years} years"
        return [
            Figure(say(label, years=potential.years), say.kr(potential.net), likely),
            Figure(say("Break-even"), *self._break_even()),
            Figure(say("Paid back"), *self._payback()),
        ]

    def _break_even(self) -> tuple[str, str]:
        say, even, alone = self.say, self.potential.break_even(), self.potential.break_even(Payer.MUNICIPALITY)
        if not self.potential.costed:
            return "–", say("no cost is given")
        if even is None:
            return say("never"), say("each success costs more than it brings")
        own = say("the municipality alone: {share}", share=say.percent(alone, 1) if alone is not None else say("never"))
        return f"p = {say.percent(even, 1)}", own

    def _payback(self) -> tuple[str, str]:
        say, year = self.say, self.potential.payback
        if not self.potential.costed:
            return "–", say("no cost is given")
        if year is None:
            return say("not yet"), say("not within {years} years", years=self.potential.years)
        return say("year {year}", year=year), say("from then on benefits outweigh costs")

    @property
    def grids(self) -> list[Grid]:
        say = self.say
        note = say(
            "1,000 kr., present value in the kroner of the first year; a minus is an expense. Each figure is rounded "
            "by itself"
        )
        cost: list[Row] = [(say("Costs of the effort"), self._by_year(lambda _cell: True, _minus_cost))]
        if not self.potential.costed:
            note, cost = f"{note}; {say('what the effort costs is not in it')}", []

        def grid(title: str, first: str, kinds: type[Kind], amount: Callable[[Cell], float], *more: Row) -> Grid:
            rows = [(name, self._by_year(_about(kind), amount)) for kind, name in self._named(kinds)]
            return Grid(title, note, self._header(first), self._written([*rows, *more]))

        return [
            grid(say("By payer"), say("Payer"), Payer, _present),
            grid(say("By area"), say("Area"), Area, _benefit, *cost),
            grid(say("By person"), say("Person"), Person, _benefit, *cost),
        ]

    def _named(self, kinds: type[Kind]) -> list[tuple[Kind, str]]:
        """Those that any figure is about."""
        there = {one for cell in self.potential.cells for one in kinds_of(cell)}
        return [(kind, self.say(NAMES[kind])) for kind in kinds if kind in there]

    def _by_year(self, among: Callable[[Cell], bool], amount: Callable[[Cell], float]) -> list[float]:
        years = [0.0] * self.potential.years
        for cell in filter(among, self.potential.cells):
            years[cell.year - 1] += amount(cell)
        return years

    def _header(self, first: str) -> list[str]:
        years = self.potential.years
        shown = [self.say("Year {year}", year=year) for year in range(1, min(years, WIDEST) + 1)]
        later = [self.say("Years {first}–{last}", first=WIDEST + 1, last=years)] if years > WIDEST else []
        return [first, *shown, *later, self.say("All together")]

    def _written(self, rows: list[Row]) -> list[list[str]]:
        """Each row by year, what comes after the widest as one, and the sum; below them all together."""
        whole = [sum(of_a_year) for of_a_year in zip(*(years for _name, years in rows), strict=True)]
        return [[name, *self._line(years)] for name, years in (*rows, (self.say("All together"), whole))]

    def _line(self, years: list[float]) -> list[str]:
        later = [sum(years[WIDEST:])] if len(years) > WIDEST else []
        return [self.say.thousands(amount) for amount in (*years[:WIDEST], *later, sum(years))]

    @property
    def swings(self) -> list[Swing]:
        net = self.potential.net
        ends = [net, *(end for bar in self.bars for end in (bar.lower, bar.higher))]
        low, width = min(ends), (max(ends) - min(ends)) or 1.0
        return [
            Swing(
                label=bar.label.in_(self.say.language) + (" *" if bar.capped else ""),
                lower=self.say.thousands(bar.lower),
                higher=self.say.thousands(bar.higher),
                start=100 * (min(bar.lower, bar.higher) - low) / width,
                turn=100 * (net - low) / width,
                end=100 * (max(bar.lower, bar.higher) - low) / width,
            )
            for bar in self.bars
        ]

    @property
    def has_capped(self) -> bool:
        return any(bar.capped for bar in self.bars)

    @property
    def range_rows(self) -> list[tuple[str, str]]:
        say, within = self.say, self.range
        if within is None:
            return []
        drawn = say(
            "{draws} draws, seed {seed}; p and p0 as they were given", draws=say.number(within.draws), seed=within.seed
        )
        return [
            (say("Every figure at its worse end"), say.kr(within.worst)),
            (say("1 draw in 20 is below this ({drawn})", drawn=drawn), say.kr(within.p5)),
            (say("The middle draw"), say.kr(within.p50)),
            (say("1 draw in 20 is above this"), say.kr(within.p95)),
            (say("Every figure at its better end"), say.kr(within.best)),
            (say("Draws with a potential above 0"), say.percent(within.above_zero)),
        ]

    @property
    def fits(self) -> list[list[str]]:
        """Published sum, ours for the same, whether it fits."""
        return [
            [one.label.in_(self.say.language), self.say.number(ours), self.say("fits" if is_so else "does not fit")]
            for one, ours, is_so in fit(self.potential.parameters)
        ]


def kinds_of(cell: Cell) -> tuple[StrEnum, ...]:
    return cell.payer, cell.area, cell.person


def _about(kind: StrEnum) -> Callable[[Cell], bool]:
    return lambda cell: kind in kinds_of(cell)


def _present(cell: Cell) -> float:
    return cell.present


def _benefit(cell: Cell) -> float:
    return cell.benefit * cell.factor


def _minus_cost(cell: Cell) -> float:
    return -cell.cost * cell.factor
