"""Pages of rates."""

from .deciding import definition, exclusion, exclusions, new_exclusion, panel
from .looking import outlook, rates, table

__all__ = ["definition", "exclusion", "exclusions", "new_exclusion", "outlook", "panel", "rates", "table"]
