"""The rules that grants come from, and the doors of consent."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        ("people", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "rules.sql"),
        run_sql_file(__file__, "doors.sql"),
        run_sql_file(__file__, "follow.sql"),
    ]
