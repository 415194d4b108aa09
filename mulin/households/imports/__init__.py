"""Tables of households and of owners, brought in with a report by row."""

from .homes import Households
from .owners import Ownerships

IMPORTERS = (Households(), Ownerships())

__all__ = ["IMPORTERS", "Households", "Ownerships"]
