"""What other rooms say at the top of the family page. They stand above this one: they register, the plan knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from familieplan.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Beside:
    """One line with a way on: ``title``, ``words``, ``address`` of its page; ``is_new``: it waits to be read."""

    title: str
    words: str
    address: str
    icon: str
    label: str
    is_new: bool = False
    also: tuple[str, str] | None = None  # a quiet second way: its address and label


Says = Callable[[UUID, Actor], Beside | None]
SAYS: list[Says] = []


def beside(says: Says) -> Says:
    """Register in ``AppConfig.ready``. Asked after the family has been opened; ``None``: nothing to say."""
    SAYS.append(says)
    return says


def beside_the_plan(family: UUID, by: Actor) -> list[Beside]:
    return [line for says in SAYS if (line := says(family, by))]
