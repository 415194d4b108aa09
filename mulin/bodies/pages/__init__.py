"""Pages of bodies: all of them, one with its seats and rules, its mandates, tables, and a panel elsewhere."""

from .boards import bodies, new, seats
from .one import body, mandate, mandate_new

__all__ = ["bodies", "body", "mandate", "mandate_new", "new", "seats"]
