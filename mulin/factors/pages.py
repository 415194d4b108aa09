"""The pages that guard an account: authenticator app, passkeys, recovery codes. All ask for a fresh sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Refused
from mulin.people.models import Account
from mulin.web.http import to_sign_in

from . import actions, forms, queries
from .figures import passkeys_work

Page = Callable[..., HttpResponse]


def fresh(page: Page, back: str = "entry:security") -> Page:
    """Ask whoever is not signed in, or has been for long, to do so first: nobody guards a borrowed phone.

    `back`: where someone begins again whose form came too late.
    """

    @wraps(page)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.sign_in is not None and request.sign_in.is_fresh:
            return page(request, *args, **kwargs)
        if request.sign_in is not None:
            messages.info(request, _("This opens much: please sign in once more before you go on."))
        return to_sign_in(request, request.path if request.method == "GET" else reverse(back))

    return asked


@fresh
def authenticator(request: Any) -> HttpResponse:
    """Set up an authenticator app: scan, then prove it by the first code."""
    account = request.sign_in.account
    app = queries.begun(account.pk)
    if app is None:
        return render(request, "factors/authenticator.html", {"factors": queries.factors_of(account.pk)})
    context = {"drawn": actions.drawn(app, _called(account)), "spelled_out": actions.spelled_out(app)}

    def act(asked: dict[str, Any]) -> HttpResponse:
        was = queries.has_factor(account.pk)
        actions.confirm_totp(account, asked["code"], here=request.sign_in)
        messages.success(request, _("Your account asks for a code from your app from now on."))
        return _guarded(request, was)

    return tried(request, forms.Digits(request.POST or None), "factors/scan.html", act, context)


@fresh
@require_POST
def authenticator_begin(request: Any) -> HttpResponse:
    """Begin to set up an authenticator app."""
    actions.begin_totp(request.sign_in.account)
    return redirect("factors:authenticator")


@fresh
@require_POST
def authenticator_remove(request: Any) -> HttpResponse:
    """Remove the authenticator app."""
    actions.remove_totp(request.sign_in.account)
    messages.success(request, _("The authenticator app is removed."))
    return redirect("entry:security")


@fresh
def passkey_new(request: Any) -> HttpResponse:
    """Make a passkey with this browser."""
    if not passkeys_work():
        raise Http404
    account = request.sign_in.account
    purpose = f"make.{account.pk.hex}"
    form = forms.Make(request.POST or None, initial={"name": request.sign_in.device or _("My device")})
    options, challenge = actions.ask_to_make(account, _called(account))
    context = {"options": options, "factors": queries.factors_of(account.pk)}

    def act(asked: dict[str, Any]) -> HttpResponse:
        was, given = queries.has_factor(account.pk), actions.kept_challenge(request, purpose=purpose)
        credential, name = asked["credential"], asked["name"]
        actions.add_passkey(account, credential, challenge=given, name=name, here=request.sign_in)
        messages.success(request, _("The passkey is kept. You can sign in with it from now on."))
        return _guarded(request, was)

    response = tried(request, form, "factors/passkey.html", act, context)
    if response.status_code != 302:
        actions.keep_challenge(response, challenge, purpose=purpose)
    return response


@fresh
def passkey_rename(request: Any, passkey_id: UUID) -> HttpResponse:
    """Give a passkey another name."""
    account = request.sign_in.account
    passkey = queries.passkey_of(passkey_id, account.pk)
    if passkey is None:
        raise Http404

    def act(asked: dict[str, Any]) -> HttpResponse:
        actions.rename_passkey(passkey_id, account, **asked)
        messages.success(request, _("Kept."))
        return redirect("entry:security")

    form = forms.Name(request.POST or None, initial={"name": passkey.name})
    return tried(request, form, "factors/rename.html", act)


@fresh
@require_POST
def passkey_remove(request: Any, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey."""
    actions.remove_passkey(passkey_id, request.sign_in.account)
    messages.success(request, _("The passkey is removed. It opens nothing any more."))
    return redirect("entry:security")


@fresh
def recovery(request: Any) -> HttpResponse:
    """Make ten recovery codes and show them once."""
    account = request.sign_in.account
    factors = queries.factors_of(account.pk)
    if not factors:
        return redirect("entry:security")
    codes = actions.renew_codes(account) if request.method == "POST" else []
    return render(request, "factors/recovery.html", {"factors": factors, "codes": codes})


def _guarded(request: Any, was: bool) -> HttpResponse:
    if not was:
        messages.info(request, _("Your other devices are signed out. Sign in there with your second factor."))
    # Whoever has a factor and no codes for the day it is lost is led to them at once.
    codes = queries.factors_of(request.sign_in.account_id).codes_left
    return redirect("entry:security" if codes else "factors:recovery")


def _called(account: Account) -> str:
    return account.email or account.phone or _("Mulin")


def tried(
    request: Any, form: Form, template: str, act: Callable[[dict[str, Any]], HttpResponse],
    context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Do what the form asks, or show it again with the reason why not."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.message)
                status = refused.status
    return render(request, template, {"form": form, **(context or {})}, status=status)
