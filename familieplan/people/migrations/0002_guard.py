"""Who reads and writes people."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("access", "0002_guard"),
        ("audit", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "doors.sql"),
    ]
