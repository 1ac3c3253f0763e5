"""What is asked and answered when a time is to be found: plain values. Who may know what is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.week import WeekTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """``name`` as the sentence says it: "Sara", "skolen". ``busy`` is None when nobody knows their calendar.

    ``in_part``: of their times only some are known, such as the meetings they have here. ``by_week``: their ordinary
    week is known, and no calendar of theirs. ``pupil``: of school age.
    ``travel``: minutes to and from the meeting; None: the municipality's.
    """

    key: str
    name: str
    must_come: bool = False
    busy: tuple[Interval, ...] | None = None
    travel: int | None = None
    in_part: bool = False
    by_week: bool = False
    pupil: bool = False

    @property
    def is_known(self) -> bool:
        return self.busy is not None and not self.in_part

    @property
    def has_calendar(self) -> bool:
        return self.is_known and not self.by_week


@dataclass(frozen=True, slots=True)
class Child:
    """A small child who is brought and minded, and does not come to the meeting."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``week``: what the asker may know of the family's. ``first`` and ``last``: days; without them the next weeks."""

    participants: Sequence[Participant]
    today: date
    minutes: int
    week: Sequence[WeekTime] = ()
    small_children: Sequence[Child] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """On a Danish clock. ``cannot`` are keys of participants; ``why`` is in the reader's language."""

    starts_at: datetime
    minutes: int
    why: str
    cannot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best first; ``unknown`` says whose calendar nobody knows. Without any: what stands in the way."""

    proposals: tuple[Proposal, ...]
    hindrance: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time looked at, and what was seen. ``collides`` holds what participants of the family have at that time."""

    start: datetime
    minutes: int
    cannot: tuple[Participant, ...]
    collides: tuple[WeekTime, ...]
    unminded: tuple[Child, ...]
    is_early: bool
    at_school: tuple[Participant, ...] = ()  # perhaps: it is a school day, and their own week is not known

    @property
    def interval(self) -> Interval:
        begins = self.start.astimezone(UTC)
        return Interval(begins, begins + timedelta(minutes=self.minutes))

    @property
    def missing(self) -> tuple[Participant, ...]:
        return tuple(one for one in self.cannot if one.must_come)
