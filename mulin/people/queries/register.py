"""Reads of the register: persons by two things known of them, and the tree of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Building, Community

from ..figures import today_in
from ..flow import PersonState, State
from ..models import OVER, Organisation, Person, Post, Term

MOST = 10
LIAISON = "callups.answer"  # whose post speaks for the organisation that it belongs to
LOOKED_THROUGH = 3000  # years of birth are encrypted: so many are opened at most


def search(
    rows: QuerySet[Person], *, name: str = "", phone: str = "", building: Building | None = None,
    born_in: int | None = None, organisation: Organisation | None = None,
) -> list[Person]:  # fmt: skip
    """Find persons by at least two things that are known of them, ten at most. Raises Refused."""
    if sum(map(bool, (name, phone, building, born_in, organisation))) < 2:
        words = _("Give two things that you know: name and building, for example, or name and phone number.")
        raise Refused("two_needed", words, 422)
    rows = rows.exclude(state=PersonState.JOINED)
    if name:
        rows = rows.filter(name__startswith=name.strip())
    if phone:
        rows = rows.filter(phone_hash=hash_of("phone", phone))
    if building:
        rows = rows.filter(entrance__building=building)
    if organisation:
        rows = rows.filter(_belongs_to(organisation))
    rows = rows.select_related("entrance__building", "community").order_by("name", "pk")
    if not born_in:
        return list(rows[:MOST])
    return [person for person in rows[:LOOKED_THROUGH] if person.born_on[:4] == str(born_in)][:MOST]


def _belongs_to(organisation: Organisation) -> Q:
    here = {"community": organisation.community_id}
    held = Term.objects.filter(**here, post__organisation=organisation, state=State.HELD)
    return Q(pk__in=held.values("person")) | Q(contact_of=organisation.pk)


def terms_of_person(person: Person) -> list[Term]:
    """List the posts someone has, had or was asked to take, the latest first."""
    rows = Term.objects.filter(community=person.community_id, person=person)
    return list(rows.select_related("post__kind", "community").order_by("-starts_on", "-pk"))


def below(organisation: Organisation) -> set[UUID]:
    """List an organisation and everything that stands below it; one statement."""
    pairs = Organisation.objects.filter(community=organisation.community_id, parent__isnull=False)
    parts = defaultdict(list)
    for key, parent in pairs.values_list("pk", "parent_id"):
        parts[parent].append(key)
    found, todo = {organisation.pk}, [organisation.pk]
    while todo:
        fresh = [key for key in parts[todo.pop()] if key not in found]
        found.update(fresh)
        todo += fresh
    return found


def organisations(
    viewer: Viewer, community: Community, *, kind: str = "", state: str = "", q: str = ""
) -> QuerySet[Organisation]:
    """List the organisations a viewer may see, by name; without a state, those that exist or wait."""
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(viewer).filter(community=community)
    rows = rows.filter(state=state) if state else rows.exclude(state__in=OVER)
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(registration_number__iexact=q))
    return rows.select_related("community", "parent").order_by("name")


def tree(rows: Iterable[Organisation]) -> list[tuple[int, Organisation]]:
    """Put organisations below their parents, each with its depth; whose parent is not among them stands at the top."""
    listed = list(rows)
    keys, parts = {row.pk for row in listed}, defaultdict(list)
    for row in listed:
        parts[row.parent_id if row.parent_id in keys else None].append(row)
    found: list[tuple[int, Organisation]] = []
    todo = [(0, row) for row in reversed(parts[None])]
    while todo:
        depth, row = todo.pop()
        found.append((depth, row))
        todo += [(depth + 1, part) for part in reversed(parts[row.pk])]
    return found


def parts_of(organisation: Organisation, viewer: Viewer) -> list[Organisation]:
    """List what stands directly below an organisation."""
    rows = Organisation.objects.visible_to(viewer).filter(parent=organisation, community=organisation.community_id)
    return list(rows.exclude(state__in=OVER).select_related("community").order_by("name"))


def contact_of(person: Person, viewer: Viewer) -> list[Organisation]:
    """List the organisations of which someone is the contact person."""
    rows = Organisation.objects.visible_to(viewer).filter(contact=person, community=person.community_id)
    return list(rows.exclude(state__in=OVER).select_related("community").order_by("name"))


def units_of(viewer: Any, capability: str = LIAISON) -> frozenset[UUID]:
    """Name the organisations for which a viewer speaks: as their contact person, or by a post with this capability."""
    if not getattr(viewer, "is_person", False):
        return frozenset()
    posts = [term.post_id for term in viewer.terms if capability in term.capabilities]
    here = Organisation.objects.filter(community=viewer.community_id).living()
    return frozenset(here.filter(Q(contact=viewer.person_id) | Q(posts__in=posts)).values_list("pk", flat=True))


def speakers(community_id: UUID, organisation_id: UUID) -> set[UUID]:
    """Name the persons who speak for an organisation today: its contact person and its liaisons, and nobody else."""
    contact = Organisation.objects.filter(community=community_id, pk=organisation_id).values_list("contact", flat=True)
    posts = Post.objects.filter(community=community_id, organisation=organisation_id).select_related("kind")
    liaisons = [post.pk for post in posts if LIAISON in post.kind.capabilities]
    today = today_in(Community.objects.get(pk=community_id))
    terms = Term.objects.filter(community=community_id, post__in=liaisons).current(today)
    return {key for key in contact if key} | set(terms.values_list("person_id", flat=True))
