"""From the family page to what hangs on the fridge: the same values, in fewer words. Pure: asks nobody.

It hangs where visitors see it, so that private words and places are not on it, whoever prints it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from familieplan.plan.fridge.values import (
    HOPE,
    NAME,
    ROLE,
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
from familieplan.plan.page import AgreementView, ContactView, FamilyPage, StatementView, TopicCard, WayIn, WeekSlot


def fridge_plan(page: FamilyPage) -> FridgePlan:
    return FridgePlan(
        today=page.today,
        names=few_words(page.name, 3 * NAME),
        is_own=page.is_own,
        hopes=tuple(hope(said) for said in everybody_first(page.hopes)),
        works=tuple(work(topic) for topic in page.topics if not topic.is_settled),
        tasks=tuple(task(one) for one in page.agreements if not one.done_on),
        week=week(page.week),
        calls=tuple(chain(coordinator(page.coordinator), own_people(page.network))),
    )


def everybody_first(said: Iterable[StatementView]) -> Iterator[StatementView]:
    """One of each before anybody's second: what is left out at the end is nobody's only hope."""
    by_speaker: dict[str, list[StatementView]] = {}
    for one in said:
        if not one.is_private and not one.department:
            by_speaker.setdefault(one.speaker, []).append(one)
    rounds = zip_longest(*by_speaker.values())
    return (one for some in rounds for one in some if one is not None)


def hope(said: StatementView) -> Hope:
    return Hope(few_words(said.text, HOPE), few_words(said.speaker, NAME))


def work(topic: TopicCard) -> Work:
    """The next small step; where there are none, the nearest goal."""
    under_way = [goal for goal in topic.goals if not goal.reached_on]
    steps = [step.text for goal in under_way for step in goal.steps if step.is_next]
    goals = [goal.text for goal in under_way if not goal.is_long]
    return Work(few_words(topic.title, TITLE), few_words((steps or goals or [""])[0], STEP))


def task(agreement: AgreementView) -> Task:
    return Task(
        few_words(agreement.who, NAME), few_words(agreement.text, STEP), agreement.due, is_waiting=agreement.is_overdue
    )


def slot(one: WeekSlot) -> Slot:
    who = ", ".join(person.name for person in one.who)
    return Slot(
        one.start,
        one.end,
        few_words(one.title, SLOT),
        few_words(who, 2 * NAME),
        few_words(one.note[:1].lower() + one.note[1:], NAME),
        burns=one.clashes,
    )


def week(slots: Iterable[WeekSlot]) -> tuple[Days, ...]:
    """Day by day; what is the same on three days or more stands once, for all of them."""
    on: dict[Slot, list[int]] = {}
    for one in sorted(slots, key=lambda one: (one.weekday, one.start)):
        on.setdefault(slot(one), []).append(one.weekday)
    rows: dict[tuple[int, ...], list[Slot]] = {}
    for found, days in on.items():
        for row in [tuple(days)] if len(set(days)) == len(days) > 2 else [(day,) for day in days]:
            rows.setdefault(row, []).append(found)
    return tuple(
        Days(days, tuple(sorted(some, key=lambda slot: slot.starts)))
        for days, some in sorted(rows.items(), key=lambda row: (row[0][0], -len(row[0])))
    )


def coordinator(contact: WayIn | None) -> Iterator[Call]:
    if contact is not None:
        yield Call(few_words(contact.name, 2 * NAME), _("coordinator"), few_words(contact.phone, NAME))


def own_people(network: Iterable[ContactView]) -> Iterator[Call]:
    for one in network:
        if one.phone:
            # "my brother, sober for nine years": who it is may hang there, what there is to tell of them not
            who = one.role.split(",")[0]
            yield Call(few_words(one.name, 2 * NAME), few_words(who, ROLE), few_words(one.phone, NAME))
