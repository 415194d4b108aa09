"""One's own page: looks, keys, posts, and who looked at one's data."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.factors.actions import tell_change
from mulin.factors.pages import fresh
from mulin.people.actions import set_appearance
from mulin.people.queries import communities_of, seen_by, terms_of

from .. import actions, forms, queries
from ..actions import browser
from .security import for_someone


@for_someone
def me(request: Any) -> HttpResponse:
    """Show one's own page, and keep its language and looks."""
    account = request.sign_in.account
    form = forms.Appearance(request.POST or None, initial=_looks(request))
    if request.method == "POST" and form.is_valid():
        set_appearance(account.pk, **form.cleaned_data)
        messages.success(request, _("Kept."))
        response = redirect("entry:me")
        browser.keep_appearance(response, **form.cleaned_data)
        return response
    return _page(request, form, forms.Key(by=request.viewer), status=422 if form.errors else 200)


@partial(fresh, back="entry:me")
@require_POST
def api_key(request: Any) -> HttpResponse:
    """Make an API key and show its secret once; whoever signed in a while ago does so anew."""
    form = forms.Key(request.POST, by=request.viewer)
    if not form.is_valid():
        return _page(request, None, form, status=422)
    _key, secret = actions.make_key(request.sign_in.account_id, **form.cleaned_data)
    tell_change(request.sign_in.account, "key")  # it goes on when the password is changed
    return _page(request, None, forms.Key(by=request.viewer), secret=secret)


@for_someone
@require_POST
def api_key_revoke(request: Any, key_id: UUID) -> HttpResponse:
    """End an API key."""
    actions.revoke_key(key_id, account_id=request.sign_in.account_id)
    messages.success(request, _("This key opens nothing any more."))
    return redirect("entry:me")


def _page(
    request: Any, looks: forms.Appearance | None, key: forms.Key, secret: str = "", status: int = 200
) -> HttpResponse:
    account = request.sign_in.account
    context = {
        "account": account, "form": looks or forms.Appearance(initial=_looks(request)),
        "key_form": key, "secret": secret, "is_fresh": request.sign_in.is_fresh,
        "keys": queries.keys_of(account.pk), "lines": seen_by(account.pk),
        "terms": terms_of(account.pk), "communities": communities_of(account.pk),
        **queries.joinable(account.pk),
    }  # fmt: skip
    return render(request, "entry/me.html", context, status=status)


def _looks(request: Any) -> dict[str, str]:
    # What this browser shows: the switches in the header may have changed it since the account was asked.
    return {
        "language": request.LANGUAGE_CODE,
        "theme": request.COOKIES.get("theme", "light"),
        "mode": request.COOKIES.get("mode", "plain"),
    }
