"""Who may do what with a call-up and with a unit's turnout, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.cases import rules as cases
from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import CallUp, Turnout

is_desk = cases.is_desk


# ---- The call-up ----


@rule(_("the community's desk; for a matter also its reporter and those who handle it, lead it or joined"))
def may_call(viewer: Any, callup: CallUp) -> bool:
    if not is_here(viewer, callup) or not viewer.is_person:
        return False
    if viewer.can("cases.desk"):
        return True
    case = callup.case
    if case is None:
        return not callup.subject_id and bool(viewer.can("cases.handle"))
    return (cases.takes_part | cases.is_reporter | cases.has_joined)(viewer, case)


@rule(_("whoever called the units up"))
def is_caller(viewer: Any, callup: CallUp) -> bool:
    return is_here(viewer, callup) and bool(viewer.is_person) and viewer.person_id == callup.caller_id


@rule(_("somebody else at the community's desk"))
def may_sign(viewer: Any, callup: CallUp) -> bool:
    return is_desk(viewer, callup) and not is_caller(viewer, callup)


@rule(_("the community's desk, or who called and handles such matters"))
def directs(viewer: Any, callup: CallUp) -> bool:
    return is_desk(viewer, callup) or (is_caller(viewer, callup) and bool(viewer.can("cases.handle")))


@rule(_("the unit that leads"))
def leads(viewer: Any, callup: CallUp) -> bool:
    return is_here(viewer, callup) and callup.lead_id is not None and callup.lead_id in callup.units_of(viewer)


@rule(_("a unit that has not reported in yet"))
def awaits_someone(viewer: Any, callup: CallUp) -> bool:
    return bool({"called", "lapsed"} & set(callup.states))


@rule(_("an end of every unit's part"))
def nobody_is_at_it(viewer: Any, callup: CallUp) -> bool:
    return not {"called", "reported_in", "refused", "done"} & set(callup.states)


# ---- The turnout of one unit ----


@rule(_("the unit's contact person or liaison"))
def is_unit(viewer: Any, turnout: Turnout) -> bool:
    return is_here(viewer, turnout) and turnout.organisation_id in turnout.callup.units_of(viewer)


@rule(_("who directs the call-up"))
def is_director(viewer: Any, turnout: Turnout) -> bool:
    return is_here(viewer, turnout) and directs(viewer, turnout.callup)


@rule(_("who directs the call-up, but nobody for their own unit"))
def may_appraise(viewer: Any, turnout: Turnout) -> bool:
    return is_director(viewer, turnout) and not is_unit(viewer, turnout)


@rule(_("the reporter of the matter"))
def is_reporter(viewer: Any, turnout: Turnout) -> bool:
    case = turnout.callup.case
    return case is not None and cases.is_reporter(viewer, case)


@rule(_("a call-up that runs"))
def runs(viewer: Any, turnout: Turnout) -> bool:
    return bool(turnout.callup.state == "called")


@rule(_("a first refusal: who called insists, so come or say so on the phone"))
def was_not_insisted(viewer: Any, turnout: Turnout) -> bool:
    return not turnout.insisted


@rule(_("no rating of yours yet"))
def is_unrated(viewer: Any, turnout: Turnout) -> bool:
    return turnout.resident_rating is None


@rule(_("no word of yours on the call yet"))
def is_unjudged(viewer: Any, turnout: Turnout) -> bool:
    return turnout.was_needed is None


def reads_answer(viewer: Any, turnout: Turnout) -> bool:
    """Tell whether a viewer reads what a unit answered, and not only where it stands: its own, who directs, who leads.

    The reporter reads what was done.
    """
    return (is_unit | is_director)(viewer, turnout) or leads(viewer, turnout.callup)
