"""What keepers of places share, and the settings of a community."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from .. import actions, forms
from ..models import Community


def keeper(request: Visit) -> Community:
    """Return the community for whoever keeps its places. Raises Refused for others."""
    community: Community = community_of(request)
    if not request.viewer.can(actions.CAPABILITY):
        raise Refused("not_yours", _("Who can do this: who keeps the places of this community."), 403)
    return community


def settings(request: Visit, slug: str) -> HttpResponse:
    """Change names, office hours, holidays and whether one may report without a name."""
    community = keeper(request)
    form = forms.Settle(request.POST or None, initial=_now(community))
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle(community, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            form.add_error("hours" if refused.code == "hours" else None, refused.message)
        else:
            messages.success(request, _("The settings are kept."))
            return redirect("territory:settings", slug=community.slug)
    return render(request, "territory/settings.html", {"form": form}, status=422 if form.errors else 200)


def _now(community: Community) -> dict[str, Any]:
    hours = "\n".join("-".join(span) for span in community.hours)
    return {
        "name": community.name, "name_en": community.name_en, "holidays": community.holidays or "none",
        "hours": hours, "anonymous_allowed": community.anonymous_allowed,
    }  # fmt: skip
