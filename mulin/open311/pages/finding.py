"""Reading requests: lists narrowed as the standard says, one by its number, tokens, and the bulk table."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.cases.flow import NEW
from mulin.kernel.clock import now
from mulin.tables.writing import harmless

from ..figures import limits
from ..figures.moments import read_moment, window
from ..figures.writing import content_type
from ..queries import notes, requests
from .http import Asked, Wrong
from .rows import BULK, Rows


def index(asked: Asked) -> HttpResponse:
    """List public requests, the newest first."""
    wish = _wish(asked, limits.MOST)
    page, further = _page(asked, wish)
    return asked.answer("service_requests", _written(asked, page), _paging(asked, wish, further))


def one(asked: Asked, number: str) -> HttpResponse:
    """Answer one request, in an array."""
    wish = requests.Asked(numbers=(number.upper(),))
    found = requests.found(asked.community, requests.cases(asked.community, wish)[:1])
    if not found:
        raise Wrong(404, _("There is no such service_request_id: %(number)s.") % {"number": number[:80]})
    return asked.answer("service_requests", _written(asked, found))


def token(asked: Asked, token: str) -> HttpResponse:
    """Answer the number that came of a token; without one as long as nobody took the request on."""
    receipt = notes.receipt_by(asked.community, token[:80])
    if receipt is None:
        raise Wrong(404, _("There is no such token: %(token)s.") % {"token": token[:80]})
    waits = receipt.is_batch and receipt.case.state in NEW
    number = None if waits else receipt.case.number
    return asked.answer("service_requests", [{"service_request_id": number, "token": token}])


def bulk(asked: Asked) -> HttpResponse:
    """Write public requests as a table (GeoReport Bulk)."""
    wish = _wish(asked, limits.MOST_ROWS)
    page, further = _page(asked, wish)
    text = io.StringIO()
    table, rows = csv.writer(text), Rows(asked.community)
    table.writerow(BULK)
    table.writerows([harmless(value) for value in rows.bulk(each)] for each in page)
    headers = {"Access-Control-Allow-Origin": "*", **_paging(asked, wish, further)}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type=content_type("csv"), headers=headers)


def _wish(asked: Asked, most: int) -> requests.Asked:
    if numbers := asked.texts("service_request_id", limits.MOST_IDS):
        return requests.Asked(numbers=tuple(number.upper() for number in numbers), size=most)
    start, end = dates(asked)
    states = frozenset(asked.texts("status", 2))
    if states - {"open", "closed"}:
        raise Wrong(400, _("status is open or closed."))
    return requests.Asked(
        codes=asked.texts("service_code", limits.MOST_IDS), states=states, start=start, end=end, box=_box(asked),
        point=_point(asked), page=asked.whole("page", 1, limits.MOST_PAGES), size=asked.whole("page_size", most, most),
    )  # fmt: skip


def dates(asked: Asked) -> tuple[Any, Any]:
    """Read from when to when is asked, at most 90 days; the last 90 where nothing is said."""
    said: dict[str, Any] = {}
    for name in ("start_date", "end_date"):
        try:
            said[name] = read_moment(text) if (text := asked.text(name)) else None
        except (ValueError, OverflowError):
            words = _("%(name)s is a moment with its zone: 2026-01-31T08:00:00+08:00.")
            raise Wrong(400, words % {"name": name}) from None
    found = window(said["start_date"], said["end_date"], now())
    if found is None:
        raise Wrong(400, _("Ask for at most 90 days, from start_date to end_date."))
    return found


def _box(asked: Asked) -> requests.Box | None:
    if not (text := asked.text("bbox")):
        return None
    found = _numbers(text.split(","))
    if found is None or len(found) != 4 or not (found[0] <= found[2] and found[1] <= found[3]):
        raise Wrong(400, _("bbox is west,south,east,north in degrees."))
    return found[0], found[1], found[2], found[3]


def _point(asked: Asked) -> tuple[float, float, float] | None:
    said = [asked.text(name) for name in ("long", "lat")]
    if not any(said):
        return None
    found = _numbers([*said, asked.text("radius") or "100"])
    if found is None or not 1 <= found[2] <= limits.FAR or abs(found[0]) > 180 or abs(found[1]) > 90:
        words = _("lat and long are given together, with radius in metres up to %(most)s.") % {"most": limits.FAR}
        raise Wrong(400, words)
    return found[0], found[1], found[2]


def _numbers(texts: list[str]) -> list[float] | None:
    try:
        found = [float(text) for text in texts]
    except ValueError:
        return None
    return found if all(abs(number) <= 100_000 for number in found) else None


def _page(asked: Asked, wish: requests.Asked) -> tuple[list[requests.Found], bool]:
    first = (wish.page - 1) * wish.size
    found = requests.found(asked.community, requests.cases(asked.community, wish)[first : first + wish.size + 1])
    return found[: wish.size], len(found) > wish.size


def _written(asked: Asked, found: list[requests.Found]) -> list[Any]:
    rows = Rows(asked.community)
    if asked.text("extensions") != "true":
        return [rows.request(each) for each in found]
    ids = [each.id for each in found]
    told, happened = notes.answers_of(asked.community, ids), notes.notes_of(asked.community, ids)
    return [rows.extended(each, told.get(each.id, []), happened.get(each.id, [])) for each in found]


def _paging(asked: Asked, wish: requests.Asked, further: bool) -> dict[str, str]:
    return paging(asked, wish.page, further)


def paging(asked: Asked, page: int, further: bool) -> dict[str, str]:
    """Write where the pages before and behind are; the shape of the array stays."""
    kept = [(name, value) for name, value in asked.request.GET.items() if name != "page"]
    wanted = [(page - 1, "prev")] * (page > 1) + [(page + 1, "next")] * further
    links = [f'<{asked.request.path}?{urlencode([*kept, ("page", at)])}>; rel="{way}"' for at, way in wanted]
    return {"Link": ", ".join(links)} if links else {}
