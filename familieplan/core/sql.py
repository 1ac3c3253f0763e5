"""SQL kept in files of its own, so that it can be read as what it is."""

from pathlib import Path

from django.db import migrations


def run_sql_file(beside: str, name: str) -> migrations.RunSQL:
    """A migration step that runs ``<app>/sql/<name>``; ``beside`` is the migration's ``__file__``."""
    return migrations.RunSQL(sql_file(Path(beside).resolve().parent, name), migrations.RunSQL.noop)


def sql_file(beside: Path | str, name: str) -> str:
    """``<app>/sql/<name>``; ``beside`` is a file, or folder, of the app's first level."""
    return (Path(beside).resolve().parent / "sql" / name).read_text(encoding="utf-8")
