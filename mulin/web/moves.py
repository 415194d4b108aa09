"""One view makes any move of any noun for browsers; the API has its own over the same door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.doors import Once, fingerprint, form_of, make_move, second
from mulin.kernel.refusals import Refused

from .http import Visit
from .middleware import refused as refused_page

MOST_TOLD = 2000  # characters


def _sent(request: Visit, name: str) -> bytes:
    ignored = {"csrfmiddlewaretoken", "once"}
    sent = {key: values for key, values in request.POST.lists() if key not in ignored}
    files: list[Any] = [file for _key, group in request.FILES.lists() for file in group]
    return fingerprint([request.path, name, sent, [file.size for file in files]])


def once_of(request: Visit, name: str = "") -> Once | None:
    """Return the key of a form, so that a second click finds what the first did."""
    key = request.POST.get("once", "")[:80]
    return Once(key, _sent(request, name)) if key else None


def version_of(request: Visit) -> int | None:
    """Return the version that the form showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 10 else None


@require_POST
def move(
    request: Visit, nouns: QuerySet[Any], id: Any, name: str, done: dict[str, Any] | None = None,
    again: Callable[[Visit, Any], object] | None = None,
) -> HttpResponse:  # fmt: skip
    """Check what was asked, call the action, answer; on a refusal the page says so and keeps the words.

    `again` is called with a form that has to be shown again.
    """
    noun = get_object_or_404(nouns, pk=id)
    try:
        made, form = make_move(
            noun, name, by=request.viewer, data=request.POST, files=request.FILES, version=version_of(request),
            once=once_of(request, name),
        )  # fmt: skip
    except Refused as error:
        return refused_page(request, error, noun=noun)
    if made is None:
        if again:
            again(request, form)
        return render(request, "web/move.html", _page(noun, name, form), status=422)
    said = (done or {}).get(name)
    waits = noun.flow[name].second is not None
    messages.success(request, str(said or (_("A second person has to agree now.") if waits else _("Done."))))
    return redirect(made.get_absolute_url())


def ask(request: Visit, nouns: QuerySet[Any], id: Any, name: str) -> HttpResponse:
    """Show the form of a move on a page of its own: the way without JavaScript."""
    noun = get_object_or_404(nouns, pk=id)
    if error := noun.flow.why_not(name, request.viewer, noun):
        raise error
    # What the address brings along stands in the form, and is sent by whoever looks at it.
    told = {field: request.GET[field][:MOST_TOLD] for field in request.GET}
    form = form_of(noun, name, by=request.viewer, **({"initial": told} if told else {}))
    return render(request, "web/move.html", _page(noun, name, form))


def _page(noun: Any, name: str, form: Any) -> dict[str, Any]:
    page = f"{noun._meta.label_lower}/{name}"  # where panels of other modules stand
    return {"noun": noun, "move": noun.flow[name], "form": form, "page": page}


@require_POST
def agree(request: Visit, nouns: QuerySet[Any], id: Any, name: str) -> HttpResponse:
    """Give the second person's word."""
    noun = get_object_or_404(nouns, pk=id)
    yes = request.POST.get("agree") == "yes"
    made = second(noun, name, by=request.viewer, agree=yes)
    messages.success(request, _("Agreed, and done.") if yes else _("Declined; it stays as it was."))
    return redirect(made.get_absolute_url())
