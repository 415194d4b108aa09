"""The verbs of rates: counting what happened, leaving a case out, publishing how it is counted."""

from .counting import count_all, count_on
from .deciding import agree, ask, count_again, decline, define, lapse, take_back

__all__ = ["agree", "ask", "count_again", "count_all", "count_on", "decline", "define", "lapse", "take_back"]
