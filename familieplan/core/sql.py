"""SQL kept in files of its own, so that it can be read as what it is."""

from pathlib import Path

from django.db import migrations


def run_sql_file(beside: str, name: str) -> migrations.RunSQL:
    """A migration step that runs ``<app>/sql/<name>``; ``beside`` is the migration's ``__file__``."""
    path = Path(beside).resolve().parent.parent / "sql" / name
    return migrations.RunSQL(path.read_text(encoding="utf-8"), migrations.RunSQL.noop)
