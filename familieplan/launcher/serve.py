"""The demo municipality, served at a local address until Ctrl-C."""

import argparse
import contextlib
import shutil
from collections.abc import Sequence

from familieplan.launcher import assets, environment, processes
from familieplan.launcher.home import home
from familieplan.launcher.ports import ADDRESS, any_free, is_free
from familieplan.launcher.trouble import Trouble

FIRST_PORT, TRIED_PORTS = 8000, 50


def demo(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int, default=None, help="the port to serve at; the live boards take the next")
    parser.add_argument("--fresh", action="store_true", help="tell the stories anew, with today's dates")
    asked = parser.parse_args(arguments)
    port, mailbox, mail_port = free_port(asked.port), home() / "mailbox", any_free()
    live_port, site = first_free(port + 1), f"http://localhost:{port}"
    told = {
        "FAMILIEPLAN_DEMO": "1",
        "LIVE_URL": f"http://localhost:{live_port}/live/",
        "LIVE_ORIGINS": site,
        "SITE_URL": f"{site}/",
        "SMTP_URL": f"smtp://{ADDRESS}:{mail_port}",
        "MAIL_FROM": "familiensplan@demo.invalid",
        "DEMO_MAILBOX": str(mailbox),
    }
    if asked.fresh:
        shutil.rmtree(mailbox, ignore_errors=True)
    with environment.prepared(afresh=asked.fresh, **told) as prepared, contextlib.ExitStack() as together:
        assets.collect(home())
        environment.manage(prepared, "demo_load")
        all_of_it = {
            "mail server": together.enter_context(processes.mailbox(prepared, mail_port, mailbox)),
            "worker": together.enter_context(processes.worker(prepared)),
            "stream process": together.enter_context(processes.live(prepared, live_port)),
            "web server": together.enter_context(processes.gunicorn(prepared, port)),
        }
        environment.manage(prepared, "demo_people", f"{site}/")
        ended = processes.first_to_end(all_of_it)
    raise Trouble(f"The {ended} ended by itself; its words are above.")


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
