"""Pages of suggestions: the public board, what waits for whom, one suggestion, figures, and panels elsewhere."""

from .boards import board, figures, figures_csv, mine, table
from .one import new, suggestion

__all__ = ["board", "figures", "figures_csv", "mine", "new", "suggestion", "table"]
