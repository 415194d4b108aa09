"""Whose visit it is: communities by their address, and viewers with today's rights, by sign-in, key or name."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef

from mulin.kernel import sql
from mulin.kernel.clock import now
from mulin.kernel.viewer import NOBODY, Held, Viewer
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Community, Division

from ..figures import OVERSIGHTS, today_in
from ..flow import State
from ..models import Account, Oversight, Person, SignIn, Term

_KEPT = 60.0  # seconds that a community is remembered
_MOST = 1000
_UPWARDS = "division__parent__parent__parent__parent"
_OVERSEES = Exists(Oversight.objects.filter(account=OuterRef("account")))
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


def load_viewer(who: SignIn | UUID | None, community: Community | None) -> Viewer:
    """Load whoever looks, with today's rights here: a sign-in already loaded, or the id of an account."""
    if isinstance(who, UUID):
        account = Account.objects.filter(pk=who, is_active=True).first()
    else:
        account = who.account if who else None
    if account is None:
        return replace(NOBODY, community_id=community.pk) if community else NOBODY
    if community is None:
        first = Person.objects.filter(account=account).order_by("created_at").first()
        return Viewer(account_id=account.pk, name=first.name if first else "", language=account.language)
    return _here(account.pk, account.email, account.language, getattr(who, "oversees", True), community)


def _here(account: UUID, email: str | None, language: str, oversees: bool, community: Community) -> Viewer:
    name = (email or "").partition("@")[0]  # of those who are nobody here but oversee
    viewer = _member(account, community) or Viewer(community_id=community.pk, name=name)
    if oversees:
        viewer = replace(viewer, capabilities=viewer.capabilities | _oversight(account, community))
    return replace(viewer, account_id=account, language=language)


# Written by hand, as `_KEY` is, since every request asks it.
_MEMBER = """
    SELECT person.id, person.name, post.id, kind.key, post.place_kind, post.place_id, kind.capabilities
    FROM people_person person
    LEFT JOIN people_term term ON term.community_id = person.community_id AND term.person_id = person.id
        AND term.state = %s AND term.starts_on <= %s AND term.ends_on > %s
    LEFT JOIN people_post post ON post.community_id = term.community_id AND post.id = term.post_id
    LEFT JOIN people_postkind kind ON kind.community_id = post.community_id AND kind.id = post.kind_id
    WHERE person.community_id = %s AND person.account_id = %s
"""


def _member(account: UUID, community: Community) -> Viewer | None:
    today = today_in(community)
    rows = sql.read(_MEMBER, State.HELD.value, today, today, community.pk, account)
    held = tuple(
        Held(sql.key(post), kind, place_kind, sql.key(place) if place else None, frozenset(json.loads(capabilities)))
        for *_person, post, kind, place_kind, place, capabilities in rows
        if post
    )
    return _viewer(sql.key(rows[0][0]), rows[0][1], held, community) if rows else None


def _viewer(person: UUID, name: str, held: tuple[Held, ...], community: Community) -> Viewer:
    capabilities = frozenset().union(*(term.capabilities for term in held))
    return Viewer(person_id=person, community_id=community.pk, name=name, terms=held, capabilities=capabilities)


def _with_terms(person: Person, community: Community) -> Viewer:
    terms = Term.objects.filter(community=community, person=person).current(today_in(community))
    held = tuple(_held(term) for term in terms.select_related("post__kind"))
    return _viewer(person.pk, person.name, held, community)


def _held(term: Term) -> Held:
    post = term.post
    return Held(post.pk, post.kind.key, post.place_kind, post.place_id, frozenset(post.kind.capabilities))


def _oversight(account: UUID, community: Community) -> frozenset[str]:
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


_KEY = """
    SELECT account.id, account.email, account.language, entry.scopes,
        EXISTS (SELECT 1 FROM people_oversight oversight WHERE oversight.account_id = account.id)
    FROM people_apikey entry JOIN people_account account ON account.id = entry.account_id
    WHERE entry.community_id = %s AND entry.prefix = %s AND entry.secret_hash = %s
        AND entry.revoked_at IS NULL AND entry.expires_at > %s AND account.is_active
"""


def viewer_by_key(secret: str, community: Community) -> Viewer | None:
    """Load whom the API key that this secret opens acts for, if it still counts, within its scopes."""
    prefix = secret.removeprefix("mk_")[:8]
    rows = sql.read(_KEY, community.pk, prefix, keyed_hash("api-key", secret), now())
    for account, email, language, scopes, oversees in rows:
        viewer = _here(sql.key(account), email, language, bool(oversees), community)
        return replace(viewer, scopes=frozenset(json.loads(scopes)))
    return None
