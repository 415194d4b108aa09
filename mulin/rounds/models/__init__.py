"""Routes with their stops, rounds with what was seen, maintenance plans with what was done."""

from .routes import Route, Stop, kind_of, kind_word
from .upkeep import Service, Upkeep
from .walking import Look, Round

__all__ = ["Look", "Round", "Route", "Service", "Stop", "Upkeep", "kind_of", "kind_word"]
