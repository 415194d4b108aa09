"""Who may do what with an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.cases import rules as cases
from mulin.kernel.clock import now
from mulin.kernel.rules import is_here, rule

from .figures import DISCUSSED

if TYPE_CHECKING:
    from .models import Incident

is_desk = cases.is_desk


@rule(_("anyone with an account here"))
def is_someone(viewer: Any, incident: Incident) -> bool:
    return is_here(viewer, incident) and bool(viewer.account_id)


@rule(_("who does not follow it yet"))
def follows_not(viewer: Any, incident: Incident) -> bool:
    return not incident.is_followed_by(viewer)


@rule(_("who follows it"))
def follows(viewer: Any, incident: Incident) -> bool:
    return incident.is_followed_by(viewer)


@rule(_("all of its cases are solved or closed, or were taken out"))
def parts_are_done(viewer: Any, incident: Incident) -> bool:
    return not incident.open_parts


@rule(_("a case that belongs to it"))
def has_parts(viewer: Any, incident: Incident) -> bool:
    return bool(incident.parts)


def may_be_discussed(incident: Incident) -> bool:
    """Tell whether people may say something on it: while it lasts, and two weeks after."""
    return incident.ended_at is None or now() - incident.ended_at < DISCUSSED
