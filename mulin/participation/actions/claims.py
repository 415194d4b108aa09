"""The moves of a claim: what somebody takes on, begins, keeps, hands on or back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.figures import is_under_age, today_in
from mulin.people.models import Organisation, Person
from mulin.territory.models import Community

from ..figures import BEGIN_DAYS
from ..flow import CLAIM, OPEN_CLAIMS, ClaimState
from ..models import Claim, ClaimParty

TERM = 180  # days, where nothing else was said


def offer(
    *, by: Any, community: Community, title: str, duties: str = "", place: Any = None, subject: Any = None,
    begin_days: int | None = None, term_days: int | str | None = None, once: Once | None = None,
) -> Claim:  # fmt: skip
    """Look for someone who takes something on: a place to keep, or any other matter (`subject`, a noun)."""
    about = place or subject
    if about is not None and about.community_id != community.pk:
        raise Refused("other_community", _("This belongs to another community."))
    draft = Claim(
        community=community, title=title.strip(), duties=duties.strip(), begin_days=begin_days or BEGIN_DAYS,
        term_days=int(term_days or TERM), offered_by_id=getattr(by, "person_id", None),
        subject_kind=about._meta.label_lower if about else "", subject_id=about.pk if about else None,
        subject_name=str(about)[:120] if about else "",
    )  # fmt: skip
    return begin(draft, by=by, verb="offer", once=once, prepare=_not_twice)


def _not_twice(turn: Any, claim: Claim) -> None:
    same = Claim.objects.filter(community_id=claim.community_id, subject_id=claim.subject_id, title=claim.title)
    if claim.subject_id and same.filter(state__in=OPEN_CLAIMS).exclude(pk=claim.pk).exists():
        raise Refused("offered_already", _("Someone is looked for here already, or has it. Give it another title."))


def of_age(by: Any, community: Community) -> None:
    """Refuse someone who is known to be under fourteen: no name of theirs is shown."""
    person = Person.objects.get(pk=by.person_id, community=community)
    if is_under_age(person.born_on, today_in(community)):
        raise Refused("too_young", _("Names are shown from fourteen on. Ask your parents to do it."), 403)


@moves(CLAIM)
def claim(claim: Claim, *, by: Any, organisation: Organisation | None = None) -> dict[str, Any]:
    """Take it on, for oneself or for an organisation."""
    of_age(by, claim.community)
    _for(claim, by, organisation)
    claim.holder_id = by.person_id
    return {"organisation": str(organisation.pk)} if organisation else {}


def _for(claim: Claim, by: Any, organisation: Organisation | None) -> None:
    if organisation and organisation.contact_id != by.person_id:
        raise Refused("not_its_contact", _("Who can do this: the organisation's contact person."), 403)
    claim.organisation = organisation


@moves(CLAIM)
def keep(claim: Claim, *, by: Any) -> None:
    """Say that it has begun; the term runs from today."""
    claim.starts_on = today_in(claim.community)
    claim.ends_on = claim.starts_on + timedelta(days=claim.term_days)


@moves(CLAIM)
def join(claim: Claim, *, by: Any, role: str = "helper") -> dict[str, Any]:
    """Help along, or stand in for whoever has it."""
    of_age(by, claim.community)
    if role == "stand_in" and "stand_in" in claim.persons.values():
        raise Refused("has_stand_in", _("Somebody stands in already. You can help along."))
    return _add(claim, by, role)


def _add(claim: Claim, by: Any, role: str) -> dict[str, Any]:
    ClaimParty.objects.update_or_create(
        community_id=claim.community_id, claim=claim, person_id=by.person_id,
        defaults={"role": role, "since": now(), "left_at": None},
    )  # fmt: skip
    claim.__dict__.pop("parties_now", None)
    return {"role": role}


@moves(CLAIM)
def leave(claim: Claim, *, by: Any) -> None:
    """Take no part in it any more; whoever had one does not judge it."""
    mine = ClaimParty.objects.filter(community_id=claim.community_id, claim=claim, person_id=by.person_id)
    mine.update(left_at=now())
    claim.__dict__.pop("parties_now", None)


@moves(CLAIM)
def ask_next(claim: Claim, *, by: Any) -> None:
    """Look for the next keeper, thirty days before the term ends."""
    claim.seeks_next = True


@moves(CLAIM)
def be_next(claim: Claim, *, by: Any) -> dict[str, Any]:
    """Say that one keeps it when the term ends."""
    of_age(by, claim.community)
    return _add(claim, by, "next")


@moves(CLAIM)
def renew(claim: Claim, *, by: Any) -> None:
    """Go on for another term."""
    if claim.ends_on:
        claim.ends_on += timedelta(days=claim.term_days)
    claim.seeks_next = False


@moves(CLAIM)
def finish(claim: Claim, *, by: Any, outcome: str = "") -> None:
    """Say that it is done."""
    claim.outcome = outcome.strip()


@moves(CLAIM)
def confirm(claim: Claim, *, by: Any) -> None:
    """Say that it is done, as somebody who did not do it."""


@moves(CLAIM)
def reopen(claim: Claim, *, by: Any) -> None:
    """Say that it is not done yet; there are two more weeks for it at least."""
    soonest = today_in(claim.community) + timedelta(days=BEGIN_DAYS)
    claim.ends_on = max(claim.ends_on or soonest, soonest)


@moves(CLAIM)
def settle(claim: Claim, *, by: Any) -> None:
    """Count it as done when nobody looked at it for two weeks."""


@moves(CLAIM)
def hand_on(claim: Claim, *, by: Any) -> dict[str, Any]:
    """End the term on its last day: the next keeper has it, or it lapses."""
    following = next((party for party in claim.parties_now if party.role == "next"), None)
    _let_go(claim)
    if following is None:
        claim.state = ClaimState.LAPSED
        return {}
    claim.state, claim.holder_id = ClaimState.CLAIMED, following.person_id
    return {"next": str(following.person_id)}


def _let_go(claim: Claim) -> None:
    claim.holder, claim.organisation, claim.starts_on, claim.ends_on = None, None, None, None
    claim.seeks_next, claim.outcome = False, ""
    ClaimParty.objects.filter(community_id=claim.community_id, claim=claim).delete()
    claim.__dict__.pop("parties_now", None)


@moves(CLAIM)
def hand_back(claim: Claim, *, by: Any) -> None:
    """Hand it back, without giving a reason; somebody else can take it on."""
    _let_go(claim)


@moves(CLAIM)
def lapse(claim: Claim, *, by: Any) -> None:
    """End what nobody took on for a year, or what was not begun by the day."""
    _let_go(claim)


@moves(CLAIM)
def offer_again(claim: Claim, *, by: Any) -> None:
    """Look for someone once more."""
    _not_twice(None, claim)
    claim.offered_by_id = by.person_id


@moves(CLAIM)
def withdraw(claim: Claim, *, by: Any) -> None:
    """Take it off the list for good."""
    _let_go(claim)


def take_out(community_id: UUID, person_id: UUID, *, by: Any) -> None:
    """Take somebody who moved away out of everything they only joined."""
    with writing(community_id):
        for party in ClaimParty.objects.filter(community_id=community_id, person_id=person_id):
            change(party, by=by, kind="participation.claimparty", verb="take_out")
            party.delete()
