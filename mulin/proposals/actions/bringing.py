"""What those do who bring a proposal or stand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.bodies.figures import MATTERS
from mulin.cases.models import Case
from mulin.comments.actions import may_be_named
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, link, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import current_turn
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community
from mulin.uploads.actions import keep

from .. import queries
from ..figures import digest, written
from ..flow import PROPOSAL
from ..models import Proposal, Revision, Supporter
from .way import say, stop_open

Place = tuple[str, Any, str]


def pitch(
    *, by: Any, community: Community, title: str, wrong: str, place: Place | None = None,
    organisation: Organisation | None = None, photos: Any = (), case: UUID | None = None, once: Once | None = None,
) -> Proposal:  # fmt: skip
    """Write down what should be done; nobody else sees it before it is sent."""
    belongs(community, organisation)
    made = Proposal(community=community, proposer_id=by.person_id)
    _write(made, title=title, wrong=wrong, place=place, organisation=organisation)
    rows = Case.objects.visible_to(by).filter(community=community, pk=case) if case else ()
    with writing(community.pk):
        found = begin(made, by=by, verb="pitch", once=once, prepare=lambda turn, row: may_be_named(by, community))
        if found is made:
            keep(photos, Ref.of(found), "proposal", by)
            for row in rows:
                link(Ref.of(row), Ref.of(found), "origin")
    return found


def _write(
    proposal: Proposal, *, title: str, wrong: str, place: Place | None = None,
    organisation: Organisation | None = None, matter: str = "", **more: Any,
) -> None:  # fmt: skip
    proposal.title, proposal.wrong, proposal.organisation = title.strip(), wrong.strip(), organisation
    proposal.place_kind, proposal.place_id, proposal.place_name = place or ("community", None, "")
    proposal.matter = matter if matter in MATTERS else proposal.matter
    _detail(proposal, **more)


def _detail(
    proposal: Proposal, *, plan: str = "", budget: Sequence[dict[str, Any]] = (), money: str = "", opinion: str = "",
    asked: int | None = None, agreed: int | None = None,
) -> None:  # fmt: skip
    proposal.plan, proposal.budget, proposal.money = plan.strip(), list(budget), money.strip()
    proposal.opinion, proposal.asked, proposal.agreed = opinion.strip(), asked, agreed


@moves(PROPOSAL)
def amend(
    proposal: Proposal, /, *, by: Any, photos: Any = (), organisation: Organisation | None = None, **told: Any
) -> None:  # fmt: skip
    """Write the rest, or change what is there, before anybody decides on it."""
    belongs(proposal.community, organisation)
    _write(proposal, organisation=organisation or proposal.organisation, **told)
    keep(photos, Ref.of(proposal), "proposal", by)


@moves(PROPOSAL)
def submit(proposal: Proposal, *, by: Any, template: str, matter: str) -> dict[str, str]:
    """Send it: from now on everyone can read and support it, and its way stays as it is today."""
    community = proposal.community
    may_be_named(by, community)  # a day of birth may have been corrected since
    if (way := queries.liveable(community).get(template)) is None:
        words = _("On this way a proposal would not come to its end here. Choose another one.")
        raise Refused("no_way", words, 422)
    if matter not in MATTERS:
        raise Refused("no_matter", _("There is no such matter. Matters are: %s.") % ", ".join(MATTERS), 422)
    year = today_in(community).year
    count = current_turn().count(community.pk, f"proposals-{year}")
    proposal.number = f"{community.letter}-{year}-P{count:03d}"
    proposal.submitted_at, proposal.matter = now(), matter
    proposal.template_key, proposal.template_zh, proposal.template_en = way.key, way.zh, way.en
    proposal.steps_planned, proposal.template_hash = written(way.steps), digest(way.key, way.steps)
    return {"template": way.key, "hash": proposal.template_hash}


@moves(PROPOSAL)
def support(proposal: Proposal, *, by: Any) -> None:
    """Stand behind it; how many do is public, who does is not."""
    Supporter.objects.create(
        community_id=proposal.community_id, proposal=proposal, person_id=by.person_id, since=now()
    )  # fmt: skip
    proposal.supporters += 1
    proposal.__dict__.pop("known_supporters", None)


@moves(PROPOSAL)
def leave(proposal: Proposal, *, by: Any) -> None:
    """Stand behind it no longer."""
    rows = Supporter.objects.filter(community=proposal.community_id, proposal=proposal.pk, person=by.person_id)
    proposal.supporters -= rows.delete()[0]
    proposal.__dict__.pop("known_supporters", None)


@moves(PROPOSAL)
def revise(proposal: Proposal, /, *, by: Any, reason: str, **told: Any) -> dict[str, int]:
    """Change plan and budget while it is discussed; what stood there before can still be read."""
    rows = Revision.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    number = rows.count() + 1
    Revision.objects.create(
        community_id=proposal.community_id, proposal=proposal, number=number, plan=proposal.plan,
        budget=proposal.budget, reason=reason.strip(), at=now(),
    )  # fmt: skip
    _detail(proposal, **told)
    say(proposal, "revise", reason)
    return {"revision": number}


@moves(PROPOSAL)
def withdraw(proposal: Proposal, *, by: Any, reason: str = "") -> None:
    """Withdraw it; what everyone could read stays to be read."""
    proposal.reason, proposal.ended_at = reason.strip(), now()
    stop_open(proposal)


@moves(PROPOSAL)
def lapse(proposal: Proposal, *, by: Any) -> None:
    """End what was left alone: a draft, or what did not go on after the desk's word."""
    proposal.ended_at = now()
