"""The door of every API address: method, community, scope, CSRF and limits, then the handler; nothing ends as HTML."""

from __future__ import annotations

from collections.abc import Callable
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
from .limits import slow_down

Handler = Callable[..., HttpResponseBase]
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_csrf = CsrfViewMiddleware(lambda request: HttpResponse())


def endpoint(**handlers: Handler) -> Handler:
    """Make one address of the API from a function for each method it answers."""
    methods = [*handlers, "OPTIONS", *(["HEAD"] if "GET" in handlers else [])]
    allow = {"Allow": ", ".join(sorted(methods))}

    # Exempt from the middleware's check, since calls without a cookie carry no authority; the others are checked below.
    @csrf_exempt
    def view(request: Call, slug: str = "", **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method == "OPTIONS":
            return HttpResponse(status=204, headers=allow)
        _speak(request)
        if method not in handlers:
            words = _("This address answers to: %(methods)s.") % {"methods": allow["Allow"]}
            return failure(405, "method_not_allowed", words, headers=allow)
        return _answer(request, slug, handlers[method], kwargs)

    return view


def _answer(request: Call, slug: str, handler: Handler, kwargs: dict[str, Any]) -> HttpResponseBase:
    try:
        if slug and request.community is None:
            raise Http404
        if refusal := _check(request):
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


def _check(call: Call) -> HttpResponse | None:
    viewer = call.viewer
    writes = call.method not in {"GET", "HEAD"}
    if viewer.scopes is not None:
        scope = "write" if writes else "read"
        if scope not in viewer.scopes:
            words = _("This key may not do that. Its scopes lack: %(scope)s.") % {"scope": scope}
            raise Unmet(403, "scope", words)
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
