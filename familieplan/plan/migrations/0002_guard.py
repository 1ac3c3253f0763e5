"""Who reads and writes the plan."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0001_initial"),
        ("consent", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "doors.sql"),
    ]
