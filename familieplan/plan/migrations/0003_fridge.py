"""What each reader has chosen for the fridge; phone numbers are numbers."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0002_guard"),
    ]
    operations = [
        run_sql_file(__file__, "fridge.sql"),
    ]
