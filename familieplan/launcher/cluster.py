"""A PostgreSQL cluster of our own, for the demo, the tests and the benchmark. In service: an own server.

It answers on the loopback address only, asks everyone for a password (scram), has no socket in the file system, keeps
its data between runs, and ends with the program that started it.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from familieplan.launcher import binaries
from familieplan.launcher.home import write_private
from familieplan.launcher.ports import ADDRESS, any_free, is_free
from familieplan.launcher.trouble import Trouble

SUPERUSER = "postgres"
ALWAYS = {
    "listen_addresses": ADDRESS,
    "unix_socket_directories": "",
    "log_error_verbosity": "terse",  # a refused row must not be quoted in the log
    "log_min_error_statement": "panic",  # nor the statement that carried it
}
THROW_AWAY = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off"),
    "max_wal_size": "128MB",
}


def kept_in(home: Path) -> Path:
    """The cluster's folder: in our home, or outside it when PostgreSQL's user cannot enter there (/root)."""
    if binaries.reachable(home):
        return home / "postgres"
    name = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return binaries.OUTSIDE / name


@dataclass
class Cluster:
    """`with Cluster(folder).running(): …`; a cluster that already runs is used and left running."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def password(self) -> str:
        return (self.folder / "password").read_text()

    @property
    def port(self) -> int:
        return int((self.folder / "port").read_text())

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str = "") -> str:
        return f"postgresql://{user}:{password or self.password}@{ADDRESS}:{self.port}/{database}"

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        process = self._start()
        try:
            yield self
        finally:
            if process:
                _stop(process)

    def answers(self) -> bool:
        """Is it this cluster that answers at our port?"""
        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                found = connection.execute("show data_directory").fetchone()
        except (psycopg.OperationalError, OSError):
            return False
        return found is not None and Path(found[0]).resolve() == self.data.resolve()

    def _start(self) -> subprocess.Popen[bytes] | None:
        """The process we started, or None when the cluster was running already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second waits and uses the first's
            programs = binaries.find()
            self._create(programs)
            if self.answers():
                return None
            self._clear_stale_pid()
            write_private(self.folder / "port", str(self._free_port()))
            return self._launch(programs)

    def _create(self, programs: Path) -> None:
        """initdb, under another name until it is whole: an interrupted start leaves nothing half-made."""
        major = binaries.version(programs)
        if self.data.is_dir():
            self._refuse_other_version(major)
            return
        half = self.folder / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        binaries.hand_over(half)
        write_private(self.folder / "password", secrets.token_hex(24))
        secret = self.folder / "password.once"
        write_private(secret, self.password)
        binaries.hand_over(secret)
        try:
            _run_initdb(programs, half, secret)
        finally:
            secret.unlink()
        half.rename(self.data)

    def _refuse_other_version(self, major: int) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(major):
            raise Trouble(
                f"The data in {self.data} were made by PostgreSQL {made_by}; the programs here are {major}.\n"
                "Set FAMILIEPLAN_HOME to another folder, or remove that one to start afresh."
            )

    def _clear_stale_pid(self) -> None:
        """A power cut leaves postmaster.pid behind; its number may belong to somebody else by now."""
        path = self.data / "postmaster.pid"
        if not path.exists():
            return
        pid = int(path.read_text().split("\n", 1)[0] or 0)
        deadline = time.monotonic() + 10
        while _is_postgres_in(pid, self.data):
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Process {pid} still holds {self.data} and does not answer.\n"
                    "End it, or set FAMILIEPLAN_HOME to another folder."
                )
            time.sleep(0.1)
        path.unlink(missing_ok=True)

    def _free_port(self) -> int:
        """The port of last time when it is free, so that addresses stay; a port asked for, or a sentence."""
        asked = os.environ.get("FAMILIEPLAN_PG_PORT")
        if asked:
            if not asked.isdigit() or not is_free(int(asked)):
                raise Trouble(f"Port {asked} (FAMILIEPLAN_PG_PORT) is in use or no port number: choose another.")
            return int(asked)
        with contextlib.suppress(OSError, ValueError):
            if is_free(self.port):
                return self.port
        return any_free()

    def _launch(self, programs: Path) -> subprocess.Popen[bytes]:
        settings = ALWAYS | self.settings | {"port": str(self.port)}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", self.data, *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us: we stop it last
                preexec_fn=end_with_parent,
                **binaries.runs_as(),
            )
        try:
            self._wait_for(process)
        except BaseException:
            _stop(process)
            raise
        return process

    def _wait_for(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                last = "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])
                raise Trouble(f"PostgreSQL did not start. Its last words ({self.log}):\n{last}")
            time.sleep(0.03)


def _run_initdb(programs: Path, data: Path, secret: Path) -> None:
    made = subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", SUPERUSER, f"--pwfile={secret}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        **binaries.runs_as(),
    )
    if made.returncode:
        raise Trouble(f"PostgreSQL could not make its folder {data}:\n{made.stderr.strip()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: open transactions are rolled back, the data written."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # immediate; the next start recovers
        process.wait()


def end_with_parent() -> None:
    """Linux tells what we started to shut down even when we are killed and can say nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _is_postgres_in(pid: int, data: Path) -> bool:
    """Does this process work in that folder? (PostgreSQL's own test of a left-over pid file is weaker.)"""
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            return pid > 0 and Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True
