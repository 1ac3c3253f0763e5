"""Counts in fives: right together, the same every time, and whoever reckons all day finds nobody."""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path

import pytest

from familieplan.population.engine import started
from familieplan.population.mapping import NONE
from familieplan.population.report.findings import shown
from familieplan.population.report.fives import Fives, secret_of
from familieplan.population.results import Count, Table
from familieplan.population.source import Source
from tests.population.town import Tables, write

FIVES = Fives(b"nobody's secret")
Cell = tuple[str, str]
Equation = Sequence[tuple[int, Cell]]  # so many times each cell: 0 together


@pytest.mark.parametrize("count", [*range(30), 1_234_567])
def test_a_count_goes_to_one_of_the_fives_beside_it(count: int) -> None:
    seen = {FIVES(count, "municipality", str(place)) for place in range(200)}
    assert seen == {count // 5 * 5, -(-count // 5) * 5}


@pytest.mark.parametrize("count", [1, 12, 18, 104])
def test_many_together_are_right(count: int) -> None:
    places = 4_000
    assert sum(FIVES(count, "housing_area", str(n)) for n in range(places)) / places == pytest.approx(count, abs=0.15)


def test_the_same_people_are_the_same_figure_and_in_another_extract_perhaps_another() -> None:
    here = [FIVES(count, "municipality", "860") for count in range(100)]
    assert here == [Fives(b"nobody's secret")(count, "municipality", "860") for count in range(100)]
    assert here != [FIVES(count, "housing_area", "860") for count in range(100)]
    assert here != [Fives(b"another")(count, "municipality", "860") for count in range(100)]


def test_the_secret_is_of_the_people_alive_and_not_of_the_file(small_town: Tables, tmp_path: Path) -> None:
    def secret(name: str, rows: list[dict[str, object]], year: int = 2022) -> bytes:
        folder = write({**small_town, "persons": rows}, tmp_path / name)
        with started("duckdb") as engine:
            return secret_of(Source(folder, engine, NONE), year)

    persons = small_town["persons"]
    once = secret("once", persons)
    assert secret("again", persons[::-1]) == once
    assert secret("one-less", persons[1:]) != once
    assert secret("later", persons, 2021) != once


def test_few_have_no_sum_and_of_many_two_figures_are_said() -> None:
    def total(persons: int) -> float | None:
        count = Count(2022, "x", "nation", "", "children", "target", "municipal_costs", persons, 2_000, 1_234_567.0)
        return shown(Table("means", (count,)), {2022: FIVES})[0].total

    assert total(45) is None
    assert total(60) == 1_200_000


# ── the attacker ──


def country(seed: int) -> tuple[dict[Cell, int], list[Equation]]:
    """Places by number of risk factors with all their sums, and the factors one by one, which add up in a way of their
    own: three factors count three times.
    """
    chance = random.Random(seed)
    places, numbers, factors = "abcd", "012345", "vwxyz"
    counts: dict[Cell, int] = dict.fromkeys(product((*places, "all"), (*numbers, *factors, "everybody")), 0)
    for place in places:
        for number in numbers:
            persons = chance.choice([0, 1, 2, 3, 4, 7, 12])
            for _ in range(persons):
                for factor in (number, "everybody", *chance.sample(factors, int(number))):
                    counts[place, factor] += 1
                    counts["all", factor] += 1
    sums: list[Equation] = []
    for place in (*places, "all"):
        sums.append([(-1, (place, "everybody")), *((1, (place, number)) for number in numbers)])
        sums.append([*((1, (place, f)) for f in factors), *((-int(n), (place, n)) for n in numbers if n != "0")])
    sums += [
        [(-1, ("all", measure)), *((1, (place, measure)) for place in places)]
        for measure in (*numbers, *factors, "everybody")
    ]
    return counts, sums


def found(counts: dict[Cell, int], ranges: dict[Cell, tuple[int, int]], sums: Iterable[Equation]) -> list[Cell]:
    """Few people whose number follows: the ranges are narrowed by every sum until nothing gives way (the shuttle of
    Buzzigoli & Giusti 1999, for weighted sums).
    """
    low, high = ({cell: ends[n] for cell, ends in ranges.items()} for n in (0, 1))
    narrower = True
    while narrower:
        narrower = False
        for terms in sums:
            for weight, cell in terms:
                others = [(-times, one) for times, one in terms if one != cell]
                least = sum(times * (low if times > 0 else high)[one] for times, one in others)
                most = sum(times * (high if times > 0 else low)[one] for times, one in others)
                ends = sorted((least / weight, most / weight))
                at_least, at_most = max(low[cell], -int(-ends[0] // 1)), min(high[cell], int(ends[1] // 1))
                if (at_least, at_most) != (low[cell], high[cell]):
                    low[cell], high[cell], narrower = at_least, at_most, True
    return [cell for cell, count in counts.items() if 0 < count < 5 and low[cell] == high[cell]]


def attacked(told: Callable[[Cell, int], int], wide: int) -> int:
    """How many of the few in twenty countries are found by whoever knows that a count is so far from what is told."""
    together = 0
    for seed in range(20):
        counts, sums = country(seed)
        said = {cell: told(cell, count) for cell, count in counts.items()}
        ranges = {cell: (max(0, figure - wide), figure + wide) for cell, figure in said.items()}
        together += len(found(counts, ranges, sums))
    return together


def test_nobody_is_found_by_adding_and_subtracting() -> None:
    assert attacked(lambda cell, count: FIVES(count, *cell[::-1]), wide=4) == 0


def test_the_nearest_five_would_not_do() -> None:
    """What hides less is found out: the test above can fail."""
    assert attacked(lambda _cell, count: (count + 2) // 5 * 5, wide=2) > 0
