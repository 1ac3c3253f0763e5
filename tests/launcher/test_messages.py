"""Texts are found in code and templates, keep their translation, and are compiled into one file."""

import gettext
from pathlib import Path

import pytest

from familieplan.launcher import messages

CODE = 'from django.utils.translation import gettext_lazy as _\nTITLE = _("Our hopes")\n'
TEMPLATE = "{% trans count=goals %}One goal{% pluralize %}{{ count }} goals{% endtrans %}{{ _('Our week') }}"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "plan"
    (folder / "jinja2" / "plan").mkdir(parents=True)
    (folder / "apps.py").write_text(CODE)
    (folder / "jinja2" / "plan" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(messages, "APPS", tmp_path)
    return folder


def test_finds_the_texts_of_code_and_templates(app: Path) -> None:
    found = {message.id for message in messages.extracted(app) if message.id}
    assert found == {"Our hopes", "Our week", ("One goal", "%(count)s goals")}


def test_keeps_what_is_translated_and_writes_nothing_twice(app: Path) -> None:
    (path,) = messages.update_all()
    path.write_text(path.read_text().replace('msgid "Our week"\nmsgstr ""', 'msgid "Our week"\nmsgstr "Vores uge"'))
    (app / "apps.py").write_text("")
    assert messages.update_all() == [path]
    assert messages.update_all() == []
    assert "Vores uge" in path.read_text()
    assert "Our hopes" not in path.read_text()


def test_compiles_all_apps_into_one_file(app: Path, tmp_path: Path) -> None:
    (path,) = messages.update_all()
    path.write_text(path.read_text().replace('msgid "Our hopes"\nmsgstr ""', 'msgid "Our hopes"\nmsgstr "Vores håb"'))
    messages.compile_into(tmp_path / "home")
    danish = gettext.translation("django", tmp_path / "home" / "locale", ["da"])
    assert danish.gettext("Our hopes") == "Vores håb"
    assert danish.gettext("Our week") == "Our week"
