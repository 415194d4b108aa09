"""Who reads confidential reports here: two posts, and one that stands in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import change, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.models import Post
from mulin.territory.models import Community

from ..figures import READ
from ..models import Bench


def name_readers(
    *, by: Any, community: Community, first: Post, second: Post, stand_in: Post | None = None
) -> Bench:  # fmt: skip
    """Name the posts that read confidential reports; those already told keep their readers."""
    allowed = by.actor == "system" or (by.community_id == community.pk and by.can("people.invite"))
    if not allowed:
        raise Refused("not_yours", _("Who can do this: whoever looks after the posts."), 403)
    belongs(community, first, second, stand_in)
    chosen = [post for post in (first, second, stand_in) if post]
    if len({post.pk for post in chosen}) < len(chosen):
        raise Refused("same_post", _("Choose different posts: two people read, not one."), 422)
    if any(READ not in post.kind.capabilities for post in chosen):
        raise Refused("not_for_reading", _("Holders of this post cannot read confidential reports."), 422)
    values = {"first": first, "second": second, "stand_in": stand_in, "named_at": now()}
    with writing(community.pk):
        bench, _made = Bench.objects.update_or_create(community=community, defaults=values)
        change(bench, by=by, kind="concerns.bench", verb="name_readers", details={"posts": [str(p.pk) for p in chosen]})
    return bench
