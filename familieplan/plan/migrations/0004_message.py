"""Words that are brought to a meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0003_fridge"),
    ]

    operations = [
        migrations.AlterField(
            model_name="statement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("worry", "What worries us"),
                    ("strength", "What works"),
                    ("wish", "What we want to see happen"),
                    ("hope", "Hopes and dreams"),
                    ("burning", "What is burning today"),
                    ("status", "How I am"),
                    ("idea", "What we think it is for"),
                    ("scale", "Where we are, from 0 to 10"),
                    ("comment", "Between the meetings"),
                    ("message", "A message to a meeting"),
                ],
                max_length=10,
            ),
        ),
    ]
