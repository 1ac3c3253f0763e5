"""Who works off the queue, who writes letters, who knows an address."""

from django.db import migrations

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("post", "0001_initial"),
        ("accounts", "0002_guard"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [run_sql_file(__file__, "post.sql")]
