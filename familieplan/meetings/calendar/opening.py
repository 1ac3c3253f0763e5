"""When meetings may be held and how times are judged: ``meetings/data/meeting_times.toml``, read and checked."""

from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from familieplan.access.reference import read_toml

RULES = ("family_week", "can_come", "early", "children_minded")


@dataclass(frozen=True, slots=True)
class Opening:
    """``hours`` by weekday from 1; ``rules`` in the order they count; ``early``: before this time of the day."""

    hours: dict[int, tuple[time, time]]
    shortest: int
    longest: int
    step: int
    travel: int
    notice_days: int
    weeks: int
    proposals: int
    rules: tuple[str, ...]
    early: time
    school: tuple[time, time] = (time(8), time(14))
    school_ages: tuple[int, int] = (6, 17)
    early_minutes: int = 60  # of an early meeting, before there is a case …
    early_board: str = "halsnaes"  # … and the board it is held at


@cache
def opening() -> Opening:
    """The municipality's."""
    return read(read_toml(str(Path(__file__).parent), "meeting_times.toml"))


def read(data: dict[str, Any]) -> Opening:
    """ValueError with what is wrong: the file is written by people."""
    rules = {row["key"]: row for row in data["rule"]}
    if sorted(rules) != sorted(RULES):
        raise ValueError(f"meeting_times.toml: the rules are {', '.join(RULES)}, each once, in any order")
    minutes, window = data["minutes"], data["window"]
    hours = {int(day): _hours(day, *given) for day, given in data["hours"].items() if day != "source"}
    if not 0 < minutes["step"] <= minutes["shortest"] <= minutes["longest"]:
        raise ValueError("meeting_times.toml: step, shortest and longest grow in this order")
    return Opening(
        hours=hours,
        shortest=minutes["shortest"],
        longest=minutes["longest"],
        step=minutes["step"],
        travel=data["travel"]["minutes"],
        notice_days=window["notice_days"],
        weeks=window["weeks"],
        proposals=window["proposals"],
        rules=tuple(rules),
        early=time.fromisoformat(rules["early"]["before"]),
        school=_hours("1", data["school"]["from"], data["school"]["until"]),
        school_ages=(data["school"]["first_age"], data["school"]["last_age"]),
        early_minutes=data["early_meeting"]["minutes"],
        early_board=data["early_meeting"]["board"],
    )


def _hours(day: str, opens: str, closes: str) -> tuple[time, time]:
    first, last = time.fromisoformat(opens), time.fromisoformat(closes)
    if first >= last or not 1 <= int(day) <= 7:
        raise ValueError(f"meeting_times.toml: the hours of day {day} are none")
    return first, last
