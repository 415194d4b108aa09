"""Emptying a database of invented lives whole: every table goes, with the triggers that guard it, and is made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.simulation.marks import is_marked
from mulin.territory.queries import forget_communities


def empty() -> None:
    """Take everything away and set the tables up again. Raises Refused where real people may be in it."""
    if not (settings.DEMO and is_marked()):
        raise Refused("not_simulated", _("Only a demo can begin anew: here real people may be kept."))
    _drop_tables()
    shutil.rmtree(Path(settings.MEDIA_ROOT), ignore_errors=True)
    forget_communities()
    call_command("migrate", verbosity=0)


def _drop_tables() -> None:
    names = connection.introspection.table_names()
    # One table after the other would be stopped by the references between them.
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in names:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}{cascade}")
