"""Every text has its Danish, whole and with the same blanks to fill in."""

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from familieplan.launcher import messages

APPS = sorted(path.parent for path in messages.APPS.glob("*/apps.py"))


def danish(app: Path) -> Catalog:
    path = app / "locale" / messages.LANGUAGE / "LC_MESSAGES" / "django.po"
    return messages.read(path) if path.exists() else Catalog(locale=messages.LANGUAGE)


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_text_has_its_danish(app: Path) -> None:
    known = danish(app)
    missing = [
        text.id for text in messages.extracted(app) if text.id and not is_translated(known.get(text.id, text.context))
    ]
    assert not missing, f"python3 run.py messages, then translate in {app.name}: {missing}"


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_the_danish_fills_in_the_same_blanks(app: Path) -> None:
    assert [(message.id, errors) for message, errors in danish(app).check()] == []


def test_a_text_of_two_apps_has_one_danish() -> None:
    found = defaultdict(set)
    for app in APPS:
        for message in danish(app):
            if message.id and is_translated(message):
                found[(str(message.id), message.context)].add(str(message.string))
    assert {text: dansk for text, dansk in found.items() if len(dansk) > 1} == {}
