"""When people are busy, from their own calendars."""

from django.db import migrations, models

from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_letters"),
    ]
    operations = [
        migrations.CreateModel(
            name="OwnCalendar",
            fields=[
                ("holder", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "sealed",
                    models.BinaryField(help_text="The address, encrypted; null: a file was given, once.", null=True),
                ),
                ("kept_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "failed",
                    models.BooleanField(default=False, help_text="The last time we looked, it could not be read."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Busy",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("holder", models.UUIDField(db_index=True)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
            ],
        ),
        run_sql_file(__file__, "busy.sql"),
    ]
