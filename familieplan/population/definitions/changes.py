"""What a file of one's own says otherwise than the shipped one: limits, codes, facts, prices, name by name."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from familieplan.population.words import Words

NOTHING, FIRST = "–", 4


class Change(NamedTuple):
    what: str
    """Where it stands: groups.child.ages."""
    shipped: str
    here: str


def changes(shipped: Mapping[str, Any], here: Mapping[str, Any]) -> tuple[Change, ...]:
    """In the order of the shipped file, what is new at the end. Comments and spaces are no change."""
    was, now = dict(_said(shipped)), dict(_said(here))
    return tuple(
        Change(what, was.get(what, NOTHING), now.get(what, NOTHING))
        for what in dict.fromkeys([*was, *now])
        if was.get(what) != now.get(what)
    )


def told(changes: Sequence[Sequence[str]], say: Words) -> str:
    """The first of them, in one sentence."""
    first = "; ".join(f"{what}: {shipped} → {here}" for what, shipped, here in changes[:FIRST])
    if len(changes) > FIRST:
        first += " " + say("and {number} more", number=len(changes) - FIRST)
    return first + "." if first else say("Only remarks in the file were.")


def _said(node: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its place; entries of a list are called by their name, else numbered from 1."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _said(value, f"{at}.{key}" if at else key)
    elif isinstance(node, list) and any(isinstance(one, Mapping) for one in node):
        for number, one in enumerate(node, 1):
            name = one.get("name") or one.get("fact") or one.get("id") or number if isinstance(one, Mapping) else one
            yield from _said(one, f"{at}.{name}")
    else:
        yield at, json.dumps(node, ensure_ascii=False)
