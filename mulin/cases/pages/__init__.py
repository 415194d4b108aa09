"""The pages of cases: report, read, list. Each checks nothing itself: the querysets and the flow do."""

from .keeping import waiting_photo
from .lists import index, mine, points
from .reading import agree, beside, contact, detail, follow, move, photo
from .reporting import report, sent
from .working import news, queue

__all__ = [
    "agree", "beside", "contact", "detail", "follow", "index", "mine", "move", "news", "photo", "points", "queue",
    "report", "sent", "waiting_photo",
]  # fmt: skip
