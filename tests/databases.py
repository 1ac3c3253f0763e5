"""The databases of the tests: one throw-away cluster, one prepared template, a copy of it for each worker.

A copy takes a tenth of a second. Tests connect as the product does: as `familieplan_app`, with row security in force.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from familieplan import environment as urls
from familieplan.launcher import environment, messages
from familieplan.launcher.cluster import Cluster, kept_in
from familieplan.launcher.database import Passwords, addresses, drop_database, make_database
from familieplan.launcher.home import home, kept_keys, throw_away_home

FOLDER = "FAMILIEPLAN_TEST_FOLDER"  # set by the first process, inherited by the workers
PREPARED, DEMO = "prepared", "prepared_demo"


class Databases:
    """Made at the start of the session, before Django reads its settings."""

    def __init__(self) -> None:
        self.open = contextlib.ExitStack()
        self.is_first = FOLDER not in os.environ
        if self.is_first:
            os.environ[FOLDER] = str(self.open.enter_context(throw_away_home(in_memory=True)))
        self.folder = Path(os.environ[FOLDER])
        self.keys = kept_keys(self.folder)
        self.current = ""

    def set_environment(self) -> None:
        """Django's settings, with an address that leads nowhere until a test asks for a database."""
        os.environ.pop("DATABASE_OWNER_URL", None)
        os.environ |= self.keys
        os.environ["DATABASE_URL"] = "postgresql://familieplan_app@127.0.0.1:1/none"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

    def start(self) -> None:
        if self.is_first:
            messages.compile_into(home())
            self.open.enter_context(environment.own_cluster(self.folder, throw_away=True, database="postgres"))

    def stop(self) -> None:
        if self.is_first:
            self.open.close()

    @property
    def cluster(self) -> Cluster:
        return Cluster(kept_in(self.folder))

    @property
    def passwords(self) -> Passwords:
        return Passwords(owner=self.keys["OWNER_PASSWORD"], app=self.keys["APP_PASSWORD"])

    def addresses(self, name: str = "") -> dict[str, str]:
        return addresses(self.cluster, name or self.current, self.passwords)

    def prepared(self) -> str:
        """Migrated and with its reference data, by the same command as in service."""
        return self._once(PREPARED, lambda: self._manage(PREPARED, "prepare_database"))

    def demo(self) -> str:
        """The same with the demo municipality in it."""
        return self._once(DEMO, lambda: self._manage(DEMO, "demo_load"), template=self.prepared())

    def use(self, name: str, template: str) -> None:
        """A fresh copy under this name; Django connects to it from now on."""
        connections.close_all()
        self.copy(name, template)
        self.current = name
        address = urls.database(self.addresses()["DATABASE_URL"])
        for known in (settings.DATABASES["default"], connections["default"].settings_dict):
            known.update({key: address[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})

    def copy(self, name: str, template: str) -> None:
        """A fresh copy; what had this name is gone."""
        drop_database(self.cluster, name)
        make_database(self.cluster, name, template)

    def first(self, name: str, do: Callable[[], object]) -> None:
        """Done by the first worker that needs it; the others wait."""
        done = self.folder / name
        with self._locked():
            if not done.exists():
                do()
                done.touch()

    def _once(self, name: str, fill: Callable[[], None], template: str = "template0") -> str:
        def make() -> None:
            make_database(self.cluster, name, template)
            fill()

        self.first(name, make)
        return name

    def _manage(self, name: str, command: str) -> None:
        for_command = os.environ | self.addresses(name) | {"FAMILIEPLAN_DEMO": "1"}
        environment.manage(for_command, command)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
