"""One's own page: looks, devices, keys, posts, and who looked at one's data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.clock import now
from mulin.people.actions import set_appearance
from mulin.people.queries import communities_of, seen_by, terms_of

from .. import actions, forms, queries
from ..actions import browser
from ..figures import FRESH
from .answers import tried


def for_someone(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask whoever is not signed in to do so first."""

    @wraps(page)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer.is_someone and request.sign_in:
            return page(request, *args, **kwargs)
        return redirect(f"{reverse('entry:sign_in')}?{urlencode({'next': request.get_full_path()})}")

    return asked


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


@for_someone
def password(request: Any) -> HttpResponse:
    """Choose a password; whoever signed in a while ago, or forgot the old one, comes in by a code first."""
    if request.sign_in.created_at < now() - FRESH:
        messages.info(request, _("Before you choose a password, please sign in once more, with a code."))
        return redirect(f"{reverse('entry:code')}?{urlencode({'next': request.path})}")

    def act(asked: dict[str, Any]) -> HttpResponse:
        actions.set_password(request.sign_in, asked["password"])
        messages.success(request, _("The new password counts from now on. Your other devices are signed out."))
        return redirect("entry:me")

    return tried(request, forms.NewPassword(request.POST or None), "entry/password.html", act)


@for_someone
@require_POST
def revoke(request: Any, sign_in_id: UUID) -> HttpResponse:
    """Sign out another device."""
    actions.leave(sign_in_id, account_id=request.sign_in.account_id)
    messages.success(request, _("This device is signed out."))
    return redirect("entry:me")


@for_someone
@require_POST
def api_key(request: Any) -> HttpResponse:
    """Make an API key and show its secret once."""
    form = forms.Key(request.POST, by=request.viewer)
    if not form.is_valid():
        return _page(request, None, form, status=422)
    _key, secret = actions.make_key(request.sign_in.account_id, **form.cleaned_data)
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
        "key_form": key, "secret": secret,
        "sign_ins": queries.sign_ins_of(account.pk), "current": request.sign_in.pk,
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
