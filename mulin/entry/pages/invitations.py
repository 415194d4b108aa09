"""Inviting someone to a vacant post, and accepting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mulin.factors.pages import tried
from mulin.kernel.refusals import Refused
from mulin.people.queries import account_by
from mulin.web.http import address_of, community_of

from .. import actions, forms, queries
from .answers import device, let_in


def invite(request: Any, slug: str) -> HttpResponse:
    """Invite someone to a vacant post."""
    community = community_of(request)
    if not request.viewer.can("people.invite"):
        raise Refused("not_yours", _("Who can do this: whoever looks after the posts."), status=403)
    asked_for = {"post": request.GET.get("post")}
    form = forms.Invite(request.POST or None, by=request.viewer, community=community, initial=asked_for)

    def act(asked: dict[str, Any]) -> HttpResponse:
        target = asked["target"]
        actions.slow_down("invite", str(request.viewer.account_id), limit=30)
        place = {"email": target} if "@" in target else {"phone": target}
        actions.invite(by=request.viewer, post=asked["post"], **place)
        messages.success(request, _("The invitation is on its way."))
        return redirect("people:posts", slug=slug)

    return tried(request, form, "entry/invite.html", act)


def invitation(request: Any, slug: str, token: str) -> HttpResponse:
    """Accept an invitation: with the account that is signed in, or a new one."""
    actions.slow_down("invitation", address_of(request), limit=60)
    found = queries.invitation_by(token, community_of(request))
    if found is None:
        return render(request, "entry/invitation_over.html", status=404)
    target = found.email or found.phone
    has_account = account_by(target) is not None and not request.viewer.is_someone
    kind = forms.Named if request.viewer.is_someone else forms.Welcome
    form = kind(request.POST or None, initial={"name": request.viewer.name})

    def act(asked: dict[str, Any]) -> HttpResponse:
        account = actions.take_invitation(found, account_id=request.viewer.account_id, **asked)
        messages.success(request, _("Welcome. The post is yours from today."))
        if request.viewer.is_someone:
            return redirect(f"/{slug}/")
        return let_in(request, actions.start(account, device=device(request)))

    return tried(request, form, "entry/invitation.html", act, {"invitation": found, "has_account": has_account})
