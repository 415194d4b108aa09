"""Ids for everything above the journal."""

from mulin.journal.ids import numbers, uuid7

__all__ = ["numbers", "uuid7"]
