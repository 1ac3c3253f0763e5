"""Runs histories against a deployed database, compares every answer with the model's, and shrinks what disagrees."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime

import psycopg

from .adapter import Answer, Deployed, Mismatch, Probe, Question
from .model import Drawer, Moment, Row
from .steps import FAMILIES, HOLDERS, STAFF, Step, Town

STEPS_A_WORLD = 150
ASKED_A_STEP = 3


@dataclass
class Tally:
    """What a run has done."""

    steps: int = 0
    decisions: int = 0
    readable: int = 0
    writes: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)

    def count(self, step: Step) -> None:
        self.steps += 1
        self.by_kind[step.name] = self.by_kind.get(step.name, 0) + 1

    def __str__(self) -> str:
        return f"{self.steps:,} steps, {self.decisions:,} row decisions ({self.readable:,} yes), {self.writes:,} writes tried"


def run(deployed: Deployed, seed: str, steps: int) -> Tally:
    """World after world until so many steps are done. Raises `Mismatch`, with a short history, at the first disagreement."""
    tally = Tally()
    number = 0
    while tally.steps < steps:
        _run_world(deployed, f"{seed}/{number}", number, min(STEPS_A_WORLD, steps - tally.steps), tally)
        number += 1
    return tally


def _run_world(deployed: Deployed, seed: str, number: int, steps: int, tally: Tally) -> None:
    town, rng = Town(seed), random.Random(f"questions {seed}")
    history, tried = [town.first()], None
    try:
        deployed.begin(number, history[0])
        for _ in range(steps):
            step = town.next()
            history.append(step)
            tally.count(step)
            deployed.write(step)
            asked, tried = questions(rng), probe(rng, deployed)
            check(deployed, step.at, asked, tried, tally)
    except Mismatch as problem:
        raise Mismatch(report(deployed, seed, number, history, tried, problem)) from None


def questions(rng: random.Random) -> list[Question]:
    """A few holders. A professional opens something first and now and then forgets; a person need not."""
    return [Question(holder, rng.choice(opens(holder))) for holder in rng.sample(HOLDERS, ASKED_A_STEP)]


def opens(holder: str) -> tuple[str, ...]:
    if holder in STAFF:
        return ("list", "list", "list", "F", "F", "F", "G", "")
    return ("", "", "", "F" if holder in FAMILIES["F"] else "G")


def probe(rng: random.Random, deployed: Deployed) -> Probe | None:
    """In some worlds somebody also tries to write."""
    return Probe(rng.choice(HOLDERS), rng.choice(deployed.world.all(Row))) if deployed.probes else None


def check(deployed: Deployed, at: datetime, asked: list[Question], tried: Probe | None, tally: Tally) -> None:
    answers, writes = deployed.ask(at, asked, tried)
    moment = Moment(deployed.world, at)
    for question, answer in zip(asked, answers, strict=True):
        expected = deployed.expected(moment, question)
        tally.decisions += deployed.rows()
        tally.readable += len(expected)
        if answer != expected:
            raise Mismatch(explain(deployed, question, answer, expected))
    if tried is not None:
        drawer = deployed.world.get(Drawer, tried.row.drawer)
        should = moment.may_add(tried.holder, drawer), moment.may_edit(tried.holder, drawer)
        tally.writes += 2
        if writes != should:
            raise Mismatch(f"{tried.holder} (adds, edits) in {drawer}: the database says {writes}, the model {should}")


def explain(deployed: Deployed, question: Question, answer: set[Answer], expected: set[Answer]) -> str:
    drawer_of = {row: deployed.world.get(Drawer, drawer) for drawer, rows in deployed.filed.items() for row in rows}

    def told(rows: set[Answer]) -> str:
        return "\n".join(f"    {table} in {drawer_of.get((table, row), row)}" for table, row in sorted(rows))

    return (
        f"{question.holder} (opened {question.opened!r})\n"
        f"  leaks, the database says yes and the model no:\n{told(answer - expected)}\n"
        f"  wrong denials, the model says yes and the database no:\n{told(expected - answer)}"
    )


# --- shrinking --------------------------------------------------------------------------------------------------------
EVERYBODY = [Question(holder, "list" if holder in STAFF else "") for holder in HOLDERS]


@dataclass
class Replay:
    """A history that fails, played again with everybody asking at the end."""

    deployed: Deployed
    number: int
    probe: Probe | None

    def fails(self, history: list[Step]) -> str | None:
        """The disagreement, if there is one still. A history the database refuses does not count."""
        try:
            self.deployed.begin(self.number, history[0])
            for step in history[1:]:
                self.deployed.write(step)
            check(self.deployed, history[-1].at, EVERYBODY, self.probe, Tally())
        except Mismatch as problem:
            return str(problem)
        except (psycopg.Error, KeyError):
            return None
        return None

    def shrink(self, history: list[Step]) -> list[Step]:
        """Drop steps while it still fails: halves first, then one by one. The first stays, and the last moment."""
        history = [*history, Step("asked", history[-1].at)]
        size = len(history) // 2
        while size:
            at = 1
            while at < len(history) - 1:
                shorter = history[:at] + history[min(at + size, len(history) - 1) :]
                if self.fails(shorter):
                    history = shorter
                else:
                    at += size
            size //= 2
        return history


def report(
    deployed: Deployed, seed: str, number: int, history: list[Step], tried: Probe | None, problem: Mismatch
) -> str:
    replay = Replay(deployed, number, tried)
    if replay.fails(history) is None:
        return f"seed {seed!r}, step {len(history) - 1}, not seen again in a replay:\n{problem}\n{tell(history[-5:])}"
    short = replay.shrink(history)
    return f"seed {seed!r}, {len(history) - 1} steps, shrunk to {len(short) - 2}:\n{replay.fails(short)}\n{tell(short)}"


def tell(history: list[Step]) -> str:
    return "\n".join(f"{step.at:%Y-%m-%d %H:%M:%S.%f} {step.name}: {', '.join(map(str, step.facts))}" for step in history[1:] or history)
