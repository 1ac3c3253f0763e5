"""From exact tables to rows that may be shown: whose they are, which places, and counts in fives."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from familieplan.population.report.findings import Row
from familieplan.population.report.fives import ENOUGH, Fives, two_figures
from familieplan.population.results import Count, Table

MUNICIPALITIES = 98  # of Denmark, since 2007
NATION, SEVERAL = MANY = "nation", "several"


def whole_of(tables: Sequence[Table]) -> str:
    """Of whom the extracts are: the ``nation``, ``several`` municipalities, or the code of the one most live in."""
    sizes = {place: size for (_year, level, place), size in _sizes(tables).items() if level == "municipality"}
    for place, size in sizes.items():
        if 2 * size > sum(sizes.values()):
            return place
    return NATION if len(sizes) >= MUNICIPALITIES else SEVERAL


def shown(tables: Sequence[Table], fives: Fives, towns: Mapping[str, str]) -> list[Row]:
    """Every count as it may be said. ``towns``: the municipality of each housing area.

    Of a place with few children nothing is said at all; and of one municipality's own extracts nothing about those of
    its families who live elsewhere: they are few, and known.
    """
    sizes, whole = _sizes(tables), whole_of(tables)

    def is_shown(one: Count) -> bool:
        enough = sizes.get(one[:1] + one[2:4], 0) >= ENOUGH
        match one.level:
            case "municipality":
                return one.place == whole or (whole in MANY and enough)
            case "housing_area":
                return enough and (whole in MANY or towns.get(one.place) == whole)
            case _:
                return whole in MANY

    return [_row(table.name, one, fives) for table in tables for one in complete(table, sizes) if is_shown(one)]


def complete(table: Table, sizes: Mapping[tuple[int, str, str], int]) -> Iterator[Count]:
    """With the lines of which there is nobody: which lines a table has must not tell where somebody is."""
    there = {(one.year, *one[2:7]): one for one in table.rows}
    kinds = dict.fromkeys((one.variant, one.group, one.among, one.measure, one.total is None) for one in table.rows)
    for (year, level, place), (variant, group, among, measure, plain) in product(sizes, kinds):
        nobody = Count(year, variant, level, place, group, among, measure, 0, 0, None if plain else 0.0)
        yield there.get((year, level, place, group, among, measure), nobody)


def _sizes(tables: Sequence[Table]) -> dict[tuple[int, str, str], int]:
    """How many children and young people each place has, by year, level and place."""
    return {
        one[:1] + one[2:4]: one.base
        for table in tables
        for one in table.rows
        if (table.name, one.group, one.measure) == ("target", "children", "vulnerable")
    }


def _row(table: str, one: Count, fives: Fives) -> Row:
    persons, base = (fives(count, one.year, one.level, one.place) for count in (one.persons, one.base))
    few = min(persons, one.persons) < ENOUGH
    total = None if one.total is None or few else two_figures(one.total)
    return Row(table, one.year, one.level, one.place, one.group, one.among, one.measure, persons, base, total)
