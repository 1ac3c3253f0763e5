"""The board as plain values: what the query fills and the templates draw. Nothing here asks the database.

Everything is what *this* reader may see – on the wall, what everybody in the room may see. Addresses, under
/families/<family>/meetings/<meeting>/ (`BoardPage.base`):

    board/                              board/<topic>/                     projector/   projector/<topic>/
    board/<topic>/say/<kind>/           board/<topic>/scale/               board/<topic>/agree/
    board/words/<statement>/            board/agreements/<agreement>/
    end/    close/    minutes/    minutes/<number>/    minutes.pdf    reflect/    reflect/<person>/
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from familieplan.meetings.boards import Board, Column
from familieplan.meetings.models import Meeting
from familieplan.plan.page import AgreementView, PersonRef, StatementView


@dataclass(frozen=True, slots=True)
class Words:
    """Something said. ``is_now``: at this meeting; else it stood before. ``off_wall``: not for all in the room."""

    said: StatementView
    kind: str
    is_now: bool
    is_staff: bool = False
    off_wall: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    one: AgreementView
    is_now: bool
    off_wall: bool = False
    first_step: str = ""
    review_on: date | None = None  # of a trial
    stop_rule: str = ""


@dataclass(frozen=True, slots=True)
class GoalLine:
    text: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Stands:
    """Where one person is on the scale of a topic, 0–10; ``before``: last time they said so before this meeting."""

    who: str
    now: int | None
    before: int | None
    word: str = ""
    is_staff: bool = False
    department: str = ""
    told_to: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one topic. Of each voice, what was said now stands first."""

    column: Column
    family: tuple[Words, ...]
    staff: tuple[Words, ...]
    agreements: tuple[Agreed, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    scales: tuple[Stands, ...] = ()
    has_more: bool = False  # of what stood before; a link shows it all

    @property
    def stood_before(self) -> tuple[Words, ...]:
        """The family's words first."""
        return tuple(one for one in (*self.family, *self.staff) if not one.is_now)

    @property
    def cards(self) -> tuple[Words | Agreed, ...]:
        return (*self.family, *self.staff, *self.agreements)


@dataclass(frozen=True, slots=True)
class TopicRow:
    id: UUID
    drawer: int
    title: str
    about: tuple[PersonRef, ...]
    cells: tuple[Cell, ...]
    scales: tuple[Stands, ...]
    drawers: tuple[int, ...]  # whatever changes in these, the row is read anew
    off_wall: bool = False
    all_off_wall: bool = False  # it is said once, not at each card
    is_settled: bool = False
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class BoardPage:
    meeting: Meeting
    board: Board
    base: str
    family_base: str
    topics: tuple[TopicRow, ...]
    also_words: tuple[Words, ...]
    also_agreed: tuple[Agreed, ...]
    drawers: tuple[int, ...]  # all that its reader holds a key to
    coordinates: bool = False
    may_write: bool = False
    is_wall: bool = False
