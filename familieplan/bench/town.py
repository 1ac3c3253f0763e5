"""Two databases in a cluster of their own: the same demo in each, among few families and among many."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from familieplan.launcher.cluster import Cluster, kept_in
from familieplan.launcher.database import Passwords, addresses, make_database
from familieplan.launcher.environment import Environment, manage, own_cluster
from familieplan.launcher.home import kept_keys, throw_away_home

FEW, MANY = "few", "many"


@dataclass(frozen=True, slots=True)
class Town:
    """``seed`` decides what is generated; ids follow from it."""

    few: int
    many: int
    seed: int


@contextmanager
def built(town: Town) -> Iterator[Environment]:
    """The environment of a web process among the many, and the superuser's address for what is compared with it."""
    with throw_away_home() as folder, own_cluster(folder, throw_away=True, database=FEW) as environment:
        manage(environment, "prepare_database")
        make_database(Cluster(kept_in(folder)), MANY, template=FEW)
        for name, families in ((FEW, town.few), (MANY, town.many)):
            _fill({**environment, **_told(folder, name)}, families, town.seed)
        yield {**environment, **_told(folder, MANY)}


def _told(folder: Path, name: str) -> dict[str, str]:
    cluster, keys = Cluster(kept_in(folder)), kept_keys(folder)
    passwords = Passwords(owner=keys["OWNER_PASSWORD"], app=keys["APP_PASSWORD"])
    return {**addresses(cluster, name, passwords), "FAMILIEPLAN_SUPERUSER_URL": cluster.url(name)}


def _fill(environment: Environment, families: int, seed: int) -> None:
    """The generated come first: the demo's drawers take numbers that are free."""
    demo = {**environment, "FAMILIEPLAN_DEMO": "1"}
    manage(demo, "demo_generate", "--families", str(families), "--seed", str(seed))
    manage(demo, "demo_load")
    with psycopg.connect(environment["FAMILIEPLAN_SUPERUSER_URL"], autocommit=True) as superuser:
        superuser.execute("VACUUM ANALYZE")
        superuser.execute("CHECKPOINT")
