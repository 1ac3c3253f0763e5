"""The two questions all ways answer, and their answers in one form, so that they can be held against each other.

An answer is a mapping of question, level, place, among and measure to (persons, base), as the analysis has them.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Rows = Iterable[tuple[Any, ...]]
Answer = dict[str, tuple[int, int]]
FACTORS = ["not_nuclear", "convicted", "benefits", "no_education", "housing"]
MEASURES = ["special_risk", *FACTORS, *(f"factors_{number}" for number in range(6))]


def sql(question: str, year: int) -> str:
    """The statement by hand: the same for DuckDB and for PostgreSQL."""
    blanks = {"year": year, "youngest": year - 17, "young": year - 23, "grown": year - 17}
    return (HERE / f"{question}.sql").read_text(encoding="utf-8").format(**blanks)


def answer(risk: Rows, target: Rows) -> Answer:
    """Of the rows that both statements (and pandas) give."""
    return _of_risk(risk) | _of_target(target)


def key(question: str, level: str, place: str, among: str, measure: str) -> str:
    return f"{question} {level} {place} {among} {measure}"


def _of_risk(rows: Rows) -> Answer:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for municipality, area, vulnerable, origin, children, with_mother, *counts in rows:
        places = [("nation", ""), ("municipality", str(municipality))]
        places += [("vulnerable_areas", "")] if vulnerable else []
        places += [("housing_area", str(area))] if area is not None else []
        for level, place in places:
            for among in ("all", *([str(origin)] if origin is not None else [])):
                for measure, count in zip(MEASURES, counts, strict=True):
                    if measure in FACTORS and among != "all":
                        continue  # the single factors are told of everybody only
                    _add(found[key("risk", level, place, among, measure)], count, with_mother)
                _add(found[key("risk", level, place, among, "without_mother")], children - with_mother, children)
    return {name: (persons, base) for name, (persons, base) in found.items()}


def _of_target(rows: Rows) -> Answer:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for who, municipality, inside, vulnerable in rows:
        for level, place in (("nation", ""), ("municipality", str(municipality))):
            _add(found[key("target", level, place, str(who), "in_target")], inside, vulnerable)
    return {name: (persons, base) for name, (persons, base) in found.items()}


def _add(sum_of: list[int], persons: int, base: int) -> None:
    sum_of[0] += int(persons)
    sum_of[1] += int(base)
