"""`run.py demo` as a newcomer meets it: comes up, says who one may be, ends, leaves nothing running."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from familieplan.launcher import home, ports
from familieplan.launcher.cluster import Cluster, kept_in

pytestmark = pytest.mark.database


@pytest.fixture
def demo() -> Iterator[tuple[subprocess.Popen[str], Cluster, int]]:
    with home.throw_away_home(in_memory=True) as folder:
        (folder / "node").symlink_to(settings.HOME / "node")  # installed already
        port = ports.any_free()
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
        process = subprocess.Popen(
            [sys.executable, "-m", "familieplan.launcher", "demo", "--port", str(port)],
            cwd=home.ROOT,
            env=outside | {"FAMILIEPLAN_HOME": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        yield process, Cluster(kept_in(folder)), port
        process.kill()
        process.communicate()


def test_comes_up_and_goes(demo: tuple[subprocess.Popen[str], Cluster, int]) -> None:
    process, cluster, port = demo
    said = ""
    assert process.stdout is not None
    while "localhost" not in said:
        line = process.stdout.readline()
        assert line, f"the demo ended early: {said}"
        said += line
    assert "mette" in said
    with urllib.request.urlopen(f"http://localhost:{port}/") as answer:
        assert answer.status == 200
        live = int(
            re.findall(r"connect-src 'self' http://localhost:(\d+)", answer.headers["Content-Security-Policy"])[0]
        )
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://localhost:{live}/live/")
    assert cluster.answers()
    running = " ".join(left_running(cluster.folder.parent))
    for program in ("gunicorn", "familieplan.live", "familieplan.post.sink", "django work"):
        assert program in running

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert ports.is_free(port)
    assert ports.is_free(live)
    assert not left_running(cluster.folder.parent)
    assert not cluster.answers()


def left_running(home: Path) -> list[str]:
    """Processes that were told of this home."""
    marked = f"FAMILIEPLAN_HOME={home}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if marked in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found
