"""Figures 2 to 5 of the same publication: who is with whom among those in the target group."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from tests.population.naive.target import Target, home_on, target, vulnerable_children
from tests.population.naive.time import Tables, covers, grouped, last_day, overlaps


@dataclass
class Constellations:
    both_parents: dict[Any, bool]  # figure 2, of every child in the target group
    children_of: dict[Any, int]  # figure 3: how many children in a vulnerable position an adult of it is parent of
    with_child: dict[Any, bool]  # figure 4, of its children who are neither placed nor on their own
    with_adult: dict[Any, bool]  # figure 5


def constellations(tables: Tables, year: int, at_least: int = 1) -> Constellations:
    group = target(tables, year, at_least)
    parents = Counter(child for child, _ in group.links)
    children = Counter(adult for _, adult in group.links)
    at_home = lives_with(tables, year, group.children)
    small, grown = vulnerable_children(tables, year), vulnerable_adults(group)
    parents_of = parents_on(tables, year)
    return Constellations(
        both_parents={child: parents[child] >= 2 for child in group.children},
        children_of=dict(children),
        with_child={
            child: any(
                other in small and other not in parents_of[child] and child not in parents_of[other] for other in others
            )
            for child, others in at_home.items()
        },
        with_adult={child: bool(grown & elders(child, others, parents_of)) for child, others in at_home.items()},
    )


def elders(child: Any, others: set[Any], parents_of: dict[Any, set[Any]]) -> set[Any]:
    """The child's parents in its household and, if there is one, their partners: who is nobody's child there (grown
    siblings are) and no grandparent of the child."""
    parents = others & parents_of[child]
    if not parents:
        return set()
    household = others | {child}
    grandparents = {grandparent for parent in parents for grandparent in parents_of[parent]}
    steps = {who for who in others if not parents_of[who] & household and who not in grandparents}
    return parents | steps


def parents_on(tables: Tables, year: int) -> dict[Any, set[Any]]:
    """Of everybody: the parents by law on 31 December."""
    found: dict[Any, set[Any]] = defaultdict(set)
    for row in tables["parents"]:
        if covers(row, last_day(year)):
            found[row["child_id"]].add(row["parent_id"])
    return found


def vulnerable_adults(group: Target) -> set[Any]:
    return group.adults | group.other_adults


def lives_with(tables: Tables, year: int, children: set[Any]) -> dict[Any, set[Any]]:
    """Child → the others of its household on 31 December; without those placed in the year and those who live alone."""
    homes = home_on(tables, year)
    households = grouped(
        ({"household_id": row["household_id"], "who": who} for who, row in homes.items()), "household_id"
    )
    placed = {row["person_id"] for row in tables["placements"] if overlaps(row, year)}
    found = {}
    for child in children - placed:
        if child in homes:
            others = {row["who"] for row in households[homes[child]["household_id"]]} - {child}
            if others:
                found[child] = others
    return found
