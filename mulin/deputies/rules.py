"""Who may do what with a suggestion, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule
from mulin.people.figures import today_in

if TYPE_CHECKING:
    from .models import Suggestion


@rule(_("whoever holds the post of a deputy or commissioner here"))
def is_deputy(viewer: Any, suggestion: Suggestion) -> bool:
    return is_here(viewer, suggestion) and bool(viewer.is_person and viewer.can("deputies.suggest"))


@rule(_("the deputy who brings it"))
def is_bringer(viewer: Any, suggestion: Suggestion) -> bool:
    return is_here(viewer, suggestion) and bool(viewer.is_person) and viewer.person_id == suggestion.deputy_id


@rule(_("another deputy or commissioner"))
def is_other_deputy(viewer: Any, suggestion: Suggestion) -> bool:
    return is_deputy(viewer, suggestion) and not is_bringer(viewer, suggestion)


@rule(_("the community's desk, or the subdistrict"))
def is_router(viewer: Any, suggestion: Suggestion) -> bool:
    return is_here(viewer, suggestion) and bool(viewer.can("cases.desk") or viewer.can("cases.oversee"))


@rule(_("whoever speaks for the department"))
def speaks(viewer: Any, suggestion: Suggestion) -> bool:
    return is_here(viewer, suggestion) and suggestion.department_id in suggestion.units_of(viewer)


@rule(_("whoever speaks for a department that takes part"))
def takes_part(viewer: Any, suggestion: Suggestion) -> bool:
    if not is_here(viewer, suggestion):
        return False
    units = suggestion.units_of(viewer)
    return any(partner.organisation_id in units for partner in suggestion.partners)


@rule(_("who has not signed it yet"))
def has_not_signed(viewer: Any, suggestion: Suggestion) -> bool:
    return all(each.person_id != viewer.person_id for each in suggestion.signers)


@rule(_("who signed it with others"))
def has_signed(viewer: Any, suggestion: Suggestion) -> bool:
    return is_here(viewer, suggestion) and not has_not_signed(viewer, suggestion)


@rule(_("that it was not shown to everyone yet, nor given back before"))
def was_not_shown(viewer: Any, suggestion: Suggestion) -> bool:
    return suggestion.published_at is None and suggestion.returned_at is None


@rule(_("a first answer that is still to come in time, and no longer time given before"))
def may_be_longer(viewer: Any, suggestion: Suggestion) -> bool:
    if suggestion.answer_by is None or suggestion.extended_at is not None or suggestion.round > 1:
        return False
    return bool(suggestion.answer_by >= today_in(suggestion.community))
