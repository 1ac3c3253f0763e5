"""What hangs on the fridge, as plain values in few words. Nothing here asks the database."""

from dataclasses import dataclass
from datetime import date, time

HOPE, TITLE, STEP, SLOT, ROLE, NAME = 120, 48, 90, 36, 60, 20  # characters; the whole text stands in the plan
LONGEST_WORD = 24


def few_words(text: str, at_most: int) -> str:
    """The beginning of a text, whole words, with "…" where it goes on. A word no line can hold may be broken."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(words) > at_most:
        words = words[:at_most].rsplit(" ", 1)[0].rstrip(",;:.–- ") + " …"
    return " ".join(_breakable(word) for word in words.split(" "))


def _breakable(word: str) -> str:
    pieces = [word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD)]
    return "\u200b".join(pieces)


@dataclass(frozen=True, slots=True)
class Hope:
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Work:
    """Something the family works on, and the next small step."""

    title: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when."""

    who: str
    what: str
    due: date | None
    is_waiting: bool = False  # its day has passed


@dataclass(frozen=True, slots=True)
class Slot:
    starts: time
    ends: time
    title: str
    who: str = ""
    weeks: str = ""  # "even weeks", where it is not every week
    burns: bool = False  # somebody should be in two places at once: it stays whatever the room


@dataclass(frozen=True, slots=True)
class Days:
    """A day of the week, or several on which the same takes place. 0 is Monday."""

    days: tuple[int, ...]
    slots: tuple[Slot, ...]

    @property
    def burns(self) -> bool:
        return any(slot.burns for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    what: str
    phone: str = ""


@dataclass(frozen=True)
class FridgePlan:
    """Every list in order of weight: what does not fit is left out from its end."""

    today: date
    names: str = ""
    is_own: bool = False  # the reader is of this family
    hopes: tuple[Hope, ...] = ()
    works: tuple[Work, ...] = ()
    tasks: tuple[Task, ...] = ()
    week: tuple[Days, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.hopes or self.works or self.tasks or self.week)
