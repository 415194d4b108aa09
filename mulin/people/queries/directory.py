"""Reads about people: accounts, posts with their holders, invitations, and what an account has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.module_loading import import_string

from mulin.kernel.clock import now
from mulin.kernel.viewer import Viewer
from mulin.secrecy.fields import hash_of
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Building, Community, Entrance, Grid

from ..figures import today_in
from ..flow import State
from ..models import AccessLine, Account, ApiKey, Invitation, Person, Post, SignIn, Term

LISTED = 5  # communities to join that a page lists; where there are more, it leads to the front page


def account_by(target: str) -> Account | None:
    """Find an account by its mail address or phone, written as `spelled` does."""
    if "@" in target or not target:
        return Account.objects.filter(email=target).first()
    try:
        return Account.objects.filter(phone_hash=hash_of("phone", target)).first()
    except ValidationError:
        return None


def posts_with_holders(viewer: Viewer, community: Community) -> QuerySet[Post]:
    """List the posts of a community with who holds them now, by kind."""
    held = Term.objects.filter(community=community).current(today_in(community)).select_related("person")
    posts: QuerySet[Post] = (
        Post.objects.visible_to(viewer)
        .filter(community=community)
        .select_related("kind")
        .prefetch_related(Prefetch("terms", held.order_by("person__name"), to_attr="held"))
        .order_by("kind__name_zh", "pk")
    )
    return posts


def vacant_posts(community: Community) -> list[Post]:
    """List the posts that nobody holds today."""
    return list(Post.objects.vacant(community))


def invitation_by(token: str, community: Community) -> Invitation | None:
    """Find the invitation that a link opens, if it still can be accepted."""
    return (
        Invitation.objects.select_related("post__kind")
        .filter(
            community=community, token_hash=keyed_hash("invitation", token), accepted_at__isnull=True,
            expires_at__gt=now(),
        )
        .first()
    )  # fmt: skip


@dataclass(frozen=True)
class Role:
    """Someone of the demo whom a visitor may play."""

    name: str
    role: Any
    email: str
    does: Any

    @property
    def account(self) -> str:
        return self.email


def demo_roles() -> list[Role]:
    """List the roles of the demo that are there; nothing outside a demo."""
    if not settings.DEMO:
        return []
    roles: list[Role] = list(import_string("mulin.config.demo.people.ROLES"))
    there = set(Account.objects.filter(email__in=[role.email for role in roles]).values_list("email", flat=True))
    return [role for role in roles if role.email in there]


def communities_of(account_id: UUID) -> QuerySet[Community]:
    """List the communities where an account is someone."""
    return Person.objects.communities(account_id)


def joinable(account_id: UUID | None) -> list[Community]:
    """List communities where an account, or a guest, is nobody yet: one more than a page lists, to tell of more."""
    own = Person.objects.filter(account=account_id) if account_id else Person.objects.none()
    return list(Community.objects.exclude(pk__in=own.values("community")).order_by("name")[: LISTED + 1])


def sign_ins_of(account_id: UUID) -> list[SignIn]:
    """List the devices that are signed in, the latest first."""
    since = now() - timedelta(days=settings.SIGN_IN_DAYS)
    rows = SignIn.objects.filter(account=account_id, revoked_at__isnull=True, created_at__gt=since)
    return list(rows.order_by("-seen_at")[:50])


def keys_of(account_id: UUID) -> list[ApiKey]:
    """List the API keys of an account that still count."""
    rows = ApiKey.objects.filter(account=account_id, revoked_at__isnull=True, expires_at__gt=now())
    return list(rows.select_related("community").order_by("-created_at"))


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
