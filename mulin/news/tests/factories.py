"""What somebody was told, for the tests of whoever tells."""

from mulin.kernel.worker import read_on
from mulin.news.models import Notification


def heard(viewer, kind):
    """Let the readers read on, and list the verbs of which somebody was told about such nouns."""
    while read_on():
        pass
    rows = Notification.objects.filter(account=viewer.account_id, kind__startswith=kind)
    return list(rows.values_list("verb", flat=True))
