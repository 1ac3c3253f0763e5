"""Which of the proposed times suits best: answers in, an order out. Pure; whose they are, is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from familieplan.meetings.enums import Says


@dataclass(frozen=True, slots=True)
class Answered:
    """One at the table. ``says``: to each of the times, in their order (empty: they do not know); none: not yet.

    ``by``: who wrote it down.
    """

    name: str
    is_family: bool
    says: tuple[str, ...] = ()
    words: str = ""
    by: str = ""

    @property
    def waits(self) -> bool:
        return not self.says


@dataclass(frozen=True, slots=True)
class Time:
    """A proposed time, and who says what to it. ``collides``: what is known to stand against it, in words."""

    starts_at: datetime
    can: tuple[str, ...]
    if_need_be: tuple[str, ...]
    cannot: tuple[str, ...]
    unsure: tuple[str, ...]
    family_cannot: int
    family_if_need_be: int
    has_passed: bool
    collides: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, int, int, int, int, int, datetime]:
        """The family weighs first: a time it cannot is worse than any number of colleagues who cannot. Where the
        answers say nothing, what is known does."""
        return (
            self.has_passed,
            self.family_cannot,
            self.family_if_need_be,
            len(self.cannot),
            len(self.if_need_be),
            len(self.collides),
            self.starts_at,
        )

    @property
    def suits_all(self) -> bool:
        return not (self.has_passed or self.cannot or self.if_need_be or self.unsure)


def weigh(
    times: Sequence[datetime], answers: Sequence[Answered], now: datetime, collides: Sequence[Sequence[str]] = ()
) -> list[Time]:
    """The best first; what has passed last. Who has not answered counts neither for nor against."""
    return sorted(
        (_time(number, at, answers, now, collides[number] if collides else ()) for number, at in enumerate(times)),
        key=lambda one: one.rank,
    )


def _time(number: int, at: datetime, answers: Sequence[Answered], now: datetime, collides: Sequence[str]) -> Time:
    def who(says: Says | str) -> list[Answered]:
        return [one for one in answers if not one.waits and one.says[number] == says]

    can, if_need_be, cannot = who(Says.CAN), who(Says.IF_NEED_BE), who(Says.CANNOT)
    return Time(
        starts_at=at,
        can=tuple(one.name for one in can),
        if_need_be=tuple(one.name for one in if_need_be),
        cannot=tuple(one.name for one in cannot),
        unsure=() if at <= now else tuple(one.name for one in who("")),
        family_cannot=sum(one.is_family for one in cannot),
        family_if_need_be=sum(one.is_family for one in if_need_be),
        has_passed=at <= now,
        collides=tuple(collides),
    )
