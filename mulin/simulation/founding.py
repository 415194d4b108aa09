"""Founding invented towns: places from the demo's plan, people with invented names, and the posts that they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from mulin import cases
from mulin.cases.actions import load_categories
from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import Viewer
from mulin.people import actions, queries
from mulin.people.models import Account, Person, Post, PostKind
from mulin.privacy.actions import load_purposes
from mulin.territory.actions import found
from mulin.territory.imports import import_geojson
from mulin.territory.models import Community
from mulin.territory.queries import places

from .names import Names
from .places import plan
from .town import Town

POST_KINDS = Path(cases.__file__).parent / "packs" / "post-kinds.toml"
GRIDS, HOUSES = 2, 6  # of the demo's plan
RESIDENTS = 12


def invent(number: int, chance: Random, slug: str = "town") -> Town:
    """Found a small town with two grids, six houses, a desk of two, an officer for each grid and some residents."""
    name = f"{Names(chance).surname()}家{chance.choice('巷里湾桥园')}{number}社区"
    community = found(slug=f"{slug}-{number}", name=name, letter=f"T{number}"[:4])
    import_geojson(community, _plan())
    load_categories(community, by=SYSTEM)
    load_purposes(community)
    kinds = actions.load_post_kinds(community, POST_KINDS)
    known, names, phones = places(community), Names(chance), _phones(f"{slug}-{number}")
    doors = known.entrances

    def someone() -> Person:
        return person(community, names.full(), phone=next(phones), at=chance.choice(doors))

    desk = [hold(open_post(community, kinds["community_worker"]), someone()) for _each in range(2)]
    posts = [open_post(community, kinds["grid_officer"], "grid", grid) for grid in known.grids]
    officers = [hold(post, someone()) for post in posts]
    residents = [queries.viewer_of(someone()) for _each in range(RESIDENTS)]
    return Town(community, list(doors), residents, officers, desk, officer_posts=posts)


def _plan() -> bytes:
    features = plan()
    wanted: list[Any] = []
    for feature in features:
        said = feature["properties"]
        most = GRIDS if said["kind"] == "grid" else HOUSES
        if (said["number"] if said["kind"] != "entrance" else said["building"]) <= most:
            wanted.append(feature)
    return json.dumps({"type": "FeatureCollection", "features": wanted}).encode()


def _phones(slug: str) -> Iterator[str]:
    """Give numbers to invented people. They have accounts, but no mail: nobody reads their letters."""
    block = int(sha256(slug.encode()).hexdigest(), 16) % 100_000
    return (f"139{block:05}{number:03}" for number in count())


def person(
    community: Community, name: str, *, mail: str = "", phone: str = "", at: Any = None, kind: str = "resident",
    password: str = "",
) -> Person:  # fmt: skip
    """Let someone invented move in, with an account if they can be reached."""
    account: Account | None = None
    if mail or phone:
        account = actions.open_account(by=SYSTEM, email=mail, phone=phone, password=password)
    return actions.add_person(
        by=SYSTEM, community=community, name=name, account=account, phone=phone, kind=kind, entrance=at
    )


def open_post(community: Community, kind: PostKind, place_kind: str = "community", place: Any = None) -> Post:
    """Open a post, titled by its place."""
    title = f"{place} {kind.name_zh}" if place else kind.name_zh
    return actions.add_post(
        by=SYSTEM, community=community, kind=kind, place_kind=place_kind, place_id=place.pk if place else None,
        title=title,
    )  # fmt: skip


def hold(post: Post, holder: Person, **days: Any) -> Viewer:
    """Offer a post and have it accepted; return the holder with the rights of it."""
    term = actions.offer(by=SYSTEM, post=post, person=holder, **days)
    actions.accept(term, by=queries.viewer_of(holder))
    return queries.viewer_of(holder)
