"""Bodies with their seats and their rules now and before; mandates with their matters and what was decided."""

from .body import Body, BodyQuerySet, Seat
from .mandate import Mandate, Matter, Use
from .rules import OldRules, RulesOfMeeting

__all__ = ["Body", "BodyQuerySet", "Mandate", "Matter", "OldRules", "RulesOfMeeting", "Seat", "Use"]
