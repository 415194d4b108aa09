"""The front page, a home by role, the view from above, places, tables, and the log's page."""

from .front import community_home, front, log
from .importing import (
    importing,
    importing_all,
    importing_bring,
    importing_kind,
    importing_report,
    importing_template,
)
from .overview import community_overview, overview
from .place import place

__all__ = [
    "community_home", "community_overview", "front", "importing", "importing_all", "importing_bring", "importing_kind",
    "importing_report", "importing_template", "log", "overview", "place",
]  # fmt: skip
