"""What pages of nouns share: the page on which one is made, and the addresses of its moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.doors import form_of
from mulin.kernel.models import Noun, pending_for
from mulin.kernel.refusals import Refused

from . import moves
from .http import Visit, community_of

Nouns = Callable[[Visit], "QuerySet[Any]"]


def create(
    request: Visit, draft: Any, verb: str, *, template: str = "web/new.html", done: Any = "", **context: Any
) -> HttpResponse:
    """Show the form of a creating move, and make the noun with what was sent; then its page opens.

    The action takes by, community, once and the form's answers. A refusal stands above the form, which keeps the words.
    """
    move, by, status = draft.flow[verb], request.viewer, 200
    if refused := draft.flow.why_not(verb, by, draft):
        raise refused
    bound = request.method == "POST"
    form = form_of(draft, verb, by=by, data=request.POST if bound else None, files=request.FILES if bound else None)
    if bound:
        status = 422
        if form.is_valid():
            try:
                action = draft.flow.action(verb)
                once = moves.once_of(request, verb)
                made = action(by=by, community=draft.community, once=once, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, error.message)
                status = error.status
            else:
                messages.success(request, str(done or _("Done.")))
                return redirect(made.get_absolute_url())
    return render(request, template, {"form": form, "move": move, "noun": draft, **context}, status=status)


def waiting(noun: Any, viewer: Any, names: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """List the moves of a noun that wait for a second person, as `web/pending.html` shows them.

    `names`: what to call who asked, by actor; without it nobody is named.
    """
    listed = []
    for row in pending_for(noun):
        if row.expires_at > now():
            move = noun.flow[row.verb]
            listed.append({
                "label": move.label,
                "who": (names or {}).get(row.actor, ""),
                "reason": row.answers.get("reason", ""),
                "until": row.expires_at,
                "url": f"{noun.get_absolute_url()}{row.verb}/agree/",
                "may": bool(move.second and row.actor != viewer.actor and move.second(viewer, noun)),
            })  # fmt: skip
    return listed


def asked_for(request: Visit, rows: QuerySet[Any], name: str) -> Any:
    """Find the row whose id an address or a form names; None where it names none, 404 where it is not among these."""
    if not (text := request.POST.get(name) or request.GET.get(name, "")):
        return None
    try:
        return get_object_or_404(rows, pk=UUID(text))
    except ValueError:
        raise Http404 from None


def move_paths(prefix: str, name: str, nouns: Nouns | type[Noun]) -> list[URLPattern]:
    """List the addresses of a noun's moves: <prefix><id>/<move>/ asks and makes it, …/agree/ takes the second word.

    A noun's get_absolute_url must be <community>/<module><prefix><id>/, since its buttons add the move to it.
    """

    def seen(request: Visit) -> QuerySet[Any]:
        given: Any = nouns
        rows = given.objects.visible_to(request.viewer).for_list() if isinstance(nouns, type) else given(request)
        kept: QuerySet[Any] = rows.filter(community=community_of(request))
        return kept

    def made(request: Visit, slug: str, id: UUID, move: str) -> HttpResponse:
        make = moves.move if request.method == "POST" else moves.ask
        return make(request, seen(request), id, move)

    def agreed(request: Visit, slug: str, id: UUID, move: str) -> HttpResponse:
        return moves.agree(request, seen(request), id, move)

    return [
        path(f"{prefix}<uuid:id>/<slug:move>/", made, name=f"{name}_move"),
        path(f"{prefix}<uuid:id>/<slug:move>/agree/", agreed, name=f"{name}_agree"),
    ]
