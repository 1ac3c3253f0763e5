"""Draws the sample pages to static HTML, to look at: `python -m tests.ui.preview FOLDER`."""

import shutil
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import os

for name in ("SECRET_KEY", "FAMILIEPLAN_ACTOR_KEY", "FAMILIEPLAN_DATA_KEY"):
    os.environ.setdefault(name, "00" * 32)
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DEBUG"] = os.environ.get("DEBUG", "1")

import django

django.setup()

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from familieplan.launcher.messages import compile_into
from tests.ui import sample


def request(path: str, **more: Any) -> Any:
    made = RequestFactory().get(path)
    made.actor = SimpleNamespace(kind="person", name="Sara Holm", roles=frozenset({"parent"}))
    made.htmx = False
    return made


class Said(forms.Form):
    text = forms.CharField(label="Hvad fylder?", help_text="Med dine egne ord. Kort er fint.", widget=forms.Textarea)
    about = forms.MultipleChoiceField(label="Hvem handler det om?", choices=[("1", "Sara"), ("2", "Freja"), ("3", "Emil")], widget=forms.CheckboxSelectMultiple)
    seen = forms.ChoiceField(label="Hvem må se det?", choices=[("1", "Dem, der må se skole"), ("2", "Kun mig")], widget=forms.RadioSelect)
    day = forms.DateField(label="Hvornår?", required=False, widget=forms.DateInput)
    where = forms.ChoiceField(label="Hvor?", required=False, choices=[("", "Vælg"), ("1", "Skolen"), ("2", "Hjemme")])
    told = forms.BooleanField(label="Familien ved, at det står her", required=False)


def pages() -> dict[str, str]:
    page = sample.PAGE
    req = request(page.base)
    form = Said({"text": "", "about": ["1"], "seen": "1"})
    edit = {"title": "Sig, hvad der fylder", "form": form, "action": page.base, "cancel": page.base, "target": "new", "base": page.base, "drawer": 7, "draft": "x", "big": True,
            "draft_note": "Vi har gemt det, du skrev i går kl. 14.32."}
    return {
        "family": render_to_string("plan/family.html", {"page": page}, req),
        "edit": render_to_string("plan/edit.html", edit, req),
        "who": render_to_string("plan/who.html", {"drawer": sample.DRAWER}, req),
        "error": render_to_string("ui/error.html", {"title": "Her er ikke noget til dig", "text": "Adressen kan være stavet forkert."}, req),
        "principles": render_to_string("ui/principles.html", {}, req),
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    compile_into(settings.HOME)
    for language in ("da", "en"):
        with translation.override(language):
            for name, html in pages().items():
                (folder / f"{name}-{language}.html").write_text(html.replace('"/static/', '"static/'))
    for prefix in ("ui", "dkfds", "django_htmx"):
        for finder in finders.get_finders():
            for path, storage in finder.list([]):
                prefixed = getattr(storage, "prefix", "")
                full = f"{prefixed}/{path}" if prefixed else path
                if full.startswith(prefix + "/") and not (folder / "static" / full).exists() or full.startswith("ui/"):
                    (folder / "static" / full).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(storage.path(path), folder / "static" / full)
    measure()


def measure(times: int = 300) -> None:
    req = request(sample.PAGE.base)
    with translation.override("da"):
        start = time.process_time()
        for _ in range(times):
            render_to_string("plan/family.html", {"page": sample.PAGE}, req)
        print(f"family page: {(time.process_time() - start) / times * 1000:.2f} ms CPU")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
