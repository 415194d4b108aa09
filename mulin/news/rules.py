"""Who looks after the group chats that hear of news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Robot


@rule(_("the desk, and whoever keeps the community's records"))
def keeps(viewer: Any, robot: Robot) -> bool:
    return is_here(viewer, robot) and bool(viewer.can("people.keep") or viewer.can("cases.desk"))
