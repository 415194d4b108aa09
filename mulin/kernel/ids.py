"""Ids for everything above the journal."""

from mulin.journal.ids import uuid7

__all__ = ["uuid7"]
