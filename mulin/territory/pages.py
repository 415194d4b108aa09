"""Open pages of places: what a plate's code leads to, the shapes for maps, and the code as a picture."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from . import queries


@require_safe
def plate(request: Visit, slug: str, code: str) -> HttpResponse:
    """Lead from the code on an entrance's plate to the report page with the place filled in."""
    community = community_of(request)
    entrance = queries.entrance_by_code(community, code)
    if entrance is None:
        words = _("No entrance here has this code: %(code)s. Choose the building on the report page instead.")
        raise Refused("no_entrance", words % {"code": code[:20]}, 404)
    return HttpResponseRedirect(f"/{community.slug}/report/?{urlencode({'e': entrance.code})}")


@require_safe
def features(request: Visit, slug: str) -> HttpResponse:
    """Give grids, buildings and entrances for maps as one GeoJSON collection; asked again, only what changed."""
    community = community_of(request)
    known = queries.places(community)
    tag = f'"{community.pk.hex[-12:]}-{known.stamp}"'
    response: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(known.as_json, content_type="application/geo+json")
    # Kept by anyone, but asked about each time: the answer is then 304 for one statement.
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "public, no-cache"
    return response


@require_safe
def qr_code(request: Visit, slug: str, pk: UUID) -> HttpResponse:
    """Draw the code for an entrance's plate."""
    community = community_of(request)
    entrance = next((door for door in queries.entrances(community) if door.pk == pk), None)
    if entrance is None:
        raise Http404
    address = settings.SITE_URL.rstrip("/") + reverse("territory:plate", args=[community.slug, entrance.code])
    picture = BytesIO()
    segno.make(address, error="q", micro=False).save(picture, kind="svg", scale=8, xmldecl=False, title=str(entrance))
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
