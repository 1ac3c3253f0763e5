"""The demo municipality, served at a local address until Ctrl-C."""

import argparse
import contextlib
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

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
    parser.add_argument("--port", type=int, default=None, help="the port to serve at")
    parser.add_argument("--fresh", action="store_true", help="tell the stories anew, with today's dates")
    asked = parser.parse_args(arguments)
    port = free_port(asked.port)
    with environment.prepared(afresh=asked.fresh, FAMILIEPLAN_DEMO="1") as prepared:
        assets.collect(home())
        environment.manage(prepared, "demo_load")
        with gunicorn(prepared, port) as server:
            environment.manage(prepared, "demo_people", f"http://localhost:{port}/")
            server.wait()
    raise Trouble("The web server ended by itself; its words are above.")


@contextlib.contextmanager
def gunicorn(prepared: Environment, port: int, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """The web process as in service: it never learns the owner's address."""
    weak = {name: value for name, value in prepared.items() if name != "DATABASE_OWNER_URL"}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "familieplan.wsgi", "--bind", f"{ADDRESS}:{port}"),
            *("--workers", str(workers), "--log-level", "warning"),
        ],
        env=GIVES_MEMORY_BACK | for_django(weak),
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C is for us: we stop it, then the database
        preexec_fn=end_with_parent,
    )
    try:
        wait_until_it_answers(server, port)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """The port is open before the first worker can think: we wait for a page."""
    deadline = time.monotonic() + 60
    while not _serves(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Trouble("The web server did not start; its words are above.")
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
    for port in range(FIRST_PORT, FIRST_PORT + TRIED_PORTS):
        if is_free(port):
            return port
    raise Trouble(f"No free port from {FIRST_PORT} on. Choose one: python3 run.py demo --port 9000")
