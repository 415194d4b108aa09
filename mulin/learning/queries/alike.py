"""Cases like one that is being reported, or like one that is there: few candidates by the index, then weighed.

Whoever may not read a case has it compared by what everyone may read of it: point, category and summary. By the words
themselves, asking on and on would find out what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin import sql
from mulin.cases import rules
from mulin.cases.flow import SHOWN
from mulin.cases.models import Case, CaseQuerySet
from mulin.cases.queries import Where, categories
from mulin.kernel.clock import now
from mulin.kernel.models import Link
from mulin.territory.queries import places
from mulin.text.words import segment

from ..figures import likeness
from .kinds import suggest

HOUSES, AT_EACH, NEWEST, MOST = 8, 12, 60, 3
SPARE = 3  # of the best, for those that turn out to be nobody's to see
SURE = 0.6  # a share from which on a suggested category counts as the category
_STATES = ", ".join(f"'{state}'" for state in SHOWN)  # as the index says it
_COLUMNS = (
    "id, category_id, building_id, entrance_id, post_id, leader_id, reporter_account, coalesce(happened_at, NULL),"
    " level, is_public, is_behalf, shown_lon, shown_lat, public_summary, search"
)
_SHOWN = f"SELECT {_COLUMNS} FROM cases_case WHERE community_id = %s AND state IN ({_STATES})"
_PUBLIC = "(is_public OR reporter_account = %s)"


class _Row(NamedTuple):
    """A candidate, with what says who may read it; named as the fields of a case."""

    pk: UUID
    category_id: UUID
    building_id: UUID | None
    entrance_id: UUID | None
    post_id: UUID | None
    leader_id: UUID | None
    reporter_account: UUID | None
    happened_at: Any
    level: int
    is_public: bool
    is_behalf: bool
    shown_lon: float | None
    shown_lat: float | None
    public_summary: str
    search: str
    community_id: UUID


@dataclass(frozen=True)
class Asked:
    """What the candidates are compared with."""

    words: frozenset[str]
    place: Where
    at: Any
    kinds: Mapping[UUID, float]


@dataclass(frozen=True)
class Alike:
    """A case that may be about the same matter, how much speaks for it (0 to 1), and what."""

    case: Case
    score: float
    why: str


def similar(
    community: Any, viewer: Any, text: str, place: Where | None, category: Any = None, most: int = MOST
) -> list[Alike]:  # fmt: skip
    """Find open or just solved cases like what somebody is about to report."""
    kinds = {each.category.pk: min(1.0, each.share / SURE) for each in suggest(community.pk, text)}
    kinds |= {category.pk: 1.0} if category is not None else {}
    asked = Asked(frozenset(_cut(text[:2000])), place or Where(), now(), kinds)
    return _found(community, viewer, asked, most, Case.objects.visible_to(viewer))


def similar_to(case: Case, viewer: Any, most: int = MOST) -> list[Alike]:
    """Find open or just solved cases like one that is there, for those who may read it."""
    point = (case.shown_lon, case.shown_lat)
    place = Where(case.grid, case.building, case.entrance, case.lon, case.lat, *point)
    words = frozenset(likeness.telling(case.search.split()))
    asked = Asked(words, place, case.happened_at, {case.category_id: 1.0})
    return _found(case.community, viewer, asked, most, Case.objects.visible_to(viewer).exclude(pk=case.pk))


def _found(community: Any, viewer: Any, asked: Asked, most: int, seen: CaseQuerySet) -> list[Alike]:
    weighed = _weigh(candidates(community, viewer, asked.place), viewer, asked, _public_words(community.pk))
    best = sorted(weighed, key=lambda each: (-each[0], each[1]))[: most + SPARE]
    if not best:
        return []
    # The last word on who may see a case is its own. They are of this community already: said once more, SQLite would
    # read all of it instead of these few.
    loaded = seen.for_list().in_bulk([key for _score, key, _why in best])
    return [Alike(loaded[key], score, why) for score, key, why in best if key in loaded][:most]


def candidates(community: Any, viewer: Any, place: Where) -> list[_Row]:
    """Read the newest at each house near by and the newest of all; one statement."""
    parts, values = [], []
    only, mine = _only(viewer)
    for where, of in _arms(community, place):
        parts.append(f"{_SHOWN}{only}{where}")
        values += [community.pk, *mine, *of]
    rows = sql.read(" UNION ALL ".join(f"SELECT * FROM ({part}) AS arm_{n}" for n, part in enumerate(parts)), *values)
    found = {row[0]: row for row in rows}
    key: Any = cache(lambda kept: kept and sql.key(kept))
    return [
        _Row._make((sql.key(row[0]), *map(key, row[1:7]), sql.moment(row[7]), *row[8:], community.pk))
        for row in found.values()
    ]


def _only(viewer: Any) -> tuple[str, tuple[Any, ...]]:
    if viewer.posts or viewer.can("cases.desk") or viewer.can("cases.oversee"):
        return "", ()  # what they may not see is left out in the end
    return (f" AND {_PUBLIC}", (viewer.account_id,)) if viewer.account_id else (" AND is_public", ())


def _arms(community: Any, place: Where) -> list[tuple[str, tuple[Any, ...]]]:
    last = " ORDER BY happened_at DESC LIMIT {}"
    arms = [(f" AND building_id = %s{last.format(AT_EACH)}", (house,)) for house in _houses(community, place)]
    if place.grid is not None:
        arms.append((f" AND building_id IS NULL AND grid_id = %s{last.format(AT_EACH)}", (place.grid.pk,)))
    return [*arms, (last.format(NEWEST), ())]


def _houses(community: Any, place: Where) -> list[UUID]:
    """Name the houses near a place, the nearest first."""
    own = [place.building.pk] if place.building else []
    if place.shown_lon is None or place.shown_lat is None:
        return own
    point = (place.shown_lon, place.shown_lat)
    near = [(likeness.metres(point, (one.lon, one.lat)), one.pk) for one in places(community).buildings]
    listed = [key for far, key in sorted(near) if far < likeness.NEAR]
    return list(dict.fromkeys([*own, *listed]))[:HOUSES]


def _weigh(
    rows: list[_Row], viewer: Any, asked: Asked, public: Mapping[UUID, frozenset[str]]
) -> list[tuple[float, UUID, str]]:  # fmt: skip
    reads = rules.reads_whole(viewer)
    theirs = {
        row.pk: likeness.telling(row.search.split()) if reads(row) else _of_public(row, public) for row in rows
    }  # fmt: skip
    weights = likeness.rarities(theirs.values())
    weighed = []
    for row in rows:
        words, shared = likeness.by_words(asked.words, theirs[row.pk], weights)
        far = _far(row, asked.place)
        door = asked.place.entrance is not None and row.entrance_id == asked.place.entrance.pk
        house = asked.place.building is not None and row.building_id == asked.place.building.pk
        days = (asked.at - row.happened_at).total_seconds() / 86_400
        near = likeness.by_distance(far, door=door, house=house)
        kind = asked.kinds.get(row.category_id, 0.0)
        if score := likeness.together(words, kind, near, likeness.by_time(days)):
            where = _("same entrance") if door else _("same building") if house else _distance(far)
            weighed.append((score, row.pk, _why(where, days, shared, is_same_kind=kind >= SURE)))
    return weighed


def _of_public(row: _Row, public: Mapping[UUID, frozenset[str]]) -> frozenset[str]:
    own = _cut(row.public_summary) if row.public_summary else frozenset()
    return own | public.get(row.category_id, frozenset())


def _public_words(community_id: UUID) -> dict[UUID, frozenset[str]]:
    """Cut what everyone may read of each category: its names and rule words."""
    return {row.pk: _cut(" ".join((row.zh, row.en, *row.words))) for row in categories(community_id)}


@lru_cache(maxsize=5000)
def _cut(text: str) -> frozenset[str]:
    return frozenset(likeness.telling(segment(text).split()))


def _far(row: _Row, place: Where) -> float | None:
    if None in (row.shown_lon, row.shown_lat, place.shown_lon, place.shown_lat):
        return None
    return likeness.metres((row.shown_lon, row.shown_lat), (place.shown_lon, place.shown_lat))  # type: ignore[arg-type]


def _distance(far: float | None) -> str:
    if far is None or far > likeness.NEAR:
        return ""
    return _("%(metres)s m away") % {"metres": int(max(10, round(far, -1)))}


def _why(where: str, days: float, shared: list[str], *, is_same_kind: bool) -> str:
    whole = int(abs(days))
    apart = ngettext("%(n)s day apart", "%(n)s days apart", whole) % {"n": whole} if whole else _("the same day")
    said = likeness.spoken(shared)
    words = _("same words: %(words)s") % {"words": _(", ").join(said)} if said else ""
    return _(", ").join(filter(None, (where, apart, words or (_("same kind") if is_same_kind else ""))))


def taken_into(case: Case, viewer: Any, most: int = 20) -> list[Case]:
    """List the cases that were merged into this one, as far as this viewer may see them; two statements."""
    into = Link.objects.filter(community=case.community_id, target_id=case.pk, kind="merged")
    keys = list(into.order_by("-pk").values_list("source_id", flat=True)[:most])
    if not keys:
        return []
    seen = Case.objects.visible_to(viewer).for_list().in_bulk(keys)
    return [seen[key] for key in keys if key in seen]
