"""Who is told that something has changed. No table of Django's."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("plan", "0003_fridge"),
    ]
    operations = [
        run_sql_file(__file__, "live.sql"),
    ]
