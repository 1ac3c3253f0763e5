"""PostgreSQL is killed in the middle of a meeting and comes back: nobody has to do anything."""

import contextlib
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connections

from familieplan import environment as urls
from familieplan.demo.municipality import id_of
from familieplan.launcher import environment
from familieplan.launcher.cluster import Cluster, kept_in
from familieplan.launcher.database import Passwords, addresses, make_database, make_roles
from familieplan.launcher.home import throw_away_home
from tests.conftest import databases
from tests.live.listening import Listener, Process, cookie_of, until

HOLM = id_of("family", "eight_places")
NAME = "kills"


@dataclass
class Own:
    cluster: Cluster
    told: dict[str, str]

    def touch_a_topic(self, drawer: int) -> None:
        with psycopg.connect(self.cluster.url(NAME), autocommit=True) as superuser:
            superuser.execute("UPDATE plan_topic SET id = id WHERE scope_id = %s", [drawer])

    def a_drawer(self) -> int:
        with psycopg.connect(self.cluster.url(NAME)) as superuser:
            row = superuser.execute(
                "SELECT t.scope_id FROM plan_topic t JOIN access_grant g USING (scope_id) "
                "JOIN accounts_user u USING (holder) WHERE u.login = 'sara' AND t.family_id = %s LIMIT 1",
                [HOLM],
            ).fetchone()
        assert row
        return int(row[0])

    def kill(self) -> None:
        """The server with all its processes, as a power cut would."""
        os.kill(int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)
        until(lambda: not self.cluster.answers(), "it still answers")


@pytest.fixture
def own(demo_db: None) -> Iterator[Own]:
    """A cluster to kill, with the demo in it, where Django asks too. Whoever uses it starts it anew."""
    asks = connections["default"].settings_dict
    before = dict(asks)
    passwords = Passwords(owner=databases.keys["OWNER_PASSWORD"], app=databases.keys["APP_PASSWORD"])
    with throw_away_home(in_memory=True) as folder:
        cluster = Cluster(kept_in(folder))  # with fsync: a session must not be lost with it
        with cluster.running():
            make_roles(cluster, passwords)
            make_database(cluster, NAME)
            told = addresses(cluster, NAME, passwords)
            for command in ("prepare_database", "demo_load"):
                environment.manage(os.environ | told | {"FAMILIEPLAN_DEMO": "1"}, command)
            connections.close_all()
            address = urls.database(told["DATABASE_URL"])
            asks.update({key: address[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
            yield Own(cluster, told)
            connections.close_all()
            asks.update(before)


def test_postgresql_is_killed_and_comes_back(own: Own) -> None:
    process = Process(told={"DATABASE_URL": own.told["DATABASE_URL"]})
    process.start()
    with contextlib.ExitStack() as ends:
        ends.callback(process.end)
        cookie, drawer = cookie_of("sara"), own.a_drawer()
        connections.close_all()
        sara = Listener(process, HOLM, cookie).open()
        for _ in range(3):
            sara.forget()
            own.kill()
            assert process.status(f"/live/families/{HOLM}/", Cookie=f"session={cookie}") == 503
            ends.enter_context(own.cluster.running())
            until(lambda: "" in sara.drawers, "she was not told to read anew", within=30)
            sara.forget()
            own.touch_a_topic(drawer)
            until(lambda: str(drawer) in sara.drawers, "she is not told any more")
            assert Listener(process, HOLM, cookie).open().told
        assert not sara.is_over
