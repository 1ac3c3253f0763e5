"""P11: a web process as in service: how soon after its start it answers, and what it weighs after two hundred pages."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from familieplan.bench.figures import Figure, beside
from familieplan.bench.visitor import Visitor
from familieplan.demo.municipality import id_of
from familieplan.launcher.environment import Environment
from familieplan.launcher.ports import ADDRESS, any_free
from familieplan.launcher.processes import gunicorn

PAGES = 200


def measured(environment: Environment, seed: int) -> Iterator[Figure]:
    """Memory (Linux only) beside the same process after its first page; the start beside one of Django alone."""
    mette, adviser = Visitor("mette"), Visitor("bench-adviser")
    home = f"/families/{id_of('family', 'eight_places')}/"
    mixed = (
        *((mette, path) for path in ("/", home, f"{home}fridge-plan.pdf", f"{home}consents/", "/search/?q=skole")),
        *((adviser, path) for path in ("/families/", "/account/")),
    )
    port = any_free()
    started = time.monotonic()
    with gunicorn(environment, port, workers=1) as server:
        _ask(port, mette, home)
        cold = time.monotonic() - started
        weighs = _scales(server.pid)
        at_first = weighs() if weighs else 0
        for visitor, path in islice(cycle(mixed), PAGES):
            _ask(port, visitor, path)
        if weighs:
            yield beside("P11.mb", weighs(), "MB", at_first, n=PAGES, seed=seed)
    yield beside("P11.cold_s", cold, "s", _bare_start(environment), n=1, seed=seed)


def _ask(port: int, visitor: Visitor, path: str) -> None:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": visitor.cookie, "Accept-Language": "da"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.client.OK:
        raise AssertionError(f"{path}: {answer.status}")


def _scales(master: int) -> Callable[[], float] | None:
    """Resident memory of gunicorn's one worker in MB, shared libraries included."""
    children = Path(f"/proc/{master}/task/{master}/children")
    if not children.exists():
        return None
    status = Path(f"/proc/{int(children.read_text())}/status")

    def weigh() -> float:
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    return weigh


def _bare_start(environment: Environment) -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import django.core.handlers.wsgi"], check=True, env=dict(environment))
    return time.monotonic() - started
