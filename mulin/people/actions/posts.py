"""Kinds of posts and the posts themselves."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from ..figures import PLACES
from ..flow import POST
from ..models import Organisation, Post, PostKind
from .persons import belongs


def load_post_kinds(community: Community, pack: Path, *, by: Any = SYSTEM) -> dict[str, PostKind]:
    """Take over the kinds of posts that a pack describes; kinds already there are brought up to date."""
    rows = tomllib.loads(pack.read_text("utf-8"))["post_kind"]
    return {
        row["key"]: add_post_kind(
            by=by, community=community, key=row["key"], name_zh=row["zh"], name_en=row.get("en", ""),
            capabilities=row.get("capabilities", []), places=row["places"],
        )
        for row in rows
    }  # fmt: skip


def add_post_kind(
    *, by: Any, community: Community, key: str, name_zh: str, places: list[str], capabilities: list[str],
    name_en: str = "",
) -> PostKind:  # fmt: skip
    """Say what a kind of post may do, and where it can be."""
    if unknown := set(places) - set(PLACES):
        raise ValueError(f"No such places for {key}: {', '.join(sorted(unknown))}. Known: {', '.join(PLACES)}.")
    row = {"name_zh": name_zh, "name_en": name_en, "capabilities": capabilities, "places": places}
    with writing(community.pk):
        kind, _made = PostKind.objects.update_or_create(community=community, key=key, defaults=row)
        change(kind, by=by, kind="people.postkind", verb="set", details={"key": key, **row})
    return kind


def add_post(
    *, by: Any, community: Community, kind: PostKind, place_kind: str = "community", place_id: UUID | None = None,
    organisation: Organisation | None = None, title: str = "", once: Once | None = None,
) -> Post:  # fmt: skip
    """Open a post at a place; it stays visible while nobody holds it."""
    belongs(community, kind, organisation)
    if place_kind not in kind.places:
        raise Refused("no_such_place", _("This kind of post does not exist at such a place."), status=422)
    post = Post(
        community=community, kind=kind, place_kind=place_kind, place_id=place_id, organisation=organisation, title=title
    )
    details = {"kind": kind.key, "place": place_kind, "place_id": str(place_id or ""), "title": title}
    return begin(post, by=by, verb="add_post", once=once, details=details)


@moves(POST)
def rename(post: Post, *, by: Any, title: str = "") -> dict[str, str]:
    """Give a post another title; without one it is called by its kind."""
    post.title = title.strip()
    return {"title": post.title}


@moves(POST)
def close(post: Post, *, by: Any) -> None:
    """Close a post that is not needed any more; who held it stays on record."""
