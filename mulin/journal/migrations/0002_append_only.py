"""From here on the database itself refuses to change or delete a line; and the installation gets its own head."""

import uuid

import mulin.journal.triggers
from django.db import migrations

INSTALLATION = uuid.UUID(int=0)


def make_head(apps, schema_editor):
    apps.get_model("journal", "Head").objects.get_or_create(key=INSTALLATION)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        mulin.journal.triggers.AppendOnly("journal_line"),
        migrations.RunPython(make_head, migrations.RunPython.noop),
    ]
