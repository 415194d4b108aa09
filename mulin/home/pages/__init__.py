"""The front page, a community's home by role, notifications, and the log's page."""

from .front import community_home, front, log, notifications

__all__ = ["community_home", "front", "log", "notifications"]
