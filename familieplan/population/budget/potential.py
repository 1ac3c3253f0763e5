"""The potential, cell by cell: pure functions of parameters and a case, no engine, no clock.

benefit[a, t] = N · (p − p0) · Σ_k units[k, t] · price[k, a] · persistence[t], and for a child's consequence as many
children as a parent has. net = Σ (benefit − cost) / (1 + r)^t, t = 0 in the first year.
The structure is that of SØM (Social- og Boligstyrelsen); a potential, not a saving, and it never stands alone.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from familieplan.population.budget.parameters import Area, Parameters, Payer, Person, Published
from familieplan.population.trouble import Trouble

NEEDS_ANYWAY = (
    "Say p0 (--anyway), the share who would have come into work or education anyway. It has no default: what would "
    "have happened without the effort is no effect of it, and leaving it out would make the potential too large."
)
MOST_PARENTS = 1_000_000
Key = TypeVar("Key", bound=Hashable)


class CaseFault(Trouble):
    """A question that cannot be answered as it was asked; the sentence says what to give."""


@dataclass(frozen=True, slots=True)
class Case:
    """N parents who take part, p of them with success, p0 who would have had it anyway; shares between 0 and 1."""

    parents: int
    success: float
    anyway: float | None  # None is refused: NEEDS_ANYWAY
    years: int | None = None  # None: as many as the parameters say

    def __post_init__(self) -> None:
        if self.anyway is None:
            raise CaseFault(NEEDS_ANYWAY)
        if not 1 <= self.parents <= MOST_PARENTS:
            raise CaseFault("The number of parents is a whole number, at least 1.")
        for share in (self.success, self.anyway):
            if not (math.isfinite(share) and 0 <= share <= 1):
                raise CaseFault("Shares lie between 0 and 1 (0 and 100 %).")
        if self.years is not None and not 1 <= self.years <= 50:  # checked.LONGEST
            raise CaseFault("The number of years lies between 1 and 50.")

    @property
    def difference(self) -> float:
        """p − p0; below 0 when fewer succeed than would have anyway."""
        assert self.anyway is not None  # noqa: S101 - __post_init__
        return self.success - self.anyway


@dataclass(frozen=True, slots=True)
class Cell:
    """One consequence or cost, in one year (1 is the first), for one payer: kr., undiscounted; ``factor`` discounts."""

    year: int
    area: Area
    payer: Payer
    person: Person
    what: str
    benefit: float
    cost: float
    factor: float

    @property
    def net(self) -> float:
        return self.benefit - self.cost

    @property
    def present(self) -> float:
        return self.net * self.factor


@dataclass(frozen=True)
class Potential:
    parameters: Parameters
    case: Case

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return (*_benefits(self.parameters, self.case), *_costs(self.parameters, self.case))

    @property
    def years(self) -> int:
        return years_of(self.parameters, self.case)

    @property
    def costed(self) -> bool:
        """Has anybody said what the effort costs? If not, nothing here is net of it."""
        return bool(self.parameters.costs)

    @property
    def benefit(self) -> float:
        """Present value, kr.; so are `cost` and `net`."""
        return math.fsum(cell.benefit * cell.factor for cell in self.cells)

    @property
    def cost(self) -> float:
        return math.fsum(cell.cost * cell.factor for cell in self.cells)

    @property
    def net(self) -> float:
        return math.fsum(cell.present for cell in self.cells)

    def summed(
        self, by: Callable[[Cell], Key], of: Callable[[Cell], float] = lambda cell: cell.present
    ) -> dict[Key, float]:
        """Sums of the present values (or of ``of``) by a key: ``summed(lambda cell: cell.payer)``."""
        parts: dict[Key, list[float]] = defaultdict(list)
        for cell in self.cells:
            parts[by(cell)].append(of(cell))
        return {key: math.fsum(values) for key, values in parts.items()}

    def break_even(self, payer: Payer | None = None) -> float | None:
        """The p at which net is 0 – for one payer, or for all. None: no p does it. May lie above 1, or below p0 for a
        gain without cost: the reader is told."""
        mine = [cell for cell in every_success(self.parameters, self.case).cells if payer in (None, cell.payer)]
        benefit = math.fsum(cell.benefit * cell.factor for cell in mine)  # of N successes that nobody would have had
        cost = math.fsum(cell.cost * cell.factor for cell in mine)
        assert self.case.anyway is not None  # noqa: S101 - Case
        return self.case.anyway + cost / benefit if benefit > 0 else None

    @property
    def payback(self) -> int | None:
        """The first year from which the cumulated present net is never below 0 again; None: not within the years."""
        by_year = self.summed(lambda cell: cell.year)
        left, since = 0.0, None
        for year in range(1, self.years + 1):
            left += by_year.get(year, 0.0)
            since = None if left < 0 else (since or year)
        return since


def every_success(parameters: Parameters, case: Case) -> Potential:
    """All of them come into work, and none would have anyway: what the published sums are given for."""
    return Potential(parameters, Case(case.parents, 1.0, 0.0, case.years))


def years_of(parameters: Parameters, case: Case) -> int:
    return case.years or parameters.years


def factors(parameters: Parameters, years: int) -> list[float]:
    """1 / (1 + r)^t, 1 in the first year."""
    rate = parameters.numbers["discount"].at(0)
    return [(1 + rate) ** -year for year in range(years)]


def persistences(parameters: Parameters, years: int) -> list[float]:
    """As given for its years, and then so much less each year."""
    given, beyond = parameters.numbers["persistence"].value, parameters.numbers["beyond"].at(0)
    return [
        given[year] if year < len(given) else given[-1] * beyond ** (year - len(given) + 1) for year in range(years)
    ]


def _benefits(parameters: Parameters, case: Case) -> Iterator[Cell]:
    years = years_of(parameters, case)
    factor, persistence = factors(parameters, years), persistences(parameters, years)
    children = parameters.numbers["children_per_parent"].at(0)
    for one in parameters.consequences:
        units = parameters.numbers[one.units]
        people = case.parents * case.difference * (children if one.person is Person.CHILD else 1)
        for price in one.prices:
            amount = parameters.numbers[price.amount].at(0)
            for year in range(years):
                benefit = people * units.at(year) * amount * persistence[year]
                yield Cell(year + 1, price.area, price.payer, one.person, one.id, benefit, 0.0, factor[year])


def _costs(parameters: Parameters, case: Case) -> Iterator[Cell]:
    """Paid for everybody who takes part, success or not."""
    factor = factors(parameters, years_of(parameters, case))
    for one in parameters.costs:
        amounts = parameters.numbers[one.amount].value
        for year, amount in enumerate(amounts[: len(factor)]):
            yield Cell(year + 1, one.area, one.payer, Person.ADULT, one.id, 0.0, case.parents * amount, factor[year])


def fit(parameters: Parameters) -> list[tuple[Published, float, bool]]:
    """Each published sum, ours for the same, and whether ours is what the words say. Plain sums, as published."""
    return [
        (one, ours, one.at_least <= ours < one.below)
        for one in parameters.published
        for ours in [_ours(parameters, one)]
    ]


def _ours(parameters: Parameters, one: Published) -> float:
    cells = Potential(parameters, Case(one.parents, 1.0, 0.0, one.first_years)).cells
    return math.fsum(
        cell.benefit for cell in cells if one.person in (None, cell.person) and one.area in (None, cell.area)
    )
