"""Counts in fives: right together, the same every time, and whoever reckons all day finds nobody."""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path

import pytest

from familieplan.population.report.fives import Fives, key_of
from familieplan.population.report.shown import shown
from familieplan.population.results import Count, Table
from familieplan.population.trouble import Trouble

FIVES = Fives(b"nobody's secret")
Cell = tuple[str, str]
Equation = Sequence[tuple[int, Cell]]  # so many times each cell: 0 together


@pytest.mark.parametrize("count", [*range(30), 1_234_567])
def test_a_count_goes_to_one_of_the_fives_beside_it(count: int) -> None:
    seen = {FIVES(count, 2022, "municipality", str(place)) for place in range(200)}
    assert seen == {count // 5 * 5, -(-count // 5) * 5}


@pytest.mark.parametrize("count", [1, 12, 18, 104])
def test_many_together_are_right(count: int) -> None:
    places = 4_000
    together = sum(FIVES(count, 2022, "housing_area", str(place)) for place in range(places))
    assert together / places == pytest.approx(count, abs=0.15)


def told(fives: Fives = FIVES, year: int = 2022, level: str = "municipality", place: str = "860") -> list[int]:
    return [fives(count, year, level, place) for count in range(100)]


def test_the_same_people_are_the_same_figure_as_long_as_the_key_is_the_same() -> None:
    assert told() == told(Fives(b"nobody's secret"))
    for other in (told(Fives(b"another")), told(year=2021), told(level="housing_area"), told(place="101")):
        assert other != told()


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "rounding.key"
    once = key_of(path)
    assert key_of(path) == once
    assert len(once) == 32
    assert path.stat().st_mode & 0o077 == 0
    assert key_of(tmp_path / "other.key") != once


@pytest.mark.parametrize("text", ["", "00ff", "not hex at all", "ø"])
def test_what_is_no_key_is_refused_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rounding.key"
    path.write_text(text)
    with pytest.raises(Trouble, match="key"):
        key_of(path)
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("persons", "total", "said"), [(44, 1_234_567, None), (49, 99, None), (60, 1_234_567, 1_200_000), (60, 87, 90)]
)
def test_few_have_no_sum_and_of_many_two_figures_are_said(persons: int, total: float, said: float | None) -> None:
    count = Count(2022, "x", "nation", "", "children", "target", "municipal_costs", persons, 2_000, total)
    size = Count(2022, "x", "nation", "", "children", "all", "vulnerable", 2_000, 9_000)
    for place in range(20):  # however it is rounded
        rows = shown([Table("target", (size,)), Table("means", (count,))], Fives(str(place).encode()), {})
        assert [row.total for row in rows if row.table == "means"] == [said]


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
    assert attacked(lambda cell, count: FIVES(count, 2022, "municipality", cell[0]), wide=4) == 0


def test_the_nearest_five_would_not_do() -> None:
    """What hides less is found out: the test above can fail."""
    assert attacked(lambda _cell, count: (count + 2) // 5 * 5, wide=2) > 0
