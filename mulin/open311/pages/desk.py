"""Pages of the desk: how programs reach this community, what is offered to them, and what is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from .. import actions, forms
from ..queries import offers


def _desk(request: Visit) -> Any:
    community = community_of(request)
    if not request.viewer.can("cases.desk"):
        raise Http404
    return community


def overview(request: Visit, slug: str) -> HttpResponse:
    """Show how programs reach this community, and what each category asks."""
    community = _desk(request)
    server = request.build_absolute_uri(f"/{community.slug}/open311/v2/")
    return render(request, "open311/overview.html", {"services": offers.settings_of(community), "server": server})


def service(request: Visit, slug: str, key: str) -> HttpResponse:
    """Show how a category is offered and what it asks, and take in what the desk changes."""
    community = _desk(request)
    found = next((row for row in offers.settings_of(community) if row[0].key == key), None)
    if found is None:
        raise Http404
    category, row, _count = found
    asked = request.POST if request.method == "POST" else None
    is_asking = asked is not None and "datatype" in asked
    first = {"is_offered": row.is_offered if row else True, "is_batch": row.is_batch if row else False}
    offering = forms.Offering(None if is_asking else asked, by=request.viewer, initial=first)
    asking = forms.Asking(asked if is_asking else None, by=request.viewer)
    form: Any = asking if is_asking else offering
    if asked is not None and form.is_valid():
        try:
            (actions.ask if is_asking else actions.offer)(category, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Done."))
            return redirect(request.path)
    context = {
        "category": category, "offering": offering, "asking": asking, "is_asking": is_asking,
        "questions": offers.questions(community, category.pk),
    }  # fmt: skip
    return render(request, "open311/service.html", context, status=422 if asked is not None else 200)


@require_POST
def drop(request: Visit, slug: str, key: str, id: UUID) -> HttpResponse:
    """Take a question out."""
    community = _desk(request)
    category = next((row for row, _service, _count in offers.settings_of(community) if row.key == key), None)
    asked = offers.questions(community, category.pk) if category else []
    found = next((each for each in asked if each.pk == id), None)
    if found is None:
        raise Http404
    actions.drop(found, by=request.viewer)
    messages.success(request, _("Done."))
    return redirect("open311:service", slug=slug, key=key)
