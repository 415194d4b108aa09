"""Reads about people: communities by their address, viewers, posts with their holders."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.module_loading import import_string

from mulin.kernel.clock import now
from mulin.kernel.viewer import NOBODY, Held, Viewer
from mulin.secrecy.fields import hash_of
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Building, Community, Division, Entrance, Grid

from .figures import OVERSIGHTS
from .figures import today_in as today_in
from .flow import State
from .models import AccessLine, Account, ApiKey, Invitation, Oversight, Person, Post, SignIn, Term

_KEPT = 60.0  # seconds that a community is remembered
_MOST = 1000
_UPWARDS = "division__parent__parent__parent__parent"
_OVERSEES = Exists(Oversight.objects.filter(account=OuterRef("account")))
LISTED = 5  # communities to join that a page lists; where there are more, it leads to the front page
_communities: dict[str, tuple[float, Community | None]] = {}


def community_by_slug(slug: str) -> Community | None:
    """Find a community by its address; remembered for a minute, divisions above it included."""
    kept = _communities.get(slug)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    found = Community.objects.select_related(_UPWARDS).filter(slug=slug).first()
    if len(_communities) >= _MOST:
        _communities.clear()
    _communities[slug] = (time.monotonic() + _KEPT, found)
    return found


def community_of_path(path: str) -> Community | None:
    """Find the community that an address of a page or of the API lies in."""
    parts = path.split("/", 4)
    at = 3 if path.startswith("/api/v1/") else 1
    slug = parts[at] if len(parts) > at else ""
    looks_right = len(slug) <= 40 and slug.replace("-", "").replace("_", "").isalnum()
    return community_by_slug(slug) if looks_right else None


def forget_communities() -> None:
    """Empty the memory of addresses; for tests and after a change of settings."""
    _communities.clear()


def sign_in_of(sign_in_id: UUID) -> SignIn | None:
    """Load a sign-in that still counts, with its account, in one statement."""
    found: SignIn | None = (
        SignIn.objects.select_related("account")
        .annotate(oversees=_OVERSEES)
        .filter(pk=sign_in_id, revoked_at__isnull=True, account__is_active=True)
        .first()
    )
    return found


def load_viewer(who: SignIn | ApiKey | UUID | None, community: Community | None) -> Viewer:
    """Load whoever looks, with today's rights here: a sign-in or key already loaded, or the id of an account."""
    if isinstance(who, UUID):
        account = Account.objects.filter(pk=who, is_active=True).first()
    else:
        account = who.account if who else None
    if account is None:
        return replace(NOBODY, community_id=community.pk) if community else NOBODY
    if community is None:
        first = Person.objects.filter(account=account).order_by("created_at").first()
        return Viewer(account_id=account.pk, name=first.name if first else "", language=account.language)
    person = Person.objects.filter(community=community, account=account).first()
    name = (account.email or "").partition("@")[0]  # of those who are nobody here but oversee
    viewer = _with_terms(person, community) if person else Viewer(community_id=community.pk, name=name)
    if getattr(who, "oversees", True):
        viewer = replace(viewer, capabilities=viewer.capabilities | _oversight(account, community))
    return replace(viewer, account_id=account.pk, language=account.language)


def _with_terms(person: Person, community: Community) -> Viewer:
    terms = Term.objects.filter(community=community, person=person).current(today_in(community))
    held = tuple(_held(term) for term in terms.select_related("post__kind"))
    capabilities = frozenset().union(*(term.capabilities for term in held))
    return Viewer(
        person_id=person.pk, community_id=community.pk, name=person.name, terms=held, capabilities=capabilities
    )


def _held(term: Term) -> Held:
    post = term.post
    return Held(post.pk, post.kind.key, post.place_kind, post.place_id, frozenset(post.kind.capabilities))


def _oversight(account: Account, community: Community) -> frozenset[str]:
    today, above = today_in(community), divisions_above(community)
    kinds = Oversight.objects.filter(
        account=account, division__in=above, starts_on__lte=today, ends_on__gt=today
    ).values_list("kind", flat=True)
    return frozenset().union(*(OVERSIGHTS.get(kind, frozenset()) for kind in kinds)) if above else frozenset()


def divisions_above(community: Community) -> list[UUID]:
    """List the divisions that a community lies in, from its own upwards."""
    listed: list[UUID] = []
    division: Division | None = community.division
    while division is not None:
        listed.append(division.pk)
        division = division.parent
    return listed


def reload(actor: str, community_id: UUID) -> Viewer:
    """Load who acted earlier, named as the journal does, with today's rights."""
    kind, _, key = actor.partition(":")
    community = Community.objects.select_related(_UPWARDS).get(pk=community_id)
    if kind == "account":
        return load_viewer(UUID(key), community)
    if kind != "person":
        return load_viewer(None, community)
    person = Person.objects.filter(community=community, pk=key).first()
    if person is None:
        return load_viewer(None, community)
    if person.account_id:
        return load_viewer(person.account_id, community)
    return _with_terms(person, community)


def viewer_of(person: Person) -> Viewer:
    """Load a person as a viewer: for demos, imports and tests."""
    return reload(f"person:{person.pk}", person.community_id)


def key_of(secret: str, community: Community) -> ApiKey | None:
    """Find the API key that this secret opens, if it still counts."""
    prefix = secret.removeprefix("mk_")[:8]
    found: ApiKey | None = (
        ApiKey.objects.select_related("account")
        .annotate(oversees=_OVERSEES)
        .filter(
            community=community, prefix=prefix, secret_hash=keyed_hash("api-key", secret), revoked_at__isnull=True,
            expires_at__gt=now(), account__is_active=True,
        )
        .first()
    )  # fmt: skip
    return found


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
