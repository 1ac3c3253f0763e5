"""How much hangs on which figure: one at a time ± 20 % (tornado), all at their worst and best, and drawn at random."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import quantiles

from familieplan.population.budget.parameters import Label, Number, Parameters, Series
from familieplan.population.budget.potential import Case, Potential

STEP = 0.2
DRAWS = 2_000
SEED = 2024
Varied = tuple[Parameters, Case]

LABELS = {
    "success": Label("p: andel, der kommer i arbejde eller uddannelse", "p: share who come into work or education"),
    "anyway": Label("p0: andel, der ville have gjort det alligevel", "p0: share who would have done so anyway"),
    "discount": Label("Diskonteringsrente", "Discount rate"),
    "persistence": Label("Hvor meget der holder efter det første år", "How much lasts after the first year"),
    "beyond": Label("Hvor meget der holder efter de kendte år", "How much lasts beyond the known years"),
    "children_per_parent": Label("Børn pr. forælder", "Children per parent"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Net (present value, kr.) with the figure 20 % lower and higher. ``capped``: it could not go the whole way."""

    key: str
    label: Label
    lower: float
    higher: float
    capped: bool = False

    @property
    def width(self) -> float:
        return abs(self.higher - self.lower)


@dataclass(frozen=True, slots=True)
class Range:
    """Net with every figure at the worse, and at the better, of its ends; and 5, 50 and 95 % of the random draws."""

    worst: float
    best: float
    p5: float
    p50: float
    p95: float
    above_zero: float  # share of the draws
    draws: int
    seed: int


def tornado(parameters: Parameters, case: Case, step: float = STEP) -> list[Bar]:
    """The widest bar first. A consequence has one bar: 20 % more of it or a price 20 % higher is the same."""
    found = []
    for key, label, vary in _ways(parameters, case):
        (lower, low_cut), (higher, high_cut) = vary(1 - step), vary(1 + step)
        found.append(Bar(key, label, Potential(*lower).net, Potential(*higher).net, low_cut or high_cut))
    return sorted(found, key=lambda bar: (-bar.width, bar.key))


def _ways(parameters: Parameters, case: Case) -> Iterator[tuple[str, Label, Callable[[float], tuple[Varied, bool]]]]:
    """Each figure with a way to multiply it; the way says whether it met its limit."""
    for name in ("success", "anyway"):

        def share_times(by: float, name: str = name) -> tuple[Varied, bool]:
            share = by * getattr(case, name)
            return (parameters, _with_share(case, name, min(share, 1.0))), share > 1

        yield name, LABELS[name], share_times

    keys = {key: LABELS[key] for key in ("discount", "persistence", "beyond", "children_per_parent")}
    keys |= {one.units: one.label for one in parameters.consequences}
    keys |= {one.amount: one.label for one in parameters.costs}
    for key, label in keys.items():

        def times(by: float, key: str = key) -> tuple[Varied, bool]:
            value, cut = _times(key, parameters.numbers[key].value, by)
            return (parameters.with_values({key: value}), case), cut

        yield key, label, times


def _with_share(case: Case, name: str, share: float) -> Case:
    return replace(case, success=share) if name == "success" else replace(case, anyway=share)


def _times(key: str, value: Series, by: float) -> tuple[Series, bool]:
    """What lasts is at most all of it, and in the first year is what it is."""
    if key == "persistence":
        later = [one * by for one in value[1:]]
        return (value[0], *(min(one, 1.0) for one in later)), any(one > 1 for one in later)
    if key == "beyond":
        return (min(value[0] * by, 1.0),), value[0] * by > 1
    return tuple(one * by for one in value), False


def ranged(parameters: Parameters, case: Case, *, draws: int = DRAWS, seed: int = SEED) -> Range | None:
    """None when no figure says how far off it may be."""
    open_numbers = {key: number for key, number in parameters.numbers.items() if number.ends}
    if not open_numbers:
        return None
    worst, best = _outermost(parameters, case, open_numbers)
    chance = random.Random(seed)  # noqa: S311 - the same draws every time, no secret
    nets = sorted(
        Potential(
            parameters.with_values({key: drawn(one, chance.random()) for key, one in open_numbers.items()}), case
        ).net
        for _ in range(draws)
    )
    cuts = quantiles(nets, n=20, method="inclusive")
    above = sum(net > 0 for net in nets) / draws
    return Range(worst, best, cuts[0], cuts[9], cuts[18], above, draws, seed)


def _outermost(parameters: Parameters, case: Case, numbers: Mapping[str, Number]) -> tuple[float, float]:
    """Which end of a figure is the worse is found with the others as given."""
    worse: dict[str, Series] = {}
    better: dict[str, Series] = {}
    for key, number in numbers.items():
        low, high = number.ends or (number.value, number.value)
        at_low, at_high = (Potential(parameters.with_values({key: end}), case).net for end in (low, high))
        worse[key], better[key] = (low, high) if at_low <= at_high else (high, low)
    return Potential(parameters.with_values(worse), case).net, Potential(parameters.with_values(better), case).net


def drawn(number: Number, chance: float) -> Series:
    """From the triangle low–value–high; all years of a figure at the same place between their ends."""
    low, high = number.ends or (number.value, number.value)
    return tuple(_triangle(*of_a_year, chance) for of_a_year in zip(low, number.value, high, strict=True))


def _triangle(low: float, mode: float, high: float, chance: float) -> float:
    if high == low:
        return low
    middle = (mode - low) / (high - low)
    if chance < middle:
        return low + float((chance * (high - low) * (mode - low)) ** 0.5)
    return high - float(((1 - chance) * (high - low) * (high - mode)) ** 0.5)
