"""Reads of news: which accounts stand behind whom, what waits for a viewer, what is due, what someone chose."""

from .accounts import (
    accounts_in,
    accounts_of_organisation,
    accounts_of_persons,
    accounts_that_can,
    accounts_that_hold,
    accounts_that_oversee,
)
from .choices import choices_of, own_choices, reachable, stop_link, stopped_by, topics_of, zone_of
from .morning import almost_up, due_lists, ending, written
from .reading import notifications, older, shown, tell_choices, tell_notifications, unread_count
from .robots import due_messages, hearing, line_about, messages_of, tell_robots

__all__ = [
    "accounts_in", "accounts_of_organisation", "accounts_of_persons", "accounts_that_can", "accounts_that_hold",
    "accounts_that_oversee", "almost_up", "choices_of", "due_lists", "due_messages", "ending", "hearing", "line_about",
    "messages_of", "notifications", "older", "own_choices", "reachable", "shown", "stop_link", "stopped_by",
    "tell_choices", "tell_notifications", "tell_robots", "topics_of", "unread_count", "written", "zone_of",
]  # fmt: skip
