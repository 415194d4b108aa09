"""Photos that belong to something."""

import django.db.models.deletion
import mulin.journal.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("territory", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mulin.journal.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ref_kind", models.CharField(max_length=64)),
                ("ref_id", models.UUIDField()),
                ("kind", models.CharField(default="photo", max_length=16)),
                ("stage", models.CharField(blank=True, max_length=32)),
                ("path", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("bytes", models.PositiveIntegerField()),
                ("added_by", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.community"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "ref_id"], name="attachment_owner")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "path"), name="attachment_path")
                ],
            },
        ),
    ]
