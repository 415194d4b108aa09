"""Writing what was settled: categories first, then the cases, up to 1,000 in one transaction (law 10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Turn, adopt, save_adopted, writing
from mulin.kernel.refusals import Refused
from mulin.territory.actions import found
from mulin.territory.models import Community
from mulin.text.words import segment

from ..actions import setup
from ..flow import OPEN
from ..models import Case, Category
from ..rules import COMMUNITY
from .judging import Judged, Plan
from .mapping import Map, unfit_map

AT_ONCE = 1000
SHOWN_DECIMALS = 3  # some 100 metres: what the public sees of a place without grids
PACK = "grid-management"


def ready(slug: str, map_: Map, *, create: bool) -> tuple[Community | None, set[str]]:
    """Return the community, if it is there yet, and the ids that it has from this source. Raises Refused."""
    community = Community.objects.filter(slug=slug).first()
    if community is None and not create:
        words = _("There is no community %(key)s. Add --create to found it.") % {"key": slug}
        raise Refused("no_such_community", words, 404)
    if community is None and not {"name", "letter", "time_zone"} <= set(map_.place):
        raise unfit_map(_("To found a community, the map file's [place] needs name, letter and time_zone."))
    _check_categories(community, map_)
    if community is None:
        return None, set()
    here = Case.objects.filter(community=community, source=map_.key)
    return community, set(here.values_list("external_id", flat=True))


def settle_in(slug: str, map_: Map) -> Community:
    """Found the community that a map file describes, with the category tree of grid management."""
    place = map_.place
    box = [place[side] for side in ("west", "south", "east", "north") if side in place]
    community = found(
        slug, place["name"], place["letter"], name_en=place.get("name_en", ""), zone=place["time_zone"],
        holidays=place.get("holidays", ""), boundary=_rectangle(*box) if len(box) == 4 else None,
    )  # fmt: skip
    setup.load_categories(community, by=SYSTEM, pack=PACK)
    return community


def add_categories(community: Community, map_: Map) -> int:
    """Add the map file's own categories; those whose key the community already has stay as they are."""
    return setup.add_categories(community, map_.own_categories, by=SYSTEM, name=map_.key)


def bring_in(community: Community, plan: Plan, *, advance: Callable[[int], Any] = int) -> int:
    """Adopt the wanted rows that are not here yet; each transaction is complete, so it can be stopped and repeated."""
    categories = {row.key: row for row in Category.objects.filter(community=community)}
    wanted, made = plan.wanted, 0
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        with writing(community.pk) as turn:
            here = Case.objects.filter(community=community, source=plan.map.key)
            known = set(here.filter(external_id__in=[row.id for row in batch]).values_list("external_id", flat=True))
            cases = [_adopt(turn, community, categories, row, plan.map) for row in batch if row.id not in known]
            if cases:
                save_adopted(cases)
        made += len(cases)
        advance(len(batch))
    return made


def _adopt(turn: Turn, community: Community, categories: dict[str, Category], row: Judged, map_: Map) -> Case:
    said, times = {name: text.strip() for name, text in row.row.said.items()}, row.times
    lon, lat = row.point
    summary, reported = said.get("summary", ""), times["reported_at"]
    assert reported is not None  # a row without it is a problem, and no problem comes here
    words = _words(summary, said.get("words", ""), said["category"])
    category = categories[row.category]
    year = reported.astimezone(ZoneInfo(community.zone)).year
    case = Case(
        community=community, category=category, words=words, disclosure="anonymous" if row.is_anonymous else "named",
        is_public=not category.is_household, state=row.state, level=COMMUNITY, lon=lon, lat=lat,
        address=said.get("address", "")[:200], reopened=int(row.was_reopened), source=map_.key, external_id=row.id,
        happened_at=reported, accepted_at=times["accepted_at"], solved_at=times["solved_at"],
        closed_at=times["closed_at"] if row.state not in OPEN else None, search=segment(f"{summary}\n{words}"),
        contact_name="" if row.is_anonymous else said.get("reporter", "")[:60],
        number=f"{community.letter}-{year}-{turn.count(community.pk, f'cases-{year}'):05d}",
    )  # fmt: skip
    if case.is_public:
        case.public_summary = summary[:200] if "summary" in map_.public else ""
    if lon is not None and lat is not None:
        case.shown_lon, case.shown_lat = round(lon, SHOWN_DECIMALS), round(lat, SHOWN_DECIMALS)
    details: dict[str, Any] = {"source": map_.key, "external_id": row.id, "row": row.row.number}
    notes = {"contradictions": row.names, "same_as": row.twin}
    adopt(turn, case, details={**details, **{name: note for name, note in notes.items() if note}})
    return case


def _words(summary: str, words: str, category: str) -> str:
    """Join title and words; a title that only names the category, or that the words repeat, says nothing more."""
    if not words:
        return summary
    return words if not summary or summary == category or words.startswith(summary) else f"{summary}\n{words}"


def _check_categories(community: Community | None, map_: Map) -> None:
    if community is None:
        known = setup.pack_keys(PACK)
    else:
        known = set(Category.objects.filter(community=community).values_list("key", flat=True))
    own = {row["key"] for row in map_.own_categories}
    needed = set(map_.categories.values()) | {row["parent"] for row in map_.own_categories if row.get("parent")}
    if lacking := sorted(needed - known - own):
        words = _("The community has no category for: %(keys)s. Add it under [[category]], or map to another.")
        raise unfit_map(words % {"keys": ", ".join(lacking)})


def _rectangle(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}
