"""Viewers with today's rights: of an account, of a person, and of who acted earlier."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from mulin import sql
from mulin.kernel.viewer import NOBODY, Held, Viewer
from mulin.territory.models import Community
from mulin.territory.queries import UPWARDS

from ..figures import OVERSIGHTS, today_in
from ..flow import PersonState, State
from ..models import Account, Oversight, Person, Term


def load_viewer(account_id: UUID | None, community: Community | None) -> Viewer:
    """Load an account as a viewer, with today's rights here; without one, a guest."""
    account = Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None
    return viewer_with(account, community)


def viewer_with(
    account: Account | None, community: Community | None, *, oversees: bool = True,
    withheld: frozenset[str] = frozenset(),
) -> Viewer:  # fmt: skip
    """Make an account that is loaded a viewer, with today's rights here.

    `oversees`: false where it is known that the account has no oversight, which spares a statement.
    `withheld`: capabilities that wait, as until there is a second factor.
    """
    if account is None:
        return replace(NOBODY, community_id=community.pk) if community else NOBODY
    if community is None:
        first = Person.objects.filter(account=account).order_by("created_at").first()
        return Viewer(account_id=account.pk, name=first.name if first else "", language=account.language)
    name = (account.email or "").partition("@")[0]  # of those who are nobody here but oversee
    viewer = _member(account.pk, community) or Viewer(community_id=community.pk, name=name)
    if oversees:
        viewer = replace(viewer, capabilities=viewer.capabilities | _oversight(account.pk, community))
    viewer = replace(viewer, account_id=account.pk, language=account.language)
    return without(viewer, withheld) if withheld & viewer.capabilities else viewer


def without(viewer: Viewer, withheld: frozenset[str]) -> Viewer:
    """Hold some capabilities of a viewer back."""
    terms = tuple(replace(term, capabilities=term.capabilities - withheld) for term in viewer.terms)
    gone = viewer.capabilities & withheld
    return replace(viewer, terms=terms, capabilities=viewer.capabilities - withheld, withheld=gone)


def viewer_of(person: Person) -> Viewer:
    """Load a person as a viewer: for demos, imports and tests."""
    return reload(f"person:{person.pk}", person.community_id)


def reload(actor: str, community_id: UUID) -> Viewer:
    """Load who acted earlier, named as the journal does, with today's rights."""
    kind, _, key = actor.partition(":")
    community = Community.objects.select_related(UPWARDS).get(pk=community_id)
    if kind == "account":
        return load_viewer(UUID(key), community)
    rows = Person.objects.filter(community=community).select_related("joined_into")
    person = rows.filter(pk=key).first() if kind == "person" else None
    person = person.joined_into or person if person else None  # who acted as an entry that was joined is this one now
    if person and not person.account_id:
        return _with_terms(person, community)
    return load_viewer(person.account_id if person else None, community)


# Written by hand since every request asks it.
_MEMBER = """
    SELECT person.id, person.name, person.kind, person.state,
        post.id, kind.key, post.place_kind, post.place_id, kind.capabilities
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
    if not rows:
        return None
    viewer = _viewer(sql.key(rows[0][0]), rows[0][1], held, community)
    # Whoever took a post is a guest no more; whoever moved away takes no more part than one.
    _key, _name, kind, state = rows[0][:4]
    return replace(viewer, is_guest=state == PersonState.LEFT or (kind == "guest" and not held))


def _viewer(person: UUID, name: str, held: tuple[Held, ...], community: Community) -> Viewer:
    capabilities = frozenset().union(*(term.capabilities for term in held))
    return Viewer(person_id=person, community_id=community.pk, name=name, terms=held, capabilities=capabilities)


def _with_terms(person: Person, community: Community) -> Viewer:
    terms = Term.objects.filter(community=community, person=person).current(today_in(community))
    held = tuple(_held(term) for term in terms.select_related("post__kind"))
    viewer = _viewer(person.pk, person.name, held, community)
    return replace(viewer, is_guest=person.state == PersonState.LEFT)


def _held(term: Term) -> Held:
    post = term.post
    return Held(post.pk, post.kind.key, post.place_kind, post.place_id, frozenset(post.kind.capabilities))


def _oversight(account: UUID, community: Community) -> frozenset[str]:
    today = today_in(community)
    kinds = Oversight.objects.filter(
        account=account, division__in=community.divisions_above, starts_on__lte=today, ends_on__gt=today
    ).values_list("kind", flat=True)
    return frozenset().union(*(OVERSIGHTS.get(kind, frozenset()) for kind in kinds))
