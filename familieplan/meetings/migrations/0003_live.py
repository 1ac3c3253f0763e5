"""What open boards hear of."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_guard"),
        ("live", "0001_live"),
    ]
    operations = [
        run_sql_file(__file__, "live.sql"),
    ]
