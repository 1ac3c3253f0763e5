"""Row-level security of the accounts tables, and the functions that only administrators may use."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("access", "0002_guard"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [run_sql_file(__file__, "accounts.sql")]
