"""The product as in service – PostgreSQL that keeps what it has promised, gunicorn – to be killed and started again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from familieplan.launcher import environment, home, ports
from familieplan.launcher.cluster import Cluster, kept_in
from familieplan.launcher.environment import Environment, for_django
from familieplan.launcher.trouble import Trouble

# Begins the Holm family's next meeting and says where one writes: of everybody in the demo, done as they do it.
BEGINS = """
from familieplan.demo.municipality import STAFF, id_of
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.meetings import actions
from familieplan.meetings.models import AgendaItem, Meeting
from familieplan.meetings.reading import still_untold
family, by = id_of("family", "eight_places"), STAFF["mette"].actor
with acting_as(by):
    log.open_family(family, "meeting")
    meeting = Meeting.objects.get(stage="called")
    for person in {one.person for one in still_untold(meeting.pk)}:
        actions.knows(meeting=meeting, person=person, about=[], how="waived", by=by)
    actions.go_on(meeting=meeting, to="running", by=by)
    topic = AgendaItem.objects.filter(meeting=meeting).order_by("order").first().topic_id
print(family, meeting.pk, topic)
"""


@dataclass
class Standing:
    """What runs, and how to end it without warning."""

    environment: Environment
    cluster: Cluster
    port: int = field(default_factory=ports.any_free)
    web: subprocess.Popen[bytes] | None = None
    database: subprocess.Popen[bytes] | None = None

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    def serve(self) -> None:
        weak = {name: value for name, value in self.environment.items() if name != "DATABASE_OWNER_URL"}
        command = [sys.executable, "-m", "gunicorn", "familieplan.wsgi", "--bind", f"{ports.ADDRESS}:{self.port}"]
        more = ["--workers", "2", "--log-level", "critical"]
        self.web = subprocess.Popen([*command, *more], env=for_django(weak), cwd=home.ROOT, start_new_session=True)

    def begin(self) -> tuple[str, str, str]:
        """Family, meeting, topic."""
        command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", BEGINS]
        said = subprocess.run(command, env=for_django(self.environment), capture_output=True, text=True, check=True)
        family, meeting, topic = said.stdout.split()
        return family, meeting, topic

    # --- without warning ---
    def kill_worker(self) -> None:
        """One of the web processes; its master starts another."""
        assert self.web is not None
        for pid in children_of(self.web.pid)[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_web(self) -> None:
        assert self.web is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()
        self.serve()

    def kill_database(self) -> None:
        pid = int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGKILL)
        if self.database is not None:
            self.database.wait()
        deadline = time.monotonic() + 60
        while True:  # what it left behind in memory is let go of a moment later
            try:
                self.database = self.cluster._start()
                return
            except Trouble:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def end(self) -> None:
        if self.web is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
        if self.database is not None:
            self.database.send_signal(signal.SIGQUIT)
            self.database.wait()


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextlib.contextmanager
def standing() -> Iterator[Standing]:
    """The demo municipality, in a home of its own."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    with home.throw_away_home(in_memory=True) as folder:
        (folder / "node").symlink_to(settings.HOME / "node")
        with environment.own_cluster(folder) as found:
            own = outside | {name: found[name] for name in found if name not in outside or name.startswith("DATABASE_")}
            own |= {"FAMILIEPLAN_HOME": str(folder), "FAMILIEPLAN_DEMO": "1"}
            for command in ("prepare_database", "demo_load"):
                environment.manage(own, command)
            made = Standing(own, Cluster(kept_in(folder)))
            made.serve()
            try:
                yield made
            finally:
                made.end()
