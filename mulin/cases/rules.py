"""Who may do what to a case, and what must hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from mulin.kernel.viewer import Viewer

    from .models import Case

REOPEN_WITHIN = timedelta(days=30)
GRID, COMMUNITY, TOP = 1, 2, 3  # levels; the top one is the subdistrict


@rule(_("anyone, and without a name where the community allows it"))
def may_report(viewer: Any, case: Case) -> bool:
    return viewer.is_someone or case.disclosure == "anonymous"


def owner(viewer: Any) -> Callable[[Any], bool]:
    """Return whether a case is this viewer's own: reported for oneself, or opened by its code."""
    holds, account = getattr(viewer, "holds", ()), getattr(viewer, "account_id", None)

    def owns(case: Any) -> bool:
        if holds and case.pk in holds:
            return True
        return account is not None and case.reporter_account == account and not case.is_behalf

    return owns


@rule(_("the reporter"))
def is_reporter(viewer: Any, case: Case) -> bool:
    return owner(viewer)(case)


@rule(_("the post in charge"))
def holds_post(viewer: Any, case: Case) -> bool:
    return is_here(viewer, case) and case.post_id is not None and case.post_id in viewer.posts


@rule(_("the community's desk"))
def is_desk(viewer: Any, case: Case) -> bool:
    return is_here(viewer, case) and viewer.can("cases.desk")


@rule(_("the subdistrict, for what came up to it"))
def is_above(viewer: Any, case: Case) -> bool:
    return is_here(viewer, case) and viewer.can("cases.oversee") and case.level >= TOP


@rule(_("whoever leads it"))
def is_leader(viewer: Any, case: Case) -> bool:
    return is_here(viewer, case) and case.leader_id is not None and case.leader_id == viewer.person_id


@rule(_("the lead of this building or entrance, or a neighbour who joined"))
def may_lead(viewer: Any, case: Case) -> bool:
    if not is_here(viewer, case) or not viewer.is_person or case.leader_id == viewer.person_id:
        return False
    places = {case.grid_id, case.building_id, case.entrance_id} - {None}
    if any(term.place_id in places and "cases.lead" in term.capabilities for term in viewer.terms):
        return True
    return case.is_public and viewer.person_id in case.persons("joined")


@rule(_("a resident of the community, on a public case"))
def may_join(viewer: Any, case: Case) -> bool:
    if not is_here(viewer, case) or not viewer.is_person or not case.is_public or in_charge(viewer, case):
        return False
    return viewer.person_id not in case.persons("joined")


@rule(_("whoever joined or leads"))
def has_joined(viewer: Any, case: Case) -> bool:
    if not is_here(viewer, case) or not viewer.is_person:
        return False
    return is_leader(viewer, case) or viewer.person_id in case.persons("joined")


@rule(_("someone signed in who has not said so yet, on a public case"))
def may_say_me_too(viewer: Any, case: Case) -> bool:
    if getattr(viewer, "person_id", None) is None or not is_here(viewer, case) or not case.is_public:
        return False  # a guest may
    return not (is_reporter | in_charge)(viewer, case) and viewer.person_id not in case.persons("me_too")


@rule(_("the desk by calling back, for a report made on someone's behalf or without a name"))
def calls_back(viewer: Any, case: Case) -> bool:
    return (case.is_behalf or case.disclosure == "anonymous") and (is_desk | is_above)(viewer, case)


@rule(_("someone other than who solved it"))
def is_not_solver(viewer: Any, case: Case) -> bool:
    return bool(case.solver) and viewer.actor != case.solver


@rule(_("a question to the reporter"))
def was_asked(viewer: Any, case: Case) -> bool:
    return case.waits_for == "reporter"


@rule(_("a level above this one"))
def has_level_above(viewer: Any, case: Case) -> bool:
    return case.level < TOP


@rule(_("within 30 days of closing"))
def is_recent(viewer: Any, case: Case) -> bool:
    return case.closed_at is None or now() - case.closed_at <= REOPEN_WITHIN


@rule(_("the reporter was told that it is solved"))
def reporter_was_told(viewer: Any, case: Case) -> bool:
    return case.told_at is not None


@rule(_("a summary for the public, where there is none yet or it should change"))
def is_publishable(viewer: Any, case: Case) -> bool:
    return case.is_public


in_charge = holds_post | is_desk | is_above
takes_part = in_charge | is_leader


def reads_whole(viewer: Any) -> Callable[[Any], bool]:
    """Return whether a case is one that this viewer reads whole: words, photos and history, not only what is public.

    The reporter, who leads it, the post in charge and the desk do; those above only what came up to them. What depends
    on the viewer alone is decided here once, since a list asks of every row. `CaseQuerySet.readable_to` says the same
    to the database.
    """
    owns, trusted = owner(viewer), entrusted(viewer)
    return lambda case: trusted(case) or owns(case)


def entrusted(viewer: Any) -> Callable[[Any], bool]:
    """Return whether a case is one that this viewer reads whole though it is not the viewer's own."""
    community, person = getattr(viewer, "community_id", None), getattr(viewer, "person_id", None)
    posts = viewer.posts if community else frozenset()
    everything = bool(community) and viewer.can("cases.desk")
    above = bool(community) and viewer.can("cases.oversee")
    here = (community,)  # `in` sees first whether it is the very same, which in a list it always is

    def trusted(case: Any) -> bool:
        if case.community_id not in here:
            return False
        if everything or (posts and case.post_id in posts) or (above and case.level >= TOP):
            return True
        return person is not None and case.leader_id == person

    return trusted


def sees_everything(viewer: Viewer, case: Case) -> bool:
    """Tell whether a viewer reads the words, photos and history, and not only what the public sees."""
    return reads_whole(viewer)(case)
