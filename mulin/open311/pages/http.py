"""One call: its format, community and values; whom a key stands for; and every no as an array of errors.

No cookie is read here: only the key in a form says who writes, so that no other site can do it in someone's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mulin.api.http import Unmet
from mulin.api.limits import slow_down, slow_down_key
from mulin.api.scopes import WRITE, Area
from mulin.entry import actions as entry
from mulin.entry.queries import viewer_by_key
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in

from ..figures.writing import content_type, write
from ..queries import offers

AREA = Area("cases", "open311")  # a key for reporting cases does, and one for Open311 alone
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREADABLE = (MultiPartParserError, UnreadablePostError, SuspiciousOperation)
_KEY = re.compile(r"mk_[\w-]{8,100}", re.ASCII)


class Wrong(Exception):
    """A call that cannot be answered: why, in one or more sentences."""

    def __init__(self, status: int, *words: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.words, self.headers = status, words, headers or {}


@dataclass
class Asked:
    """One call to a community's server."""

    request: Any
    form: str  # xml or json
    community: Any
    is_shared: bool  # the address of the whole installation, which needs a jurisdiction

    def text(self, name: str) -> str:
        """Return a value; an empty one counts as absent."""
        sent = self.request.POST.get(name) or self.request.GET.get(name) or ""
        if "\x00" in sent:
            raise Wrong(400, _("A value holds a sign that is no text: %(name)s.") % {"name": name})
        return str(sent).strip()

    def texts(self, name: str, most: int) -> tuple[str, ...]:
        """Return the values of a list parted by commas."""
        found = tuple(dict.fromkeys(part.strip() for part in self.text(name).split(",") if part.strip()))
        if len(found) > most:
            raise Wrong(400, _("%(name)s takes at most %(most)s values.") % {"name": name, "most": most})
        return found

    def whole(self, name: str, usual: int, most: int) -> int:
        """Return a whole number from 1 on."""
        text = self.text(name)
        if not text:
            return usual
        if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most):
            raise Wrong(400, _("%(name)s is a whole number from 1 to %(most)s.") % {"name": name, "most": most})
        return int(text)

    def base(self) -> str:
        """Return the address of this very server, without the site."""
        return str(self.request.path).rpartition("/open311/v2/")[0] + "/open311/v2"

    def writer(self) -> Any:
        """Return the viewer whom the key in the form stands for. Raises Wrong: always 403."""
        given = str(self.request.POST.get("api_key", "")).strip()  # never in an address, which others log
        found = viewer_by_key(given, self.community) if _KEY.fullmatch(given) else None
        if found is None:
            slow_down(self.request, "guest")
            words = _("api_key is missing.") if not given else _("This api_key opens nothing here.")
            raise Wrong(403, words)
        viewer, key = found
        self.request.viewer, self.request.key = viewer, key
        slow_down_key(self.request)
        slow_down(self.request)
        if not AREA.opens_to(viewer.scopes, WRITE):
            words = _("This key may not do that. A key with one of these scopes may: %(scopes)s.")
            raise Wrong(403, words % {"scopes": ", ".join(AREA.scopes(WRITE))})
        if key.used_on != (today := today_in(self.community)).isoformat():
            entry.key_used(key.id, self.community, today)
        return viewer

    def answer(self, name: str, value: Any, headers: dict[str, str] | None = None) -> HttpResponse:
        """Answer in the format that was asked."""
        return _respond(self.form, name, value, 200, headers)


Handler = Callable[..., HttpResponse]


def address(needs_community: bool = True, /, **handlers: Handler) -> Callable[..., HttpResponse]:
    """Make one address from a function for each method that it answers."""
    allow = ", ".join(sorted([*handlers, "OPTIONS", *(["HEAD"] if "GET" in handlers else [])]))

    @csrf_exempt
    def view(request: Any, form: str, slug: str = "", **kwargs: Any) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": allow, **_OPEN})
        request.counted, request.key = None, None
        try:
            if method not in handlers:
                words = _("This address answers to: %(methods)s.") % {"methods": allow}
                raise Wrong(405, words, headers={"Allow": allow})
            return handlers[method](_asked(request, form, slug, needs_community), **kwargs)
        except Exception as error:
            return _no(form, error)

    return view


_OPEN = {"Access-Control-Allow-Origin": "*"}  # what is here everyone may read, and no cookie counts


def _asked(request: Any, form: str, slug: str, needs_community: bool) -> Asked:
    asked = Asked(request, form, request.community if slug else None, not slug)
    if slug and asked.community is None:
        raise Wrong(404, _("There is no such community."))
    if not slug and needs_community:
        given = asked.text("jurisdiction_id")
        asked.community = offers.jurisdiction(given)
        if asked.community is None:
            raise (
                Wrong(404, _("There is no such jurisdiction_id."))
                if given
                else Wrong(400, _("Say which community is meant: jurisdiction_id."))
            )
        request.community = asked.community
    return asked


def _respond(form: str, name: str, value: Any, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    body = write(form, name, value)
    named = {"Vary": "Accept-Language", **_OPEN, **(headers or {})}
    return HttpResponse(body, status=status, content_type=content_type(form), headers=named)


def _no(form: str, error: Exception) -> HttpResponse:
    """Answer an expected refusal; everything else is a bug."""
    if isinstance(error, Wrong):
        return errors(form, error.status, *error.words, headers=error.headers)
    if isinstance(error, Refused):
        known = {401: 403, 403: 403, 404: 404, 413: 413, 503: 503}
        return errors(form, known.get(error.status, 400), error.message)
    if isinstance(error, Unmet):
        waits = {"Retry-After": error.response.headers["Retry-After"]}
        return errors(form, 429, _("Too many calls. Wait for Retry-After seconds."), headers=waits)
    if isinstance(error, Http404):
        return errors(form, 404, _("There is nothing here."))
    if isinstance(error, TOO_BIG):
        return errors(form, 413, _("This is too large. Send fewer or smaller photos and at most 2 MB of text."))
    if isinstance(error, UNREADABLE):
        return errors(form, 400, _("What was sent could not be read. Check how the body is put together."))
    if isinstance(error, OperationalError):
        words = _("Many people are writing just now. Nothing is lost: try again in a moment.")
        return errors(form, 503, words, headers={"Retry-After": "2"})
    raise error


def errors(form: str, status: int, *words: Any, headers: dict[str, str] | None = None) -> HttpResponse:
    """Answer with an array of errors."""
    said = [{"code": status, "description": str(each)} for each in words]
    return _respond(form, "errors", said, status, headers)


@csrf_exempt
def nothing(request: Any, rest: str = "", slug: str = "") -> HttpResponse:
    """Answer that there is nothing at an address, as JSON where that was asked, else as XML."""
    form = "json" if rest.endswith(".json") else "xml"
    return errors(form, 404, _("There is nothing here. Addresses end in .xml or .json."))
