"""Two databases in a cluster of their own: few families, and many with the demo among them."""

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
        among_few, among_many = ({**environment, **_told(folder, name)} for name in (FEW, MANY))
        for told, families in ((among_few, town.few), (among_many, town.many)):
            manage(told, "demo_generate", "--families", str(families), "--seed", str(town.seed))
        # After the generated: the demo's drawers take numbers that are free.
        manage({**among_many, "FAMILIEPLAN_DEMO": "1"}, "demo_load")
        for told in (among_few, among_many):
            _settle(told["FAMILIEPLAN_SUPERUSER_URL"])
        yield among_many


def _told(folder: Path, name: str) -> dict[str, str]:
    cluster, keys = Cluster(kept_in(folder)), kept_keys(folder)
    passwords = Passwords(owner=keys["OWNER_PASSWORD"], app=keys["APP_PASSWORD"])
    return {**addresses(cluster, name, passwords), "FAMILIEPLAN_SUPERUSER_URL": cluster.url(name)}


def _settle(superuser_url: str) -> None:
    """Nothing is left to be done in the background while we measure."""
    with psycopg.connect(superuser_url, autocommit=True) as superuser:
        superuser.execute("VACUUM ANALYZE")
        superuser.execute("CHECKPOINT")
