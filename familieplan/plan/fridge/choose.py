"""What hangs there, and in which words: what anybody may read who visits, unless the reader has chosen otherwise. Pure.

Health, addiction, minds, violence, crime and money do not hang in a kitchen by themselves, and what the municipality
gives is called an appointment: when, and for whom. The reader may show the whole text, or leave a line out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from familieplan.access.enums import Kind
from familieplan.plan.fridge.values import STEP, few_words
from familieplan.plan.page import FamilyPage, WeekSlot

Line = TypeVar("Line")
PRIVATE = frozenset({Kind.HEALTH, Kind.MENTAL_HEALTH, Kind.SUBSTANCE_USE, Kind.VIOLENCE, Kind.CRIME, Kind.ECONOMY})


class Way(StrEnum):
    """How a line hangs there."""

    WHOLE = "whole"
    NEUTRAL = "neutral"  # as "Appointment": when and who
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that could hang there; `id` is that of the row it comes from."""

    id: UUID
    text: str
    way: Way
    ways: tuple[Way, ...]
    usual: Way


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kind of information each drawer is, and each time of the week that is nobody's offer."""

    of_drawer: Mapping[int, str]
    of_time: Mapping[UUID, str]

    def is_private(self, drawer: int) -> bool:
        return self.of_drawer.get(drawer) in PRIVATE


def choices(page: FamilyPage, kinds: Kinds, chosen: Mapping[UUID, Way]) -> dict[str, list[Choice]]:
    """Every line that could hang there, by heading."""

    def lines(ways: tuple[Way, ...], of: Iterable[tuple[UUID, str, Way]]) -> list[Choice]:
        found = {id: (text, usual) for id, text, usual in of}
        return [
            Choice(id, few_words(text, STEP), _among(ways, chosen.get(id, usual)), ways, usual)
            for id, (text, usual) in found.items()
        ]

    given = {one.id for department in page.departments for one in department.interventions}
    shown, all_ways = (Way.WHOLE, Way.OUT), tuple(Way)

    def of_topic(drawer: int) -> Way:
        return Way.OUT if kinds.is_private(drawer) else Way.WHOLE

    def of_slot(slot: WeekSlot) -> Way:
        private = slot.intervention in given or kinds.of_time.get(slot.intervention) in PRIVATE
        return Way.NEUTRAL if private else Way.WHOLE

    hopes = [one for one in page.hopes if not (one.is_private or one.department)]
    found = {
        _("Our hopes"): lines(shown, ((one.id, one.text, of_topic(one.drawer)) for one in hopes)),
        _("What we work on now"): lines(
            shown, ((one.id, one.title, of_topic(one.drawer)) for one in page.topics if not one.is_settled)
        ),
        _("Who does what"): lines(
            all_ways,
            (
                (one.id, f"{one.who}: {one.text}", Way.NEUTRAL if kinds.is_private(one.drawer) else Way.WHOLE)
                for one in page.agreements
                if not one.done_on
            ),
        ),
        _("Our week"): lines(all_ways, ((slot.intervention, _slot(slot), of_slot(slot)) for slot in page.week)),
        _("Whom we call"): lines(shown, ((one.id, one.name, Way.WHOLE) for one in page.network if one.phone)),
    }
    return {heading: some for heading, some in found.items() if some}


def _among(ways: tuple[Way, ...], way: Way) -> Way:
    return way if way in ways else Way.OUT


def _slot(slot: WeekSlot) -> str:
    return ", ".join(person.name for person in slot.who) + f": {slot.title}" if slot.who else slot.title


def hung(page: FamilyPage, offered: Mapping[str, Iterable[Choice]]) -> FamilyPage:
    """The page as it hangs there. A time of the week goes by what it is a time of."""
    ways = {one.id: one.way for lines in offered.values() for one in lines}
    out = {id for id, way in ways.items() if way is Way.OUT}
    neutral = {id for id, way in ways.items() if way is Way.NEUTRAL}
    return replace(
        page,
        hopes=_kept(page.hopes, out),
        topics=_kept(page.topics, out),
        agreements=tuple(
            replace(one, text=_("Appointment"), topic="") if one.id in neutral else one
            for one in _kept(page.agreements, out)
        ),
        network=_kept(page.network, out),
        week=tuple(
            replace(slot, title=_("Appointment")) if slot.intervention in neutral else slot
            for slot in page.week
            if slot.intervention not in out
        ),
    )


def _kept(lines: tuple[Line, ...], left_out: Collection[UUID]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.id not in left_out)  # type: ignore[attr-defined]
