"""The door of every API address: method, community, scope, CSRF and limits, then the handler; nothing ends as HTML.

Every good read gets a tag of what it says, so that who has it already is told so (304).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mulin.kernel.refusals import Refused

from .http import Call, Unmet, failure
from .limits import slow_down, slow_down_key
from .scopes import READ, WRITE, Area

Handler = Callable[..., HttpResponseBase]
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_csrf = CsrfViewMiddleware(lambda request: HttpResponse())


def endpoint(area: Area | None = None, /, **handlers: Handler) -> Handler:
    """Make one address of the API from a function for each method it answers; without an area it takes whole scopes."""
    about = area or Area()
    methods = [*handlers, "OPTIONS", *(["HEAD"] if "GET" in handlers else [])]
    allow = {"Allow": ", ".join(sorted(methods))}

    # Exempt from the middleware's check, since calls without a cookie carry no authority; the others are checked below.
    @csrf_exempt
    def view(request: Call, slug: str = "", **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method == "OPTIONS":
            return HttpResponse(status=204, headers=allow)
        _speak(request)
        request.counted, request.key = None, getattr(request, "key", None)
        if method not in handlers:
            words = _("This address answers to: %(methods)s.") % {"methods": allow["Allow"]}
            return failure(405, "method_not_allowed", words, headers=allow)
        response = _answer(request, slug, about, handlers[method], kwargs)
        if request.counted:
            for name, value in request.counted.headers.items():
                response.headers[name] = value
        return _unless_known(request, response) if method == "GET" else response

    return view


def _unless_known(request: Call, response: HttpResponseBase) -> HttpResponseBase:
    """Tag what is answered by its words; a version that stands there already stays in front."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or not response.content:
        return response
    version = response.headers.get("ETag", "").strip('"')
    said = blake2b(response.content, digest_size=8).hexdigest()
    tag = f'"{version}.{said}"' if version else f'"{said}"'
    response.headers["ETag"] = tag
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if tag not in known and "*" not in known:
        return response
    kept = {name: value for name, value in response.headers.items() if name != "Content-Type"}
    return HttpResponse(status=304, headers=kept)


def _answer(request: Call, slug: str, area: Area, handler: Handler, kwargs: dict[str, Any]) -> HttpResponseBase:
    try:
        if slug and request.community is None:
            raise Http404
        if refusal := _check(request, area):
            return refusal
        return handler(request, **kwargs)
    except Unmet as unmet:
        return unmet.response
    except Refused as refused:
        return failure(refused.status, refused.code, str(refused.message))
    except Http404:
        return nothing_here(request)
    except TOO_BIG:
        return failure(413, "too_large", _("This is too large. Send fewer or smaller photos and at most 2 MB of text."))
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation):
        return failure(400, "unreadable", _("What was sent could not be read. Check how the body is put together."))


@csrf_exempt
def nothing_here(request: Any, **kwargs: Any) -> HttpResponse:
    """Answer that there is nothing at an address; what may not be seen does not exist."""
    return failure(404, "not_found", _("There is nothing here."))


def _speak(call: Call) -> None:
    """Let a program choose the language of each call; a browser's choice was made by its person already."""
    if call.viewer.scopes is not None and "Accept-Language" in call.headers:
        call.LANGUAGE_CODE = translation.get_language_from_request(call)
        translation.activate(call.LANGUAGE_CODE)


def _check(call: Call, area: Area) -> HttpResponse | None:
    viewer = call.viewer
    writes = call.method not in {"GET", "HEAD"}
    slow_down_key(call)
    if viewer.scopes is not None:
        kind = WRITE if writes else READ
        if not area.opens_to(viewer.scopes, kind):
            words = _("This key may not do that. A key with one of these scopes may: %(scopes)s.")
            raise Unmet(403, "scope", words % {"scopes": ", ".join(area.scopes(kind))})
    elif writes and (viewer.is_someone or viewer.holds):
        # A cookie says who this is, and browsers send cookies by themselves.
        refusal: HttpResponse | None = _csrf.process_view(call, _unmarked, (), {})
        if refusal is not None:
            return refusal
    if writes:
        slow_down(call)
    return None


def _unmarked(request: Any) -> HttpResponse:
    raise NotImplementedError  # only stands for a view that is not exempt
