"""The calendar part of a letter, built when it is sent by the room that knows the meeting.

That room lies above this one, so it says here how (in its ``AppConfig.ready``)::

    calendars.built_by(LetterKind.INVITATION, build)

``build`` is asked in the letter's own transaction, as kind 'job': it reads through a function of its room that gives a
job no more than the time, and the place where it may be told.
"""

from collections.abc import Callable

from familieplan.post.enums import LetterKind
from familieplan.post.letters import Letter

# An iCalendar stream in UTF-8, with the method of the kind; or None: no calendar part.
Builder = Callable[[Letter], bytes | None]
_builders: dict[LetterKind, Builder] = {}


def built_by(kind: LetterKind, builder: Builder) -> None:
    if not kind.method:
        raise ValueError(f"{kind} has no calendar part")
    _builders[kind] = builder


def part_for(letter: Letter) -> bytes | None:
    builder = _builders.get(letter.kind)
    return builder(letter) if builder else None
