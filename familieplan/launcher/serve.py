"""The demo municipality, served at a local address until Ctrl-C."""

import argparse
import contextlib
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence

from familieplan.launcher import assets, environment
from familieplan.launcher.cluster import end_with_parent
from familieplan.launcher.environment import Environment, for_django
from familieplan.launcher.home import ROOT, home
from familieplan.launcher.ports import ADDRESS, is_free
from familieplan.launcher.trouble import Trouble

FIRST_PORT, TRIED_PORTS = 8000, 50
# glibc keeps what a PDF has used for the next one; told a limit, it gives it back: 4 MB of 121 in each worker.
GIVES_MEMORY_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072"}


def demo(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int, default=None, help="the port to serve at; the live boards take the next")
    parser.add_argument("--fresh", action="store_true", help="tell the stories anew, with today's dates")
    asked = parser.parse_args(arguments)
    port = free_port(asked.port)
    live_port = first_free(port + 1)
    told = {
        "FAMILIEPLAN_DEMO": "1",
        "LIVE_URL": f"http://localhost:{live_port}/live/",
        "LIVE_ORIGINS": f"http://localhost:{port}",
    }
    with environment.prepared(afresh=asked.fresh, **told) as prepared:
        assets.collect(home())
        environment.manage(prepared, "demo_load")
        with live(prepared, live_port) as streams, gunicorn(prepared, port) as server:
            environment.manage(prepared, "demo_people", f"http://localhost:{port}/")
            ended = first_to_end({"web server": server, "stream process": streams})
    raise Trouble(f"The {ended} ended by itself; its words are above.")


@contextlib.contextmanager
def gunicorn(prepared: Environment, port: int, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """The web process as in service."""
    bind = ("--bind", f"{ADDRESS}:{port}", "--workers", str(workers), "--log-level", "warning")
    with running("gunicorn", "familieplan.wsgi", *bind, told={**GIVES_MEMORY_BACK, **prepared}) as server:
        wait_until_it_answers(server, port)
        yield server


@contextlib.contextmanager
def live(prepared: Environment, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process that holds the streams of live boards."""
    with running("familieplan.live", "--host", ADDRESS, "--port", str(port), told=prepared) as streams:
        wait_until_it_answers(streams, port)
        yield streams


@contextlib.contextmanager
def running(module: str, *arguments: str, told: Environment) -> Iterator[subprocess.Popen[bytes]]:
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


def first_to_end(processes: Mapping[str, subprocess.Popen[bytes]]) -> str:
    """Waits; the name of the one that ended."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(0.2)


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """The port is open before the first worker can think: we wait for a page."""
    deadline = time.monotonic() + 60
    while not _serves(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Trouble("The server did not start; its words are above.")
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


def free_port(asked: int | None) -> int:
    """The port asked for, or 8000, or the next one that is free."""
    if asked is not None:
        if not is_free(asked):
            raise Trouble(f"Port {asked} is in use or no port number. Choose another: python3 run.py demo --port 8080")
        return asked
    return first_free(FIRST_PORT)


def first_free(first: int) -> int:
    """The first port that is free, from this one on."""
    for port in range(first, first + TRIED_PORTS):
        if is_free(port):
            return port
    raise Trouble(f"No free port from {first} on. Choose one: python3 run.py demo --port 9000")
