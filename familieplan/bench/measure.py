"""All figures, in the order of the issue. Imported when Django knows the database."""

from collections.abc import Callable, Iterator

from familieplan.bench import boards, guard, pages, size, worker
from familieplan.bench.figures import Figure
from familieplan.bench.town import Town
from familieplan.demo.generate import Generated
from familieplan.launcher.environment import Environment


def everything(environment: Environment, town: Town, rounds: int, only: str = "") -> Iterator[Figure]:
    """``only``: the beginning of what the figures are called, "P6"."""
    generated = Generated(town.many, town.seed)
    parts: dict[str, Callable[[], Iterator[Figure]]] = {
        "P1 P2 P3": lambda: pages.measured(town.seed, rounds),
        "P4": lambda: guard.measured(environment["FAMILIEPLAN_SUPERUSER_URL"], generated, rounds),
        "P5": lambda: size.measured(generated, rounds),
        "P11": lambda: worker.measured(environment, town.seed),
        "P6": lambda: boards.measured(environment, generated, rounds),
    }
    for ids, measured in parts.items():
        if not only or only in ids.split():
            yield from measured()
