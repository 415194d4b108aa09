"""The kit's own pages: choosing language and appearance, and what is shown when a page cannot be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import samples

YEAR = 365 * 24 * 3600


def back(request: HttpRequest) -> str:
    """Return where a small form came from, if that is ours."""
    where = request.POST.get("next", "")
    return where if url_has_allowed_host_and_scheme(where, {request.get_host()}) else "/"


def style(request: HttpRequest) -> HttpResponse:
    """Show every component with its rule, light and dark; where a programmer or a demonstration looks, nowhere else."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "web/style.html", samples.context())


def later(request: HttpRequest, noun: Any, page: str, where: str) -> HttpResponse:
    """Answer the panels of a noun's page that come later: as a part of it, or, asked for as such, as a page."""
    part = request.headers.get("HX-Request")
    template = "web/beside_part.html" if part else "web/beside.html"
    return render(request, template, {"noun": noun, "page": page, "where": where})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen."""
    response = HttpResponseRedirect(back(request))
    if (chosen := request.POST.get("language")) in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, str(chosen), max_age=YEAR, samesite="Lax")
    return response


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep light or dark, and the elder mode."""
    response = HttpResponseRedirect(back(request))
    for name, allowed in (("theme", {"light", "dark"}), ("mode", {"plain", "elder"})):
        if (chosen := request.POST.get(name)) in allowed:
            response.set_cookie(name, str(chosen), max_age=YEAR, samesite="Lax")
    return response


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that there is no such page; what may not be seen does not exist."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"code": "not_found", "message": _("There is nothing here.")}}, status=404)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it was our fault."""
    if request.path.startswith("/api/"):
        words = _("Something broke on our side. Nothing was saved; try again.")
        return JsonResponse({"error": {"code": "server_error", "message": words}}, status=500)
    # Without the request: what failed once may fail again while a page is put together.
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say how to get past an expired form."""
    if request.path.startswith("/api/"):
        words = _("Send the header X-CSRFToken, or use an API key.")
        return JsonResponse({"error": {"code": "csrf", "message": words}}, status=403)
    return render(request, "web/csrf.html", status=403)
