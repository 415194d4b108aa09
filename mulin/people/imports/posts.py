"""The table of posts: each row opens a post, where it is not open yet, and says who holds it for which days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.clocks import wind
from mulin.kernel.engine import adopt, save_adopted, writing
from mulin.secrecy.fields import hash_of
from mulin.tables import Importer, Plan, Row, Table
from mulin.territory.imports.places import Known
from mulin.territory.models import Community, Grid

from ..figures import LONGEST_TERM, PLACE_LABELS, TERM_LASTS, is_under_age, today_in
from ..flow import TERM, PersonState, PostState, State
from ..models import Person, Post, PostKind, Term
from .layouts import POSTS

Key = tuple[UUID, str, UUID | None, str]  # kind, what place, which one, title


@dataclass(slots=True)
class Filled:
    """One row: a post and who holds it."""

    number: int
    post: Post
    holder: Person | None
    starts_on: date
    ends_on: date

    @property
    def key(self) -> Key:
        return key_of(self.post)


def key_of(post: Post) -> Key:
    """Return what tells a post from every other."""
    return (post.kind_id, post.place_kind, post.place_id, post.title)


class Posts(Importer):
    """Posts with who holds them; whoever brings them in answers for it that these people agreed."""

    key, label, layout, capability = "posts", _l("Posts and who holds them"), POSTS, "people.invite"

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find kinds, places and holders, and say which rows name what is not here."""
        finder, plan = _Finder(community), Plan(counts={"new": 0, "known": 0})
        here = _Here(community)
        for row in table.good:
            post, holder = finder.post(table, row), finder.holder(table, row)
            starts_on = row.values["starts_on"] or finder.today
            ends_on = row.values["ends_on"] or starts_on + TERM_LASTS
            if not starts_on < ends_on <= starts_on + LONGEST_TERM:
                table.stop(row, "ends_on", _("A term ends after it starts, and lasts ten years at most."))
            if post is None or row.number in table.report.stopped:
                continue
            filled = Filled(row.number, post, holder, starts_on, ends_on)
            if here.settle(filled):
                plan.counts["new"] += 1
                plan.rows.append(filled)
            else:
                plan.counts["known"] += 1
        return plan

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new; it can be stopped and repeated."""
        made, today = 0, today_in(community)
        for batch in plan.batches():
            with writing(community.pk) as turn:
                here, new, terms, written = _Here(community), list[Post](), list[Term](), 0
                for row in batch:
                    if (settled := here.settle(row)) is None:
                        continue
                    post, is_new = settled
                    if is_new:
                        new.append(post)
                        adopt(turn, post, by=by, details={"row": row.number})
                    if row.holder:
                        terms.append(_term(row, post, row.holder, today))
                        adopt(turn, terms[-1], by=by, details={"row": row.number})
                    written += 1
                if new:
                    save_adopted(new)
                if terms:
                    save_adopted(terms)
            made += written
            advance(len(batch))
        return made


def _term(row: Filled, post: Post, holder: Person, today: date) -> Term:
    post.community = holder.community
    term = Term(
        community=holder.community, post=post, person=holder, starts_on=row.starts_on, ends_on=row.ends_on,
        state=State.HELD if row.ends_on > today else State.ENDED,
    )  # fmt: skip
    # Held from now on: unlike other history it ends by itself (law 14).
    wind(term, TERM["accept"], SYSTEM, now())
    return term


class _Finder:
    """Finds what rows name: kinds by key or name, places, and persons by name and number."""

    def __init__(self, community: Community) -> None:
        self.community, self.today = community, today_in(community)
        self._places = Known(community)
        kinds = PostKind.objects.filter(community=community)
        self._kinds = {said: kind for kind in kinds for said in (kind.key, kind.name_zh, kind.name_en) if said}
        grids = Grid.objects.filter(community=community).order_by("-number")
        self._grids = {said: grid for grid in grids for said in (grid.name, str(grid.number))}
        self._people: dict[str, list[Person]] = {}
        rows = Person.objects.filter(community=community, state=PersonState.HERE).exclude(kind="guest")
        for person in rows.only("pk", "community_id", "name", "phone_hash", "born_on", "account_id").iterator(5000):
            person.community = community
            self._people.setdefault(person.name, []).append(person)

    def post(self, table: Table, row: Row) -> Post | None:
        """Describe the post of a row, unsaved."""
        kind = self._kinds.get(row.values["kind"])
        if kind is None:
            words = _("There is no such kind of post: %(name)s. Kinds are: %(names)s.")
            names = ", ".join(sorted({str(one) for one in self._kinds.values()}))
            table.stop(row, "kind", words % {"name": row.values["kind"], "names": names})
            return None
        found = self._place(table, row)
        if found is None:
            return None
        place_kind, place_id = found
        if place_kind not in kind.places:
            names = ", ".join(str(PLACE_LABELS[place]) for place in kind.places)
            table.stop(row, "kind", _("Such a post can be at: %(places)s.") % {"places": names})
            return None
        return Post(
            community=self.community, kind=kind, place_kind=place_kind, place_id=place_id, title=row.values["title"],
            state=PostState.OPEN,
        )  # fmt: skip

    def _place(self, table: Table, row: Row) -> tuple[str, UUID | None] | None:
        said = row.values
        if said["building"]:
            house = self._places.house(table, row)
            if house is None or not said["entrance"]:
                return ("building", house.pk) if house else None
            if (door := self._places.entrance(house, said["entrance"])) is not None:
                return "entrance", door.pk
            table.stop(row, "entrance", _("This building has no such entrance: %(name)s.") % {"name": said["entrance"]})
            return None
        if said["entrance"]:
            table.stop(row, "building", _("Say to which building this entrance belongs."))
            return None
        if not said["grid"]:
            return "community", None
        if (grid := self._grids.get(said["grid"])) is not None:
            return "grid", grid.pk
        table.stop(row, "grid", _("There is no such grid: %(name)s.") % {"name": said["grid"]})
        return None

    def holder(self, table: Table, row: Row) -> Person | None:
        """Find who holds the post of a row; say so when it may be several, or nobody."""
        name, phone = row.values["holder"], row.values["phone"]
        if not name:
            return None
        found = self._people.get(name, [])
        if phone:
            found = [person for person in found if person.phone_hash == hash_of("phone", phone)]
        if len(found) != 1:
            words = (
                _("Several people have this name: %(name)s. Give the phone number.") if found
                else _("Nobody of this name and number is in the register: %(name)s. Bring the persons in first.")
            )  # fmt: skip
            table.stop(row, "holder", words % {"name": name})
            return None
        if found[0].account_id and not phone:
            # Who joins writes any name they like: a name alone makes nobody with an account the holder of a post.
            words = _("Give the phone number of whoever signs in here already, so that it is surely them: %(name)s.")
            table.stop(row, "phone", words % {"name": name})
        if is_under_age(found[0].born_on, self.today):
            table.stop(row, "holder", _("Who is under 14 holds no post. Ask someone who is older."))
        return found[0]


class _Here:
    """The open posts, who has or was offered which, and what the rows before made of it."""

    def __init__(self, community: Community) -> None:
        self._named: dict[Key, Post] = {}
        self._at: dict[Key, list[Post]] = {}
        for post in Post.objects.filter(community=community).existing().order_by("created_at", "pk"):
            self._add(post)
        terms = Term.objects.filter(community=community).exclude(state=State.ENDED)
        self._held = set(terms.values_list("post", "person"))
        self._filled = {post for post, _person in self._held}

    def settle(self, row: Filled) -> tuple[Post, bool] | None:
        """Say which post a row means, and whether it is new; None where nothing is left to do."""
        found, holder = self._meant(row), row.holder
        if found and (holder is None or (found.pk, holder.pk) in self._held):
            return None
        post = found or row.post
        if found is None:
            self._add(post)
        if holder:
            self._held.add((post.pk, holder.pk))
            self._filled.add(post.pk)
        return post, found is None

    def _meant(self, row: Filled) -> Post | None:
        named, title = self._named.get(row.key), row.post.title
        if named and title:
            return named
        there = self._at.get((*row.key[:3], ""), [])
        if row.holder and (held := [post for post in there if (post.pk, row.holder.pk) in self._held]):
            return held[0]
        # A vacant one there is filled first, whatever it is called: a grid got its post when it was drawn.
        vacant = [post for post in (named, *there) if post and post.pk not in self._filled]
        return vacant[0] if vacant and (row.holder or not title) else named

    def _add(self, post: Post) -> None:
        self._named.setdefault(key_of(post), post)
        self._at.setdefault((*key_of(post)[:3], ""), []).append(post)
