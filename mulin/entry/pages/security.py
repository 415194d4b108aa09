"""How one's account is guarded: password, second factors, the devices that are signed in."""

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

from mulin.factors.figures import passkeys_work
from mulin.factors.pages import tried
from mulin.factors.queries import factors_of
from mulin.web.http import to_sign_in

from .. import actions, forms, queries
from ..actions import browser
from .answers import onwards


def for_someone(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask whoever is not signed in to do so first."""

    @wraps(page)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer.is_someone and request.sign_in:
            return page(request, *args, **kwargs)
        return to_sign_in(request)

    return asked


@for_someone
def security(request: Any) -> HttpResponse:
    """Show how the account is guarded, and where it is signed in."""
    account = request.sign_in.account
    context = {
        "account": account, "factors": factors_of(account.pk), "passkeys_work": passkeys_work(),
        "sign_ins": queries.sign_ins_of(account.pk), "current": request.sign_in.pk,
        "ended": queries.ended_sign_ins_of(account.pk),
    }  # fmt: skip
    return render(request, "entry/security.html", context)


@for_someone
def password(request: Any) -> HttpResponse:
    """Choose a password; whoever signed in a while ago, or forgot the old one, comes in by a code first."""
    if not request.sign_in.is_fresh:
        messages.info(request, _("Before you choose a password, please sign in once more, with a code."))
        return redirect(f"{reverse('entry:code')}?{urlencode({'next': request.path})}")

    def act(asked: dict[str, Any]) -> HttpResponse:
        actions.set_password(request.sign_in, asked["password"])
        messages.success(request, _("The new password counts from now on. Your other devices are signed out."))
        return redirect("entry:security")

    return tried(request, forms.NewPassword(request.POST or None), "entry/password.html", act)


@for_someone
@require_POST
def revoke(request: Any, sign_in_id: UUID) -> HttpResponse:
    """Sign out another device."""
    actions.leave(sign_in_id, account_id=request.sign_in.account_id)
    messages.success(request, _("This device is signed out."))
    return redirect("entry:security")


@for_someone
@require_POST
def revoke_others(request: Any) -> HttpResponse:
    """Sign out everywhere else."""
    actions.leave_others(request.sign_in)
    messages.success(request, _("You are signed in only here now."))
    return redirect("entry:security")


@for_someone
@require_POST
def later(request: Any) -> HttpResponse:
    """Let the reminder of a second factor rest for a week."""
    response = onwards(request, request.POST.get("next", ""), "/")
    browser.keep_later(response)
    return response
