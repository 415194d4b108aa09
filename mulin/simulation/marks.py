"""Which databases may hold invented lives: marked ones, and only while time goes forwards."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from mulin.journal.models import INSTALLATION, Detail, Head
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused
from mulin.territory.actions import founding_head
from mulin.territory.models import Community

MARK = "simulated"


def is_marked() -> bool:
    """Tell whether this database was made for invented lives."""
    head = Head.objects.filter(key=INSTALLATION).first()
    return bool(head and head.counters.get(MARK))


def mark() -> None:
    """Mark an empty database as one of invented lives. Raises Refused where real people may be in it."""
    if is_marked():
        return
    if Community.objects.exists():
        words = _("There is a community that was not invented. Take an empty data folder: MULIN_DATA=….")
        raise Refused("not_simulated", words)
    with writing(founding_head()) as turn:
        turn.count(INSTALLATION, MARK)


def latest() -> datetime | None:
    """Return the time of the last thing that happened; invented time goes on from there, never back."""
    found: datetime | None = Detail.objects.aggregate(last=Max("at"))["last"]
    return found
