"""Draws the sample pages to static HTML, to look at in a browser, and says what the family page costs.

`python3 run.py test` does not run this; `.venv/bin/python -m tests.ui.preview FOLDER` does."""

import os
import shutil
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

from familieplan.launcher.home import home
from familieplan.launcher.messages import compile_into

PREFIXES = ("ui/", "dkfds/", "django_htmx/")


def set_up() -> None:
    """No database is asked; the names must only be there."""
    for name in ("SECRET_KEY", "FAMILIEPLAN_ACTOR_KEY", "FAMILIEPLAN_DATA_KEY"):
        os.environ.setdefault(name, "00" * 32)
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    compile_into(home())
    django.setup()


def request(path: str) -> Any:
    from django.test import RequestFactory

    made: Any = RequestFactory().get(path)
    made.actor = SimpleNamespace(kind="person", name="Sara Holm", roles=frozenset({"parent"}))
    made.htmx = False
    return made


def family_page() -> str:
    from django.template.loader import render_to_string

    from tests.ui.sample import PAGE

    return render_to_string("plan/family.html", {"page": PAGE}, request(PAGE.base))


def copy_static(folder: Path) -> None:
    from django.contrib.staticfiles import finders

    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            prefix = getattr(storage, "prefix", "")
            name = f"{prefix}/{path}" if prefix else path
            if name.startswith(PREFIXES):
                target = folder / "static" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(storage.path(path), target)


def main(folder: Path) -> None:
    from django.utils import translation

    folder.mkdir(parents=True, exist_ok=True)
    for language in ("da", "en"):
        with translation.override(language):
            page = family_page().replace('"/static/', '"static/')
            (folder / f"family-{language}.html").write_text(page)
    copy_static(folder)
    with translation.override("da"):
        print(f"{cost():.2f} ms CPU")  # noqa: T201


def cost(rounds: int = 40, times: int = 5) -> float:
    """Milliseconds of CPU for one family page: the best of many short rounds, because machines are shared."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            family_page()
        best = min(best, time.process_time() - start)
    return best / times * 1000


if __name__ == "__main__":
    set_up()
    main(Path(sys.argv[1]))
