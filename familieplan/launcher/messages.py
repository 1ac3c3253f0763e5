"""Translations: every app keeps its own django.po; they are extracted and compiled with Babel, never with gettext."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from familieplan.launcher.home import ROOT

LANGUAGE = "da"  # English needs none: it is what the code says
APPS = ROOT / "familieplan"
METHODS = [("**/jinja2/**.*", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/jinja2/**.*": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
# No dates and no names: a diff of a translation shows texts only.
HEADER = rb"""msgid ""
msgstr ""
"Language: da\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
LAZY = {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogs() -> list[Path]:
    return sorted(APPS.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po"))


def compile_into(folder: Path) -> None:
    """All apps' texts as one django.mo, made anew only when a text has changed."""
    target = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"
    sources = catalogs()
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    if target.exists() and target.stat().st_mtime > newest:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, together(sources))


def together(sources: list[Path]) -> Catalog:
    """One catalog of many. A text that two apps use has one translation: the last, and a test holds them equal."""
    whole = Catalog(locale=LANGUAGE, charset="utf-8")
    for path in sources:
        for message in read(path):
            if message.id and message.string and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    return whole


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def update_all() -> list[Path]:
    """Bring every app's django.po up to what its code says now; what is translated stays translated."""
    changed = []
    for app in sorted(path for path in APPS.iterdir() if (path / "apps.py").exists()):
        found = extracted(app)
        path = app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        if not len(found) and not path.exists():
            continue
        if update(path, found):
            changed.append(path)
    return changed


def extracted(app: Path) -> Catalog:
    catalog = Catalog(locale=LANGUAGE, project="familieplan", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        app,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=DEFAULT_KEYWORDS | LAZY,
        comment_tags=["Translators:"],
    )
    for name, _line, message, comments, context in found:
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def update(path: Path, found: Catalog) -> bool:
    """True when the file is another than before."""
    catalog = read(path) if path.exists() else Catalog(locale=LANGUAGE, charset="utf-8")
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    text = io.BytesIO()
    write_po(text, catalog, width=110, include_lineno=False, sort_output=True, omit_header=True)
    path.write_bytes(HEADER + text.getvalue())
    return path.read_bytes() != before
