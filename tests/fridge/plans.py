"""Fridge plans to draw: the mother with eight meeting places, a small family, and one who writes without end."""

from dataclasses import replace
from datetime import date, time

from familieplan.plan.fridge.gather import fridge_plan
from familieplan.plan.fridge.values import (
    HOPE,
    NAME,
    SLOT,
    STEP,
    TITLE,
    Call,
    Days,
    FridgePlan,
    Hope,
    Slot,
    Task,
    Work,
    few_words,
)
from tests.ui import sample

MOTHER = fridge_plan(sample.PAGE)
SMALL = replace(
    MOTHER, hopes=MOTHER.hopes[:1], works=MOTHER.works[:1], tasks=MOTHER.tasks[:2], week=(), calls=MOTHER.calls[:1]
)


def endless() -> FridgePlan:
    """Thirty of everything, each as long as its place allows, with words no line can hold."""
    word, wide = "x" * 10_000, "W " * 5_000
    slots = tuple(
        Slot(time(9, 30), time(10, 15), few_words(word, SLOT), few_words(word, NAME), "lige uger") for _ in range(9)
    )
    return FridgePlan(
        today=date(2026, 9, 23),
        names=few_words(word, 3 * NAME),
        hopes=(Hope(few_words(wide, HOPE), few_words(word, NAME)),) * 30,
        works=(Work(few_words(word, TITLE), few_words(wide, STEP)),) * 30,
        tasks=(Task(few_words(word, NAME), few_words(wide, STEP), date(2026, 9, 23)),) * 30,
        week=tuple(Days((day,), slots) for day in range(7)),
        calls=(Call(few_words(word, 2 * NAME), few_words(word, NAME), "12345678901234567890"),) * 9,
    )
