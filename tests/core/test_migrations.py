"""Models and migrations say the same."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override


def test_no_migration_is_missing() -> None:
    with override(None):  # choices are compared in the words of the code
        written = MigrationLoader(None, ignore_no_migrations=True)
        detector = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
        missing = detector.changes(graph=written.graph)
    assert not [app for app in missing if apps.get_app_config(app).name.startswith("familieplan.")]
