"""All figures, in the order of the issue. Imported when Django knows the database."""

from collections.abc import Iterator

from familieplan.bench import boards, guard, pages, size, worker
from familieplan.bench.figures import Figure
from familieplan.bench.town import Town
from familieplan.demo.generate import Generated
from familieplan.launcher.environment import Environment


def everything(environment: Environment, town: Town, rounds: int) -> Iterator[Figure]:
    generated = Generated(town.many, town.seed)
    yield from pages.measured(town.seed, rounds)
    yield from guard.measured(environment["FAMILIEPLAN_SUPERUSER_URL"], generated, rounds)
    yield from size.measured(generated, rounds)
    yield from worker.measured(environment, town.seed)
    yield from boards.measured(environment, generated, rounds)
