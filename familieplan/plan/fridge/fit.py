"""One page, whatever the family has said: first smaller letters, never below 16 points; then fewer things."""

from dataclasses import asdict, dataclass

SIZES = (23, 21, 19, 18, 17, 16)  # points; 16 is read from a metre


@dataclass(frozen=True, slots=True)
class Level:
    """Letters of so many points, and at most so many of each."""

    size: int
    hopes: int = 99
    works: int = 99
    tasks: int = 99
    slots: int = 99  # of one day; 0: the week is left to the plan
    calls: int = 9


# What is nearest stays longest: the next agreements, what we work on, the coordinator. At least one hope stays.
FEWER = (
    Level(16, hopes=4, works=7, tasks=7, slots=3, calls=2),
    Level(16, hopes=4, works=7, tasks=6, slots=2, calls=2),
    Level(16, hopes=3, works=6, tasks=5, slots=2, calls=2),
    Level(16, hopes=3, works=5, tasks=5, slots=2, calls=1),
    Level(16, hopes=3, works=5, tasks=4, slots=1, calls=1),
    Level(16, hopes=2, works=4, tasks=4, slots=1, calls=1),
    Level(16, hopes=2, works=3, tasks=3, slots=1, calls=1),
    Level(16, hopes=1, works=3, tasks=3, slots=1, calls=1),
    Level(16, hopes=1, works=2, tasks=2, slots=1, calls=1),
    Level(16, hopes=1, works=2, tasks=2, slots=0, calls=1),
)
LEVELS = (*(Level(size) for size in SIZES), *FEWER)


def levels() -> list[dict[str, int]]:
    """From the most generous to the most sparing, for the page to measure."""
    return [asdict(level) for level in LEVELS]
