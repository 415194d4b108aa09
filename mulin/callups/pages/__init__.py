"""Pages of call-ups: the board, a unit's own, one call-up, one turnout, figures, and panels on pages of cases."""

from .boards import all_calls, board, figures, figures_csv, news, ours, settings
from .one import callup, new, photo, turnout

__all__ = [
    "all_calls", "board", "callup", "figures", "figures_csv", "new", "news", "ours", "photo", "settings", "turnout",
]  # fmt: skip
