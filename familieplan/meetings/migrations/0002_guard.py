"""Who reads and writes meetings."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("plan", "0003_fridge"),
        ("consent", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "doors.sql"),
    ]
