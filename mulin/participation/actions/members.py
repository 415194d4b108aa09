"""The moves of a membership, and whether an organisation is asked first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community

from ..figures import PLACED_KINDS, SENSITIVE_KINDS
from ..flow import AFFILIATION, OPEN_AFFILIATIONS, AffiliationState
from ..models import Admission, Affiliation


def asks_first(organisation: Organisation) -> bool:
    """Tell whether an organisation is asked before somebody counts as its member; a branch of the Party is."""
    row = Admission.objects.filter(community_id=organisation.community_id, organisation=organisation).first()
    return row.asks if row else organisation.kind in SENSITIVE_KINDS


def set_admission(organisation: Organisation, *, by: Any, asks: bool) -> Admission:
    """Say whether the contact person is asked before somebody counts as a member."""
    is_contact = organisation.contact_id is not None and by.actor == f"person:{organisation.contact_id}"
    if not is_contact and not (by.can("people.keep") and by.community_id == organisation.community_id):
        raise Refused("not_its_contact", _("Who can do this: the organisation's contact person."), 403)
    with writing(organisation.community_id):
        row, _made = Admission.objects.update_or_create(
            community_id=organisation.community_id, organisation=organisation, defaults={"asks": asks}
        )
        change(row, by=by, kind="participation.admission", verb="set", details={"asks": asks})
    return row


def declare(
    *, by: Any, community: Community, organisation: Organisation | None = None, kind: str = "",
    once: Once | None = None,
) -> Affiliation:  # fmt: skip
    """Say that one is a member; without knowing where, a branch is looked for."""
    if organisation is None and kind not in PLACED_KINDS:
        raise Refused("no_organisation", _("Choose the organisation that you belong to."), 422)
    draft = Affiliation(
        community=community, person_id=by.person_id, kind=organisation.kind if organisation else kind,
        organisation=organisation, starts_on=today_in(community),
    )  # fmt: skip
    draft.state = _starts_as(organisation)
    return begin(draft, by=by, verb="declare", once=once, prepare=_only_once)


def _starts_as(organisation: Organisation | None) -> str:
    if organisation is None:
        return AffiliationState.DECLARED
    if organisation.state != "registered":
        raise Refused("not_registered", _("This organisation takes no members now. Choose another one."))
    return AffiliationState.DECLARED if asks_first(organisation) else AffiliationState.ACTIVE


def _only_once(turn: Any, affiliation: Affiliation) -> None:
    mine = Affiliation.objects.filter(
        community_id=affiliation.community_id, person_id=affiliation.person_id, state__in=OPEN_AFFILIATIONS
    ).exclude(pk=affiliation.pk)
    if affiliation.organisation_id and mine.filter(organisation_id=affiliation.organisation_id).exists():
        raise Refused("member_already", _("You said so already. It stands under your memberships."))
    if affiliation.kind in SENSITIVE_KINDS and mine.filter(kind=affiliation.kind).exists():
        raise Refused("one_branch", _("One belongs to one branch. Open your membership and move to the other one."))


@moves(AFFILIATION)
def approve(affiliation: Affiliation, *, by: Any) -> None:
    """Say that the person is a member."""


@moves(AFFILIATION)
def decline(affiliation: Affiliation, *, by: Any) -> None:
    """Say that the person is no member here; who looks for a branch goes on looking with the community's help."""
    _release(affiliation)


@moves(AFFILIATION)
def unanswered(affiliation: Affiliation, *, by: Any) -> None:
    """End the waiting for an organisation that did not answer."""
    _release(affiliation)


@moves(AFFILIATION)
def unplace(affiliation: Affiliation, *, by: Any) -> None:
    """Release a member of an organisation that ends; who needs a branch is looked after."""
    _release(affiliation)


def _release(affiliation: Affiliation) -> None:
    if affiliation.kind in PLACED_KINDS:
        affiliation.state, affiliation.organisation = AffiliationState.DECLARED, None
    else:
        affiliation.state, affiliation.ends_on = AffiliationState.ENDED, today_in(affiliation.community)


@moves(AFFILIATION)
def place(affiliation: Affiliation, *, by: Any, organisation: Organisation) -> dict[str, Any]:
    """Choose the branch for somebody who has none yet."""
    if organisation.kind != affiliation.kind or organisation.community_id != affiliation.community_id:
        raise Refused("other_kind", _("Choose an organisation of the same kind."), 422)
    affiliation.organisation = organisation
    affiliation.state = _starts_as(organisation)
    return {"organisation": str(organisation.pk)}


@moves(AFFILIATION, "transfer")
def _close(affiliation: Affiliation, *, by: Any, organisation: Organisation | None, elsewhere: str) -> None:
    affiliation.ends_on = today_in(affiliation.community)
    affiliation.elsewhere = "" if organisation else elsewhere.strip()


def transfer(
    affiliation: Affiliation, *, by: Any, organisation: Organisation | None = None, elsewhere: str = "",
    version: int | None = None, once: Once | None = None,
) -> Affiliation:  # fmt: skip
    """Move to another organisation here, which keeps the line, or to one elsewhere, which is only noted."""
    if organisation is None and not elsewhere.strip():
        raise Refused("where_to", _("Choose the other organisation, or write where you are going."), 422)
    if organisation and (organisation.kind != affiliation.kind or organisation.pk == affiliation.organisation_id):
        raise Refused("other_kind", _("Choose another organisation of the same kind."), 422)
    # The old one is closed and saved before the new one opens: the database lets nobody be in two branches.
    with writing(affiliation.community_id):
        closed: Affiliation = _close(
            affiliation, by=by, version=version, once=once, organisation=organisation, elsewhere=elsewhere
        )
        if organisation and not closed.is_repeat:
            draft = Affiliation(
                community=closed.community, person_id=closed.person_id, kind=closed.kind, organisation=organisation,
                previous=closed, starts_on=today_in(closed.community),
            )  # fmt: skip
            draft.state = _starts_as(organisation)
            begin(draft, by=by, verb="declare", prepare=_only_once)
    return closed


@moves(AFFILIATION)
def quit(affiliation: Affiliation, *, by: Any) -> None:
    """End the membership."""
    affiliation.ends_on = max(affiliation.starts_on, today_in(affiliation.community))
