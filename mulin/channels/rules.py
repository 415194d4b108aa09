"""Who may ask for an export, agree to it and fetch it; and as whom a mail acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import System
from mulin.kernel.rules import rule

if TYPE_CHECKING:
    from .models import Export


class PostBox(System):
    """Brings in what came by mail from someone without an account."""

    is_someone = True


POST_BOX = PostBox()


def _here(viewer: Any, export: Export) -> bool:
    # The clock and the system have no community and no capabilities.
    return bool(getattr(viewer, "community_id", None) == export.community_id)


@rule(_("the community's desk"))
def is_desk(viewer: Any, export: Export) -> bool:
    return _here(viewer, export) and bool(viewer.can("cases.desk"))


@rule(_("whoever asked for it"))
def asked_for_it(viewer: Any, export: Export) -> bool:
    return _here(viewer, export) and viewer.account_id is not None and viewer.account_id == export.asker


@rule(_("a second person of the desk"))
def is_another(viewer: Any, export: Export) -> bool:
    return bool(viewer.account_id != export.asker)
