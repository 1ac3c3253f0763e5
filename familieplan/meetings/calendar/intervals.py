"""Stretches of time in UTC."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Interval(NamedTuple):
    """From and with ``starts``, up to and without ``ends``; both aware."""

    starts: datetime
    ends: datetime


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, with nothing overlapping and nothing touching. Empty ones fall away."""
    found: list[Interval] = []
    for one in sorted(intervals):
        if one.starts >= one.ends:
            continue
        if found and one.starts <= found[-1].ends:
            found[-1] = Interval(found[-1].starts, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return tuple(found)


def within(intervals: Iterable[Interval], since: datetime, until: datetime) -> list[Interval]:
    """What of them lies in the window, cut off at its ends."""
    return [
        Interval(max(one.starts, since), min(one.ends, until))
        for one in intervals
        if one.starts < until and since < one.ends
    ]
