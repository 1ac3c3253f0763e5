"""Few people are hidden, and an attacker who adds and subtracts all day finds none of them."""

import random
from itertools import product

import pytest

from familieplan.population.report.findings import Row, shown
from familieplan.population.report.suppression import LEAST, Cell, Sum, determined, hidden
from familieplan.population.results import Table
from tests.population.report.invented import tables


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ({"a": 9, "b": 3, "c": 20}, {"c", "all"}),  # the smallest other, too
        ({"a": 5, "b": 6, "c": 0}, {"a", "b", "c", "all"}),  # five are enough, and nobody is nobody
        ({"a": 2, "b": 2, "c": 30}, {"all"}),  # 2 + 2 are still few
        ({"a": 2, "b": 3, "c": 30}, {"c", "all"}),
        ({"a": 4, "b": 0, "c": 0}, {"b", "c"}),  # the total is the same few
    ],
)
def test_one_sum(counts: dict[str, int], seen: set[str]) -> None:
    values: dict[Cell, int] = {**dict(counts.items()), "all": sum(counts.values())}
    assert set(values) - hidden(values, [Sum("all", tuple(counts))]) == seen


def grid(seed: int) -> tuple[dict[Cell, int], list[Sum]]:
    """Places by measures with all margins."""
    chance = random.Random(seed)
    places, measures = "abcdef", "xyz"
    counts: dict[Cell, int] = {
        (place, measure): chance.choice([0, 2, 4, 5, 7, 40]) for place, measure in product(places, measures)
    }
    rows = [Sum((place, "all"), tuple((place, measure) for measure in measures)) for place in places]
    columns = [Sum(("all", measure), tuple((place, measure) for place in places)) for measure in (*measures, "all")]
    for one in (*rows, *columns):
        counts[one.total] = sum(counts[part] for part in one.parts)
    return counts, [*rows, *columns]


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_follows_from_all_sums_together(seed: int) -> None:
    counts, sums = grid(seed)
    away = hidden(counts, sums)
    few = {cell for cell, count in counts.items() if 0 < count < LEAST}
    assert few <= away
    assert few.isdisjoint(determined(sums, away))
    for one in sums:
        inside = [cell for cell in one.parts if cell in away]
        if (
            few.intersection(inside)
            and one.total not in away
            and any(counts[cell] for cell in one.parts if cell not in away)
        ):
            assert sum(counts[cell] for cell in inside) >= LEAST


def test_hiding_the_few_alone_would_not_do() -> None:
    """Without what is hidden beside them, the attacker finds some: the test above can fail."""
    found = 0
    for seed in range(40):
        counts, sums = grid(seed)
        found += len(list(determined(sums, {cell for cell, count in counts.items() if 0 < count < LEAST})))
    assert found > 10


def rows(seed: int) -> tuple[list[Table], list[Row]]:
    made = tables(seed, {"101": 9_000, "260": 300, "360": 900, "561": 3_000})
    return made, shown(made, 3)


@pytest.mark.parametrize("seed", range(4))
def test_no_table_tells_of_few(seed: int) -> None:
    made, published = rows(seed)
    exact = {(table.name, *row[:1], *row[2:7]): row for table in made for row in table.rows}
    assert len(published) == len(exact)
    hidden_somewhere = 0
    for row in published:
        true = exact[row[:1] + row[1:7]]
        for count in (true.persons, true.base, true.base - true.persons):
            if 0 < count < LEAST:
                hidden_somewhere += 1
                assert row.persons is None or row.base is None
        assert row.persons in (None, true.persons)
        assert row.base in (None, true.base)
        if 0 < true.persons < LEAST:
            assert row.persons is None
    assert hidden_somewhere > 20


def test_few_in_a_municipality_are_not_the_difference_of_the_nation_and_the_others() -> None:
    made, published = rows(2)
    exact = {(table.name, row[0], *row[2:7]): row.persons for table in made for row in table.rows}
    seen = 0
    for nation in (row for row in published if row.level == "nation" and row.persons is not None):
        like = [
            row
            for row in published
            if row.level == "municipality" and (*row[:2], *row[4:7]) == (*nation[:2], *nation[4:7])
        ]
        missing = [row for row in like if row.persons is None]
        if any(0 < exact[row[:7]] < LEAST for row in missing):
            seen += 1
            assert len(missing) > 1, nation
            assert (nation.persons or 0) - sum(row.persons or 0 for row in like) >= LEAST
    assert seen
