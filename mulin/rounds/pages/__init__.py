"""Pages of rounds, routes and maintenance."""

from .routes import draw, route, routes
from .upkeep import board, photo, plan, upkeep
from .walking import answer, round, stop, today

__all__ = ["answer", "board", "draw", "photo", "plan", "round", "route", "routes", "stop", "today", "upkeep"]
