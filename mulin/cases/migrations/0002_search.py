"""Cases are found by their words."""

from django.db import migrations

import mulin.text.operations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [mulin.text.operations.AddSearch("cases_case", "search")]
