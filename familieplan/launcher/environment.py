"""One environment for every command: an own server by DATABASE_URL, or the cluster beside run.py."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from familieplan.launcher.cluster import THROW_AWAY, Cluster, kept_in
from familieplan.launcher.database import Passwords, addresses, drop_database, make_database, make_roles
from familieplan.launcher.home import ROOT, home, kept_keys
from familieplan.launcher.trouble import Trouble

Environment = Mapping[str, str]
# For what reads the settings and asks no database: types, static files.
NOWHERE = {
    "SECRET_KEY": "serves nobody",
    "FAMILIEPLAN_ACTOR_KEY": "00" * 32,
    "FAMILIEPLAN_DATA_KEY": "00" * 32,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
}


def connected(*, afresh: bool = False) -> contextlib.AbstractContextManager[Environment]:
    """An environment that leads to a database, as long as the `with` lasts."""
    if not os.environ.get("DATABASE_URL"):
        return own_cluster(home(), afresh=afresh)
    if afresh:
        raise Trouble("Only the demo's own database is made afresh; yours (DATABASE_URL) is left as it is.")
    return own_server()


@contextlib.contextmanager
def prepared(*, afresh: bool = False, **more: str) -> Iterator[Environment]:
    """The same, migrated: by the owner, and only where we are given the owner's address."""
    with connected(afresh=afresh) as environment:
        environment = {**environment, **more}
        if environment.get("DATABASE_OWNER_URL"):
            manage(environment, "prepare_database")
        yield environment


@contextlib.contextmanager
def own_server() -> Iterator[Environment]:
    """Nothing to start. The keys come from the environment, else from those kept at home."""
    yield kept_keys(home()) | os.environ


@contextlib.contextmanager
def own_cluster(
    folder: Path, *, throw_away: bool = False, afresh: bool = False, database: str = "familieplan"
) -> Iterator[Environment]:
    """A PostgreSQL of our own in this home; its data are kept unless it is to be thrown away or made afresh."""
    keys = kept_keys(folder)
    passwords = Passwords(owner=keys["OWNER_PASSWORD"], app=keys["APP_PASSWORD"])
    with Cluster(kept_in(folder), THROW_AWAY if throw_away else {}).running() as cluster:
        if afresh:
            drop_database(cluster, database)
        make_roles(cluster, passwords)
        make_database(cluster, database)
        yield os.environ | keys | addresses(cluster, database, passwords)


def manage(environment: Environment, *arguments: str) -> None:
    """A management command in a process of its own."""
    command = [sys.executable, "-m", "django", *arguments]
    if patiently(command, for_django(environment)):
        raise Trouble(f"`manage {' '.join(arguments)}` did not succeed.")


def patiently(command: Sequence[str | Path], environment: Environment) -> int:
    """Run a program and wait for it to end in its own way, also when we are told to stop."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:  # Ctrl-C has reached it too
        process.wait()
        raise
    except SystemExit:
        process.send_signal(signal.SIGINT)  # pytest cleans up after this one only
        process.wait()
        raise


def for_django(environment: Environment) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [environment.get("PYTHONPATH")])])
    return {"DJANGO_SETTINGS_MODULE": "familieplan.settings", **environment, "PYTHONPATH": path}
