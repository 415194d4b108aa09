"""The table of memberships, brought in with a report by row."""

from .affiliations import Affiliations

IMPORTERS = (Affiliations(),)

__all__ = ["IMPORTERS", "Affiliations"]
