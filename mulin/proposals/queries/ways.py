"""Which ways there are in a community: what ships, its own copies, who there is to act on them, what is wrong."""

from __future__ import annotations

from typing import Any

from mulin.bodies.flow import State as BodyState
from mulin.bodies.models import Body
from mulin.news.queries import accounts_that_can
from mulin.people.figures import today_in
from mulin.territory.models import Community
from mulin.votes.queries import packs

from ..figures import Plan, There, problems, shipped
from ..models import Settings, Template
from ..rules import DESK_WORK, OFFICER_WORK

SUPERVISION = "supervision_committee"


def in_office(community: Community) -> Any:
    """List the bodies that may act today."""
    rows = Body.objects.filter(community=community, state=BodyState.IN_OFFICE, ends_on__gt=today_in(community))
    return rows.for_list().order_by("kind", "created_at", "pk")


def there(community: Community) -> There:
    """Say who there is to act in steps."""
    bodies = list(in_office(community))
    return There(
        bodies=frozenset({body.kind for body in bodies} | {str(body.pk) for body in bodies}),
        packs={key: pack.rules.electorate for key, pack in packs().items() if pack.rules.ballot != "choose"},
        supervisors=any(body.kind == SUPERVISION for body in bodies),
        officers=bool(accounts_that_can(community.pk, OFFICER_WORK)),
        desk=bool(accounts_that_can(community.pk, DESK_WORK)),
    )


def own_templates(community: Community) -> dict[str, Template]:
    """List the templates that a community made, by their keys."""
    rows = Template.objects.filter(community=community).order_by("zh", "key")
    return {row.key: row for row in rows}


def plans(community: Community) -> dict[str, Plan]:
    """List the ways that are offered: what ships, in the community's own copy where it has one, then its others."""
    own = own_templates(community)
    found = {key: own[key].plan if key in own else plan for key, plan in shipped().items()}
    found |= {key: row.plan for key, row in own.items()}
    return {key: plan for key, plan in found.items() if not (key in own and own[key].retired)}


def liveable(community: Community) -> dict[str, Plan]:
    """List the ways on which a proposal can go here to its end."""
    here = there(community)
    return {key: plan for key, plan in plans(community).items() if not problems(plan.steps, here)}


def body_for(community: Community, named: str) -> Body | None:
    """Find the body in office of a kind, or with this id."""
    found: Body | None = next(
        (body for body in in_office(community) if named in (body.kind, str(body.pk))), None
    )  # fmt: skip
    return found


def supervisor_for(community: Community, body: Body | None) -> Body | None:
    """Find who supervises: the body above the one that acts, else the committee for it."""
    if body is not None and body.supervisor_id:
        above: Body | None = in_office(community).filter(pk=body.supervisor_id).first()
        if above is not None:
            return above
    return body_for(community, SUPERVISION)


def settings_of(community: Community) -> Settings:
    """Return the numbers that a community set, or those that hold where it set none."""
    return Settings.objects.filter(community=community).first() or Settings(community=community)
