"""Who coordinates a family, and figures for leaders."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_guard"),
        ("plan", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "doors.sql"),
    ]
