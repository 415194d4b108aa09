"""References that stay within one community."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference within the community: every join also says so, and so stays on one shard (decision 0020)."""

    def get_extra_restriction(self, alias: str | None, related_alias: str) -> Any:
        theirs = self.related_model._meta.get_field("community").get_col(alias)  # type: ignore[union-attr]
        ours = self.model._meta.get_field("community").get_col(related_alias)
        return WhereNode([Exact(theirs, ours)], connector=AND)
