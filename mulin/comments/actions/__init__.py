"""All that writes comments: what their writers do, what those who keep the pages do, and cooling-offs."""

from .cooling import cool, lift, reopen
from .moderating import ask, decide, go_on, hide, keep, report, show
from .writing import add, change, erase, may_be_named, withdraw, write

__all__ = [
    "add", "ask", "change", "cool", "decide", "erase", "go_on", "hide", "keep", "lift", "may_be_named", "reopen",
    "report", "show", "withdraw", "write",
]  # fmt: skip
