"""References that stay within one community."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode
from django.utils.translation import gettext as _

from .refusals import Refused


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference within the community: every join also says so, and so stays on one shard (decision 0021)."""

    def get_extra_restriction(self, alias: Any, related_alias: str) -> Any:
        field: Any = self.related_model._meta.get_field("community")
        theirs = field.get_col(alias)
        mine: Any = self.model._meta.get_field("community")
        same: Any = Exact(theirs, mine.get_col(related_alias))
        return WhereNode([same], connector=AND)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Give the id to write. Raises Refused for a row of another community (law 5)."""
        value = super().pre_save(model_instance, add)
        if value is not None and not self._is_within(model_instance, value, add):
            raise Refused("other_community", _("This belongs to another community."))
        return value

    def _is_within(self, row: Any, value: Any, add: bool) -> bool:
        if self.is_cached(row):
            return bool(getattr(row, self.name).community_id == row.community_id)
        # What was read stays as it is; ids of nouns are asked by the engine, all at once before the save.
        if not add or hasattr(row, "flow"):
            return True
        return self.related_model._default_manager.filter(pk=value, community_id=row.community_id).exists()
