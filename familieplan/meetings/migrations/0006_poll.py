"""Which times suit whom, where calendars are unknown."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import familieplan.access.models
from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_guard"),
        ("meetings", "0005_busy"),
        ("people", "0002_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.UUIDField(default=familieplan.access.models.new_id, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.UUIDField(help_text="The person or staff member who wrote it.")),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(),
                        help_text="In order of time; answers are in the same order.",
                        size=None,
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(help_text="How long the meeting was to be when it was asked."),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(help_text="When those who are late were reminded: once.", null=True),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("set_to", models.DateTimeField(help_text="The time that was found.", null=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="polls", to="meetings.meeting"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PollAnswer",
            fields=[
                ("id", models.UUIDField(default=familieplan.access.models.new_id, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.UUIDField(help_text="The person or staff member who wrote it.")),
                ("holder", models.UUIDField(help_text="Whose answer it is: a person or staff member at the table.")),
                (
                    "says",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            blank=True,
                            choices=[("can", "Suits me"), ("if_need_be", "If need be"), ("cannot", "I cannot")],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="meetings.poll"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("meeting",), name="poll_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__len__gte", 3), ("times__len__lte", 5)), name="poll_of_a_few_times"
            ),
        ),
        run_sql_file(__file__, "poll.sql"),
    ]
