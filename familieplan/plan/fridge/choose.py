"""What shall not hang there: chosen in the browser, kept in the address and nowhere else. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from familieplan.plan.fridge.values import STEP, few_words
from familieplan.plan.page import FamilyPage, WeekSlot

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that may be left out; `id` is that of the row it comes from."""

    id: UUID
    text: str
    is_left_out: bool


def ids(chosen: Iterable[str]) -> frozenset[UUID]:
    """What stands in the address; what is no id is passed over."""
    return frozenset(UUID(one) for one in chosen if _is_id(one))


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def without(page: FamilyPage, left_out: Collection[UUID]) -> FamilyPage:
    """The page without these lines. A time of the week goes by what it is a time of."""
    if not left_out:
        return page
    return replace(
        page,
        hopes=_kept(page.hopes, left_out),
        topics=_kept(page.topics, left_out),
        agreements=_kept(page.agreements, left_out),
        network=_kept(page.network, left_out),
        week=tuple(slot for slot in page.week if slot.intervention not in left_out),
    )


def _kept(lines: tuple[Line, ...], left_out: Collection[UUID]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.id not in left_out)  # type: ignore[attr-defined]


def choices(page: FamilyPage, left_out: Collection[UUID]) -> dict[str, list[Choice]]:
    """Every line that could hang there, by heading."""

    def lines(of: Iterable[tuple[UUID, str]]) -> list[Choice]:
        return [Choice(id, few_words(text, STEP), id in left_out) for id, text in dict(of).items()]

    found = {
        _("Our hopes"): lines((one.id, one.text) for one in page.hopes if not (one.is_private or one.department)),
        _("What we work on now"): lines((one.id, one.title) for one in page.topics if not one.is_settled),
        _("Who does what"): lines((one.id, f"{one.who} {one.text}") for one in page.agreements if not one.done_on),
        _("Our week"): lines((slot.intervention, _slot(slot)) for slot in page.week),
        _("Whom we call"): lines((one.id, one.name) for one in page.network if one.phone),
    }
    return {heading: some for heading, some in found.items() if some}


def _slot(slot: WeekSlot) -> str:
    return " ".join([*(person.name for person in slot.who[:3]), slot.title])
