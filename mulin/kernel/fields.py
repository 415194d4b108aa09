"""References that stay within one community."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference within the community: every join also says so, and so stays on one shard (decision 0021)."""

    def get_extra_restriction(self, alias: Any, related_alias: str) -> Any:
        field: Any = self.related_model._meta.get_field("community")
        theirs = field.get_col(alias)
        mine: Any = self.model._meta.get_field("community")
        same: Any = Exact(theirs, mine.get_col(related_alias))
        return WhereNode([same], connector=AND)
