"""Who may do what in a mediation, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.rules import is_here, rule

from .figures import MOST_RESTS

if TYPE_CHECKING:
    from .models import Mediation


def _here(viewer: Any, mediation: Mediation) -> bool:
    return is_here(viewer, mediation) and bool(viewer.is_person)


def side_of(viewer: Any, mediation: Mediation) -> int:
    """Return the side for which a viewer speaks; 0 for none."""
    role = mediation.role_of(viewer) if _here(viewer, mediation) else None
    return role.side if role and role.speaks else 0


@rule(_("a resident or organisation of this community, or its desk"))
def may_ask(viewer: Any, mediation: Mediation) -> bool:
    return _here(viewer, mediation)


@rule(_("whoever speaks for a side"))
def speaks(viewer: Any, mediation: Mediation) -> bool:
    return bool(side_of(viewer, mediation))


@rule(_("a party that does not speak for its side"))
def is_further(viewer: Any, mediation: Mediation) -> bool:
    role = mediation.role_of(viewer) if _here(viewer, mediation) else None
    return bool(role and role.side and not role.speaks)


@rule(_("the mediator whom both sides chose"))
def is_mediator(viewer: Any, mediation: Mediation) -> bool:
    return _here(viewer, mediation) and viewer.person_id == mediation.mediator_id


@rule(_("whoever asked for it"))
def is_asker(viewer: Any, mediation: Mediation) -> bool:
    if mediation.by_community:
        return _here(viewer, mediation) and bool(viewer.can("cases.desk"))
    return side_of(viewer, mediation) == 1


@rule(_("the side that asked for the pause"))
def asked_pause(viewer: Any, mediation: Mediation) -> bool:
    return mediation.rest_side != 0 and side_of(viewer, mediation) == mediation.rest_side


@rule(_("an answer of your side that is still open"))
def has_not_answered(viewer: Any, mediation: Mediation) -> bool:
    return mediation.side(side_of(viewer, mediation)).agreed_at is None


@rule(_("a mediator proposed by the other side"))
def is_proposed(viewer: Any, mediation: Mediation) -> bool:
    return mediation.candidate_id is not None and mediation.candidate_side != side_of(viewer, mediation)


@rule(_("no session planned yet"))
def has_no_plan(viewer: Any, mediation: Mediation) -> bool:
    return mediation.planned is None


@rule(_("a session that is planned"))
def has_plan(viewer: Any, mediation: Mediation) -> bool:
    return mediation.planned is not None


@rule(_("a session that was held"))
def has_met(viewer: Any, mediation: Mediation) -> bool:
    return any(session.held_at for session in mediation.sessions)


@rule(_("a text that your side has not confirmed yet"))
def has_not_confirmed(viewer: Any, mediation: Mediation) -> bool:
    text = mediation.agreement
    return text is not None and text.confirmed(side_of(viewer, mediation)) is None


@rule(_("fewer pauses than four so far"))
def may_rest(viewer: Any, mediation: Mediation) -> bool:
    return mediation.rests < MOST_RESTS


@rule(_("a follow-up day that has come"))
def is_due(viewer: Any, mediation: Mediation) -> bool:
    found, zone = mediation.next_follow_up, mediation.community.zone_info
    return found is not None and found.on <= now().astimezone(zone).date()


@rule(_("not shown to the desk yet"))
def is_hidden(viewer: Any, mediation: Mediation) -> bool:
    return not mediation.by_community and not mediation.side(side_of(viewer, mediation)).shows_desk


@rule(_("shown to the desk"))
def is_shown(viewer: Any, mediation: Mediation) -> bool:
    return mediation.side(side_of(viewer, mediation)).shows_desk
