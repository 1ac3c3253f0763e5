"""The processes of the product, each as in service: `python -m …`, ended with us, told no more than it needs."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from familieplan.launcher.cluster import end_with_parent
from familieplan.launcher.environment import Environment, for_django
from familieplan.launcher.home import ROOT
from familieplan.launcher.ports import ADDRESS
from familieplan.launcher.trouble import Trouble

# glibc keeps what a PDF has used for the next one; told a limit, it gives it back: 4 MB of 121 in each worker.
GIVES_MEMORY_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072"}
Process = subprocess.Popen[bytes]


@contextlib.contextmanager
def gunicorn(prepared: Environment, port: int, workers: int = 2, threads: int = 4) -> Iterator[Process]:
    """The pages. Threads where no proxy stands before it: a connection that a browser opens to spare holds up nobody.
    Behind one, a single thread: a worker then takes no request that another one could begin with."""
    bind = ("--bind", f"{ADDRESS}:{port}", "--workers", str(workers), "--threads", str(threads))
    told = {**GIVES_MEMORY_BACK, **prepared}
    with running("gunicorn", "familieplan.wsgi", *bind, "--log-level", "warning", told=told) as server:
        wait_until(lambda: _serves(port), server)  # its port is open before the first worker can think
        yield server


@contextlib.contextmanager
def live(prepared: Environment, port: int) -> Iterator[Process]:
    """The streams of live boards."""
    with running("familieplan.live", "--host", ADDRESS, "--port", str(port), told=prepared) as streams:
        wait_until(lambda: _serves(port), streams)
        yield streams


@contextlib.contextmanager
def worker(prepared: Environment) -> Iterator[Process]:
    """Jobs: what is sent, and what is done at night. It asks for its work; there is nothing to wait for."""
    with running("django", "work", told=prepared) as jobs:
        yield jobs


@contextlib.contextmanager
def mailbox(prepared: Environment, port: int, folder: Path) -> Iterator[Process]:
    """The demo's own mail server: it passes nothing on. What calendars answer, it hands in."""
    answers = ("--answers", prepared.get("MAIL_FROM", ""), "--handed-to", "receive_mail")
    box = ("--port", str(port), "--folder", str(folder))
    with running("familieplan.post.sink", *box, *answers, told=prepared) as sink:
        wait_until(lambda: _listens(port), sink)
        yield sink


@contextlib.contextmanager
def running(module: str, *arguments: str, told: Environment) -> Iterator[Process]:
    """`python -m module …` until the `with` ends. It never learns the owner's address."""
    weak = {name: value for name, value in told.items() if name != "DATABASE_OWNER_URL"}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=for_django(weak),
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C is for us: we stop it, then the database
        preexec_fn=end_with_parent,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def first_to_end(processes: Mapping[str, Process]) -> str:
    """Waits; the name of the one that ended."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(0.2)


def wait_until(answers: Callable[[], bool], process: Process) -> None:
    deadline = time.monotonic() + 60
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Trouble("A server did not start; its words are above.")
        time.sleep(0.05)


def _serves(port: int) -> bool:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _listens(port: int) -> bool:
    try:
        socket.create_connection((ADDRESS, port), timeout=5).close()
    except OSError:
        return False
    return True
