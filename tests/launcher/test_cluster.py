"""A cluster of our own: kept, closed, ended, and clear when something on the machine is wrong."""

import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from familieplan.launcher import binaries, home, ports
from familieplan.launcher.cluster import THROW_AWAY, Cluster
from familieplan.launcher.trouble import Trouble

pytestmark = pytest.mark.database  # repeated on Debian's PostgreSQL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where PostgreSQL's user may pass: pytest's own folders are closed."""
    path = tmp_path_factory.mktemp("cluster")
    for parent in (path, *path.parents[:3]):
        if parent.owner() == Path.home().owner() and parent != Path("/tmp"):
            parent.chmod(0o755)
    return path


@pytest.fixture
def cluster(folder: Path) -> Cluster:
    """The same folder for all tests here, so that initdb runs once; each test starts and stops it."""
    return Cluster(folder, THROW_AWAY)


def ask(cluster: Cluster, statement: str) -> object:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row and row[0]


@contextlib.contextmanager
def taken_port(port: int) -> Iterator[None]:
    """Somebody else listens there."""
    with socket.create_server((ports.ADDRESS, port)):
        yield


def test_keeps_its_data_and_its_port(cluster: Cluster) -> None:
    with cluster.running():
        with psycopg.connect(cluster.url()) as connection:
            connection.execute("create table if not exists kept as select 7 as figure")
        port = cluster.port
    assert not cluster.answers()
    with cluster.running():
        assert ask(cluster, "select figure from kept") == 7
        assert cluster.port == port


def test_answers_here_only_and_asks_for_the_password(cluster: Cluster) -> None:
    with cluster.running():
        assert ask(cluster, "show listen_addresses") == "127.0.0.1"
        assert ask(cluster, "show unix_socket_directories") == ""
        assert ask(cluster, "show password_encryption") == "scram-sha-256"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url(password="guess"))


def test_keeps_the_password_private(cluster: Cluster) -> None:
    with cluster.running():
        kept = cluster.folder / "password"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert not (cluster.folder / "password.once").exists()


def test_a_second_command_uses_the_first_ones_and_leaves_it_running(cluster: Cluster) -> None:
    with cluster.running():
        with Cluster(cluster.folder).running():
            assert ask(cluster, "select 1") == 1
        assert cluster.answers()


def test_a_pid_file_left_by_a_power_cut_does_not_stop_it(cluster: Cluster) -> None:
    with cluster.running():
        pass
    # The number has meanwhile been given to another process: ours.
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n1\n\n127.0.0.1\n0 0\nready\n")
    with cluster.running():
        assert ask(cluster, "select 1") == 1


def test_half_made_data_of_an_interrupted_start_are_replaced(folder: Path) -> None:
    half = Cluster(folder / "half", THROW_AWAY)
    (half.folder / "data.half" / "base").mkdir(parents=True)
    with half.running():
        assert ask(half, "select 1") == 1
    assert not (half.folder / "data.half").exists()


def test_takes_another_port_when_its_own_is_taken(cluster: Cluster) -> None:
    with cluster.running():
        taken = cluster.port
    with taken_port(taken), cluster.running():
        assert cluster.port != taken


def test_says_that_the_port_asked_for_is_taken(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    port = ports.any_free()
    monkeypatch.setenv("FAMILIEPLAN_PG_PORT", str(port))
    with taken_port(port), pytest.raises(Trouble, match=f"Port {port} .* in use"), cluster.running():
        pass


def test_says_that_the_data_are_of_another_version(cluster: Cluster) -> None:
    with cluster.running():
        pass
    version = cluster.data / "PG_VERSION"
    ours = version.read_text()
    version.write_text("14\n")
    try:
        with pytest.raises(Trouble, match="made by PostgreSQL 14"), cluster.running():
            pass
    finally:
        version.write_text(ours)


def test_gives_the_servers_last_words_when_it_does_not_start(cluster: Cluster) -> None:
    cluster.settings = {"shared_buffers": "a lot"}
    with pytest.raises(Trouble, match="shared_buffers"), cluster.running():
        pass


def test_ends_with_us_even_when_we_are_killed(cluster: Cluster) -> None:
    program = (
        "import sys, time; from pathlib import Path; from familieplan.launcher.cluster import Cluster\n"
        "with Cluster(Path(sys.argv[1])).running(): print('up', flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, cluster.folder], stdout=subprocess.PIPE, cwd=home.ROOT)
    assert starter.stdout is not None
    assert starter.stdout.readline() == b"up\n"
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + 10
    while cluster.answers() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not cluster.answers()


def test_the_log_quotes_no_row(cluster: Cluster) -> None:
    with cluster.running():
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("create table if not exists secret (word text unique)")
            connection.execute("insert into secret values ('Anton') on conflict do nothing")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("insert into secret values ('Anton')")
        assert "Anton" not in cluster.log.read_text()


def test_root_hands_it_to_nobody(cluster: Cluster) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has to")
    with cluster.running():
        assert cluster.data.owner() == "nobody"
        assert binaries.reachable(cluster.folder)
