"""What follows from what is said, worked out without asking anybody. Pure: today is passed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from familieplan.plan.enums import Weeks


@dataclass(frozen=True, slots=True)
class Occupied:
    """One person is somewhere, at a time of the ordinary week."""

    id: str
    person: str
    weekday: int
    weeks: str
    starts: time
    ends: time


def clashes(times: Iterable[Occupied]) -> frozenset[str]:
    """The times at which somebody should be in two places at once. Times that only touch do not clash."""
    by_day: dict[tuple[str, int], list[Occupied]] = defaultdict(list)
    for one in times:
        by_day[one.person, one.weekday].append(one)
    return frozenset(
        some.id for day in by_day.values() for pair in combinations(day, 2) if _both_at_once(*pair) for some in pair
    )


def _both_at_once(one: Occupied, other: Occupied) -> bool:
    share_a_week = one.weeks == other.weeks or Weeks.EVERY in (one.weeks, other.weeks)
    return share_a_week and one.starts < other.ends and other.starts < one.ends


def age(birth: date, today: date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
