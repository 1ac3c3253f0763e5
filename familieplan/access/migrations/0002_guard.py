"""The actor, the keys and the doors of access."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]
    operations = [
        run_sql_file(__file__, "actor.sql"),
        run_sql_file(__file__, "clock.sql"),
        run_sql_file(__file__, "keys.sql"),
    ]
