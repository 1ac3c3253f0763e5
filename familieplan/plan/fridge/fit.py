"""One page, whatever the family has said: first smaller letters, never below 14 points; then fewer things.

At a metre 14 points of IBM Plex are an x-height of 2.5 mm, 9 minutes of arc: nearly twice what a sharp eye needs.
"""

from dataclasses import asdict, dataclass

SIZES = (23, 21, 19, 18, 17, 16, 15, 14)  # points


@dataclass(frozen=True, slots=True)
class Level:
    """Letters of so many points, and at most so many of each."""

    size: int
    steps: int = 1  # 0: the next steps are left to the plan
    hopes: int = 99
    works: int = 99
    tasks: int = 99
    slots: int = 99  # of one day; 0: the week is left to the plan. What burns stays.
    calls: int = 99


# In this order: next steps, hopes beyond one each, what we work on, calls beyond the coordinator and one; then
# agreements from the furthest, and last of all appointments. What is left out is said in words where it would stand.
FEWER = (
    Level(14, steps=0),
    Level(14, steps=0, hopes=5, works=8, calls=4),
    Level(14, steps=0, hopes=4, works=6, calls=3),
    Level(14, steps=0, hopes=3, works=4, tasks=9, calls=3),
    Level(14, steps=0, hopes=2, works=3, tasks=7, calls=2),
    Level(14, steps=0, hopes=1, works=2, tasks=6, slots=7, calls=2),
    Level(14, steps=0, hopes=1, works=1, tasks=5, slots=5, calls=2),
    Level(14, steps=0, hopes=1, works=1, tasks=4, slots=4, calls=1),
    Level(14, steps=0, hopes=1, works=1, tasks=3, slots=3, calls=1),
    Level(14, steps=0, hopes=1, works=1, tasks=2, slots=2, calls=1),
    Level(14, steps=0, hopes=1, works=1, tasks=2, slots=1, calls=1),
    Level(14, steps=0, hopes=1, works=1, tasks=2, slots=0, calls=1),
)
LEVELS = (*(Level(size) for size in SIZES), *FEWER)


def levels() -> list[dict[str, int]]:
    """From the most generous to the most sparing, for the page to measure."""
    return [asdict(level) for level in LEVELS]
