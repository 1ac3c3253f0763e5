"""What an early course may hold, and how it begins and ends."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_guard"),
        ("meetings", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "doors.sql"),
    ]
