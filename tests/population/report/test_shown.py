"""Which rows are there at all: that a line is there, or is not, tells nobody where somebody is."""

from collections.abc import Mapping

import pytest

from familieplan.population.report.findings import Row
from familieplan.population.report.fives import Fives
from familieplan.population.report.shown import shown, whole_of
from familieplan.population.results import Count, Table

FIVES = Fives(b"nobody's secret")
ALL_OF_IT = {str(number): 5_000 for number in range(98)}


def size(place: str, children: int, vulnerable: int = 20, level: str = "municipality") -> Count:
    return Count(2022, "x", level, place, "children", "all", "vulnerable", vulnerable, children)


def country(sizes: Mapping[str, int], *more: Count) -> list[Table]:
    nation = size("", sum(sizes.values()), level="nation")
    return [Table("target", (nation, *(size(place, children) for place, children in sizes.items()), *more))]


def rows(tables: list[Table], towns: Mapping[str, str] | None = None) -> list[Row]:
    return shown(tables, FIVES, towns or {})


def lines(tables: list[Table]) -> set[tuple[object, ...]]:
    return {row[:7] for row in rows(tables)}


def test_the_lines_do_not_depend_on_who_is_there() -> None:
    def tables(somebody: bool) -> list[Table]:
        means = Count(2022, "x", "municipality", "0", "children", "other", "notifications", 1, 2, 3.0)
        nation = means._replace(level="nation", place="")
        return [*country(ALL_OF_IT), Table("means", (nation, means) if somebody else (nation,))]

    assert lines(tables(somebody=True)) == lines(tables(somebody=False))
    there = {row.place for row in rows(tables(somebody=False)) if row.table == "means"}
    assert there == {"", *ALL_OF_IT}


def test_a_place_with_few_children_is_not_told_of_and_the_next_larger_one_is() -> None:
    found = {row.place for row in rows(country(ALL_OF_IT | {"0": 49, "1": 50}))}
    assert "0" not in found
    assert "1" in found


@pytest.mark.parametrize(
    ("sizes", "whole"),
    [
        (ALL_OF_IT, "nation"),
        (dict(list(ALL_OF_IT.items())[1:]), "several"),
        ({"860": 4_000, "101": 4_000}, "several"),
        ({"860": 4_000} | {str(number): 20 for number in range(98)}, "860"),  # parents live elsewhere
    ],
)
def test_of_whom_the_extracts_are(sizes: Mapping[str, int], whole: str) -> None:
    assert whole_of(country(sizes)) == whole


def test_it_is_denmark_also_where_a_municipality_has_nobody_in_a_vulnerable_position() -> None:
    assert whole_of(country(dict(list(ALL_OF_IT.items())[1:]), size("0", 5_000, vulnerable=0))) == "nation"


def test_of_one_municipalitys_own_extracts_nothing_is_told_of_those_who_live_elsewhere() -> None:
    areas = [size(area, 300, level="housing_area") for area in ("A1", "B1")]
    tables = country({"860": 4_000, "101": 700, "147": 30}, *areas)
    found = {(row.level, row.place) for row in rows(tables, {"A1": "860", "B1": "101"})}
    assert found == {("municipality", "860"), ("housing_area", "A1")}
