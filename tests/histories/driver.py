"""Runs histories against a deployed database, compares every answer with the model's, and shrinks what disagrees."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import psycopg

from .adapter import FALSE_TOKENS, Answer, Deployed, Mismatch, Probe, Question
from .model import Drawer, Moment, Row
from .steps import FAMILIES, HOLDERS, STAFF, Step, Town

STEPS_A_WORLD = 150
ASKED_A_STEP = 3

Readable = dict[str, set[str]]


@dataclass(frozen=True)
class Waiting:
    """A question, what the model answers, and how long the history was."""

    step: int
    question: Question
    expected: set[Answer]


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
            world.play(min(STEPS_A_WORLD, steps - tally.steps), tally)
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
            world.play(STEPS_A_WORLD, tally)
        except Mismatch:
            return tally.steps
        if tally.steps >= most:
            return None
    return None


def worlds(deployed: Deployed, seed: str) -> Iterator[Played]:
    return (Played(deployed, f"{seed}/{number}", number) for number in count())


class Played:
    """One world, played step by step and asked after each. Questions wait until something is written next."""

    def __init__(self, deployed: Deployed, seed: str, number: int) -> None:
        self.deployed, self.seed, self.number = deployed, seed, number
        self.town, self.rng = Town(seed), random.Random(f"questions {seed}")
        self.history = [self.town.first()]
        self.waiting: list[Waiting] = []
        self.readable: Readable = {}
        self.tried: Probe | None = None

    def play(self, steps: int, tally: Tally) -> None:
        self.deployed.begin(self.number, self.history[0])
        for _ in range(steps):
            step = self.town.next()
            if step.facts:
                self.ask(tally)
            self.history.append(step)
            tally.count(step)
            self.deployed.write(step)
            moment = Moment(self.deployed.world, step.at)
            before, self.readable = self.readable, everything(moment)
            changed = [holder for holder in HOLDERS if self.readable[holder] != before.get(holder)]
            for question in questions(self.rng, step.at, changed):
                self.wait(question, tally)
        self.ask(tally)

    def wait(self, question: Question, tally: Tally) -> None:
        """What a professional has opened stays open in the transaction: nobody of them is asked twice in one."""
        if question.holder in STAFF and any(question.holder == other.question.holder for other in self.waiting):
            self.ask(tally)
        expected = self.deployed.expected(question, self.readable[question.holder])
        self.waiting.append(Waiting(len(self.history), question, expected))

    def ask(self, tally: Tally) -> None:
        if self.waiting:
            self.tried = probe(self.rng, self.deployed, self.readable)
            waiting, self.waiting = self.waiting, []
            check(self.deployed, waiting, self.tried, tally)

    def report(self, problem: Mismatch) -> str:
        """The problem again, with as short a history as still shows it."""
        replay, history = Replay(self.deployed, self.number, self.tried), self.history[: problem.step]
        steps = len(history) - 1
        if replay.fails(history) is None:
            return f"seed {self.seed!r}, step {steps}, not seen again in a replay:\n{problem}\n{tell(history[-5:])}"
        short = replay.shrink(history)
        return f"seed {self.seed!r}, {steps} steps, shrunk to {len(short) - 2}:\n{replay.fails(short)}\n{tell(short)}"


def everything(moment: Moment) -> Readable:
    """Which drawers each holder may read, says the model."""
    drawers = moment.world.all(Drawer)
    return {holder: {d.id for d in drawers if moment.may_read(holder, d)} for holder in HOLDERS}


def questions(rng: random.Random, at: datetime, changed: list[str]) -> list[Question]:
    """Those for whom something has changed, and somebody else; some of them, when they are many.

    A professional opens something first and now and then forgets; a person need not.
    """
    holders = {*rng.sample(changed, min(len(changed), ASKED_A_STEP)), rng.choice(HOLDERS)}
    asked = [Question(at, holder, rng.choice(opens(holder))) for holder in sorted(holders)]
    if rng.random() < 0.03:
        asked.append(Question(at, rng.choice(HOLDERS), rng.choice(FALSE_TOKENS)))
    return asked


def opens(holder: str) -> tuple[str, ...]:
    if holder in STAFF:
        return ("list", "list", "list", "F", "F", "F", "G", "")
    return ("", "", "", "F" if holder in FAMILIES["F"] else "G")


def probe(rng: random.Random, deployed: Deployed, readable: Readable) -> Probe | None:
    """In some worlds somebody also tries to write; most often a professional, and where they may read."""
    if not deployed.probes:
        return None
    holder = rng.choice(HOLDERS if rng.random() < 0.5 else STAFF)
    rows = deployed.world.all(Row)
    near = [row for row in rows if row.drawer in readable[holder]]
    return Probe(holder, rng.choice(near if near and rng.random() < 0.8 else rows))


def check(deployed: Deployed, waiting: list[Waiting], tried: Probe | None, tally: Tally) -> None:
    """Ask, and compare with what is expected."""
    answers, writes = deployed.ask([one.question for one in waiting], tried)
    for one, answer in zip(waiting, answers, strict=True):
        tally.decisions += deployed.rows()
        tally.readable += len(one.expected)
        if answer != one.expected:
            raise Mismatch(explain(deployed, one.question, answer, one.expected), one.step)
    if tried is not None:
        moment, drawer = Moment(deployed.world, waiting[-1].question.at), deployed.world.get(Drawer, tried.row.drawer)
        should = moment.may_add(tried.holder, drawer), moment.may_edit(tried.holder, drawer)
        tally.writes += 2
        if writes != should:
            told = f"{tried.holder} (adds, edits) in {drawer}: the database says {writes}, the model {should}"
            raise Mismatch(told, waiting[-1].step)


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
            check(self.deployed, self.everybody(history[-1].at), self.probe, Tally())
        except Mismatch as problem:
            return str(problem)
        except (psycopg.Error, KeyError):
            return None
        return None

    def everybody(self, at: datetime) -> list[Waiting]:
        readable = everything(Moment(self.deployed.world, at))
        asked = [Question(at, holder, "list" if holder in STAFF else "") for holder in HOLDERS]
        return [Waiting(0, one, self.deployed.expected(one, readable[one.holder])) for one in asked]

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
