"""What is stored of mediations: the matter with its two sides, and what comes to the table."""

from .mediation import Mediation, Role
from .sides import Party, Side
from .table import Agreement, Choice, FollowUp, Session

__all__ = ["Agreement", "Choice", "FollowUp", "Mediation", "Party", "Role", "Session", "Side"]
