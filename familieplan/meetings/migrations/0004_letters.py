"""Who is written to about a meeting, and whose calendar answers."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_live"),
        ("post", "0002_guard"),
        ("people", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "letters.sql"),
    ]
