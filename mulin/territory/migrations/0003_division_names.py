"""Divisions are found by how their names begin; a code ends after it starts."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ("territory", "0002_dwellings_and_spots"),
    ]

    operations = [
        migrations.AlterField(
            model_name="division",
            name="name",
            field=models.CharField(db_index=True, max_length=80),
        ),
        migrations.AddConstraint(
            model_name="divisioncode",
            constraint=models.CheckConstraint(
                condition=Q(("ends_on__isnull", True), ("ends_on__gt", F("starts_on")), _connector="OR"),
                name="division_code_days",
            ),
        ),
    ]
