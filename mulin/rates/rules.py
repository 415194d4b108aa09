"""Who may leave a case out of the rates, and who may agree to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Exclusion


@rule(_("the community's desk, or those above it"))
def answers_for_rates(viewer: Any, exclusion: Exclusion) -> bool:
    return is_here(viewer, exclusion) and (viewer.can("cases.desk") or viewer.can("cases.oversee"))


@rule(_("whoever asked for it"))
def asked_for_it(viewer: Any, exclusion: Exclusion) -> bool:
    return answers_for_rates(viewer, exclusion) and viewer.actor == exclusion.asked_by


@rule(_("a second person, who neither asked for it nor solved the case"))
def is_another(viewer: Any, exclusion: Exclusion) -> bool:
    return viewer.actor not in (exclusion.asked_by, exclusion.case.solver)
