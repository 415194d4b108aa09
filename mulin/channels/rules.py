"""Who may ask for an export, agree to it and fetch it; and as whom a mail acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.cases import rules as cases
from mulin.kernel.clock import System
from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Export


class PostBox(System):
    """Brings in what came by mail from someone without an account."""

    is_someone = True


POST_BOX = PostBox()
is_desk = cases.is_desk


@rule(_("whoever asked for it"))
def asked_for_it(viewer: Any, export: Export) -> bool:
    return is_here(viewer, export) and viewer.account_id is not None and viewer.account_id == export.asker


@rule(_("a second person of the desk"))
def is_another(viewer: Any, export: Export) -> bool:
    return bool(viewer.account_id != export.asker)
