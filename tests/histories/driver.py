"""Runs histories against a deployed database, compares every answer with the model's, and shrinks what disagrees."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import psycopg

from .adapter import FALSE_TOKENS, Answer, Deployed, Mismatch, Probe, Question
from .model import Drawer, Moment, Row
from .steps import FAMILIES, HOLDERS, STAFF, Step, Town

STEPS_A_WORLD = 150
ASKED_A_STEP = 3

Readable = dict[str, set[str]]


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
        decided = f"{self.decisions:,} row decisions ({self.readable:,} yes)"
        return f"{self.steps:,} steps, {decided}, {self.writes:,} writes tried"


def run(deployed: Deployed, seed: str, steps: int) -> Tally:
    """World after world until so many steps are done. Raises `Mismatch`, with a short history, if they disagree."""
    tally = Tally()
    for world in worlds(deployed, seed):
        try:
            for _ in world.steps(min(STEPS_A_WORLD, steps - tally.steps), tally):
                pass
        except Mismatch as problem:
            raise Mismatch(world.report(problem)) from None
        if tally.steps >= steps:
            break
    return tally


def steps_until_caught(deployed: Deployed, seed: str, most: int) -> int | None:
    """How many steps it takes to notice that the deployed rules are wrong; None when they seem right all the way."""
    tally = Tally()
    for world in worlds(deployed, seed):
        try:
            for _ in world.steps(STEPS_A_WORLD, tally):
                pass
        except Mismatch:
            return tally.steps
        if tally.steps >= most:
            return None
    return None


def worlds(deployed: Deployed, seed: str) -> Iterator[Played]:
    return (Played(deployed, f"{seed}/{number}", number) for number in count())


class Played:
    """One world, played step by step and asked after each."""

    def __init__(self, deployed: Deployed, seed: str, number: int) -> None:
        self.deployed, self.seed, self.number = deployed, seed, number
        self.town, self.rng = Town(seed), random.Random(f"questions {seed}")
        self.history = [self.town.first()]
        self.tried: Probe | None = None
        self.readable: Readable = {}

    def steps(self, most: int, tally: Tally) -> Iterator[Step]:
        self.deployed.begin(self.number, self.history[0])
        for _ in range(most):
            step = self.town.next()
            self.history.append(step)
            tally.count(step)
            self.deployed.write(step)
            moment = Moment(self.deployed.world, step.at)
            before, self.readable = self.readable, everything(moment)
            changed = [holder for holder in HOLDERS if self.readable[holder] != before.get(holder)]
            self.tried = probe(self.rng, self.deployed)
            check(self.deployed, moment, questions(self.rng, changed), self.tried, self.readable, tally)
            yield step

    def report(self, problem: Mismatch) -> str:
        """The problem again, with as short a history as still shows it."""
        replay = Replay(self.deployed, self.number, self.tried)
        steps = len(self.history) - 1
        if replay.fails(self.history) is None:
            return (
                f"seed {self.seed!r}, step {steps}, not seen again in a replay:\n{problem}\n{tell(self.history[-5:])}"
            )
        short = replay.shrink(self.history)
        return f"seed {self.seed!r}, {steps} steps, shrunk to {len(short) - 2}:\n{replay.fails(short)}\n{tell(short)}"


def everything(moment: Moment) -> Readable:
    """Which drawers each holder may read, says the model."""
    drawers = moment.world.all(Drawer)
    return {holder: {d.id for d in drawers if moment.may_read(holder, d)} for holder in HOLDERS}


def questions(rng: random.Random, changed: list[str]) -> list[Question]:
    """Those for whom something has changed, and somebody else; some of them, when they are many.

    A professional opens something first and now and then forgets; a person need not.
    """
    holders = {*rng.sample(changed, min(len(changed), ASKED_A_STEP)), rng.choice(HOLDERS)}
    asked = [Question(holder, rng.choice(opens(holder))) for holder in sorted(holders)]
    if rng.random() < 0.03:
        asked.append(Question(rng.choice(HOLDERS), rng.choice(FALSE_TOKENS)))
    return asked


def opens(holder: str) -> tuple[str, ...]:
    if holder in STAFF:
        return ("list", "list", "list", "F", "F", "F", "G", "")
    return ("", "", "", "F" if holder in FAMILIES["F"] else "G")


def probe(rng: random.Random, deployed: Deployed) -> Probe | None:
    """In some worlds somebody also tries to write."""
    return Probe(rng.choice(HOLDERS), rng.choice(deployed.world.all(Row))) if deployed.probes else None


def check(
    deployed: Deployed, moment: Moment, asked: list[Question], tried: Probe | None, readable: Readable, tally: Tally
) -> None:
    answers, writes = deployed.ask(moment.at, asked, tried)
    for question, answer in zip(asked, answers, strict=True):
        expected = deployed.expected(question, readable[question.holder])
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
            moment = Moment(self.deployed.world, history[-1].at)
            check(self.deployed, moment, EVERYBODY, self.probe, everything(moment), Tally())
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


def tell(history: list[Step]) -> str:
    return "\n".join(
        f"{step.at:%Y-%m-%d %H:%M:%S.%f} {step.name}: {', '.join(map(str, step.facts))}"
        for step in history[1:] or history
    )
