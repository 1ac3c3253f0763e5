"""The log and its chain."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("access", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "log.sql"),
    ]
