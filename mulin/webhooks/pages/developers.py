"""For people who write programs: the API's document as pages, made by our own templates."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.api import manual
from mulin.api.openapi import document
from mulin.api.resources import offered
from mulin.web.http import Visit

from ..figures import BACK_OFF


@lru_cache(maxsize=8)
def _document(language: str) -> dict[str, Any]:
    # It is the same until the program is started anew.
    return document(offered(), language)


def _known() -> dict[str, Any]:
    return _document(get_language() or "en")


def overview(request: Visit) -> HttpResponse:
    """Show how to begin, what there is, what can go wrong, and how webhooks work."""
    context = {
        "topics": manual.summary(_known(), offered()), "site": settings.SITE_URL, "errors": _errors(),
        "tries": len(BACK_OFF) + 1,
    }  # fmt: skip
    return render(request, "webhooks/developers.html", context)


def topic(request: Visit, name: str) -> HttpResponse:
    """Show what can be done with one kind of thing, and the shapes of its answers."""
    title = next((words for tag, words, _scopes in manual.summary(_known(), offered()) if tag == name), None)
    if title is None:
        raise Http404
    listed = manual.operations(_known(), name)
    context = {"name": name, "title": title, "operations": listed, "shapes": manual.shapes(_known(), listed)}
    return render(request, "webhooks/resource.html", context)


def _errors() -> list[tuple[str, str]]:
    return [
        ("400", _("The call cannot be read.")),
        ("401", _("The key opens nothing here, or it takes a sign-in.")),
        ("403", _("Not you, or not with this key: the sentence says who can.")),
        ("404", _("There is nothing here that you may see.")),
        ("409", _("Not now, or somebody changed it meanwhile.")),
        ("422", _("Answers are missing or wrong: fields says which.")),
        ("429", _("Too many calls. Wait for Retry-After seconds.")),
        ("503", _("Many people are writing. Try again in a moment.")),
    ]
