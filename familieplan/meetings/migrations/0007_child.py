"""A child's part in a meeting."""

import django.db.models.deletion
from django.db import migrations, models

import familieplan.access.models
from familieplan.core.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_guard"),
        ("meetings", "0006_poll"),
        ("people", "0002_guard"),
        ("plan", "0004_message"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.UUIDField(default=familieplan.access.models.new_id, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.UUIDField(help_text="The person or staff member who wrote it.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChildPart",
            fields=[
                ("id", models.UUIDField(default=familieplan.access.models.new_id, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", models.UUIDField(help_text="The person or staff member who wrote it.")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("ten_minutes", "Come for ten minutes"),
                            ("elsewhere", "Talk to somebody you trust first"),
                            ("message", "Send a message"),
                            ("not_now", "Not this time"),
                            ("not_asked", "Has not been asked"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "met_by",
                    models.CharField(blank=True, help_text="Elsewhere: whom the child talks to.", max_length=120),
                ),
                ("place", models.CharField(blank=True, help_text="Elsewhere: where.", max_length=120)),
                ("meets_on", models.DateField(help_text="Elsewhere: when.", null=True)),
                ("done_on", models.DateField(help_text="Elsewhere: when it was.", null=True)),
                (
                    "why",
                    models.TextField(blank=True, help_text="Why the child does not take part, or has not been asked."),
                ),
            ],
        ),
        migrations.AddField(
            model_name="brought",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"),
        ),
        migrations.AddField(
            model_name="brought",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="brought", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="brought",
            name="scope",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"),
        ),
        migrations.AddField(
            model_name="brought",
            name="statement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.statement"
            ),
        ),
        migrations.AddField(
            model_name="childpart",
            name="child",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="childpart",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"),
        ),
        migrations.AddField(
            model_name="childpart",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="child_parts", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="childpart",
            name="scope",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("met_by", ""), ("way", "elsewhere"), _negated=True), name="child_meets_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("way", "not_asked"), ("why", ""), _negated=True), name="child_left_out_with_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="childpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__length__lte", 10000)), name="child_part_short_enough"
            ),
        ),
        run_sql_file(__file__, "child.sql"),
    ]
