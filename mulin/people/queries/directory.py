"""Reads about people: accounts, where they are someone, their terms, and posts with their holders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mulin.kernel.viewer import Viewer
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Building, Community, Entrance, Grid

from ..figures import spelled
from ..flow import State
from ..models import AccessLine, Account, Person, Post, Term


def account_by(target: str) -> Account | None:
    """Find an account by its mail address or phone, however it is written."""
    target = spelled(target)
    if "@" in target or not target:
        return Account.objects.filter(email=target).first()
    return Account.objects.filter(phone_hash=hash_of("phone", target)).first()


def communities_of(account_id: UUID | None) -> QuerySet[Community]:
    """List the communities where an account is someone and not only a guest."""
    rows = Person.objects.filter(account=account_id).exclude(kind="guest") if account_id else Person.objects.none()
    return Community.objects.filter(pk__in=rows.values("community")).order_by("name")


def seen_by(account_id: UUID) -> list[AccessLine]:
    """List who looked at someone's personal data, the latest first."""
    rows = AccessLine.objects.filter(subject__account=account_id).select_related("community")
    return list(rows.order_by("-at")[:50])


def terms_of(account_id: UUID) -> list[Term]:
    """List the posts someone holds or was asked to take, the open offers first."""
    rows = Term.objects.filter(person__account=account_id).exclude(state=State.ENDED)
    return list(rows.select_related("post__kind", "community").order_by("-state", "starts_on"))


def open_offers(viewer: Viewer, community: Community) -> list[Term]:
    """List the posts this viewer was asked to take."""
    if not viewer.is_person:
        return []
    rows = Term.objects.filter(community=community, person=viewer.person_id, state=State.OFFERED)
    return list(rows.select_related("post__kind"))


def place_names(community: Community, posts: list[Post]) -> dict[UUID | None, str]:
    """Name the places of posts, one statement for each kind of place."""
    names: dict[UUID | None, str] = {}
    rows: QuerySet[Any]
    for kind, rows in (
        ("grid", Grid.objects.all()),
        ("building", Building.objects.all()),
        ("entrance", Entrance.objects.select_related("building")),
    ):
        keys = {post.place_id for post in posts if post.place_kind == kind and post.place_id}
        if keys:
            names |= {row.pk: str(row) for row in rows.filter(community=community, pk__in=keys)}
    return names
