"""Pages of news: what waits to be read, which mails one wants, and the robots of group chats."""

from .own import choices, notifications, stop
from .robots import add, paths, robot, robots

__all__ = ["add", "choices", "notifications", "paths", "robot", "robots", "stop"]
