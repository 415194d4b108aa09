"""What is sent to people about their way in: mails, and text messages where a gateway is set."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.people.models import Account

_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")

TOLD = {
    "authenticator": _l("An authenticator app was added to your account."),
    "authenticator_gone": _l("The authenticator app was removed from your account."),
    "passkey": _l("A passkey was added to your account."),
    "passkey_gone": _l("A passkey was removed from your account."),
    "password": _l("A new password was chosen for your account."),
    "key": _l("A key for programs was made for your account. On your page you can end it."),
    "recovery": _l("New recovery codes were made for your account. The old ones no longer work."),
    "recovered": _l("Someone signed in to your account with a recovery code."),
}


def tell_change(account: Account, what: str) -> None:
    """Tell an account's owner that what guards it was changed."""
    with translation.override(account.language or settings.LANGUAGE_CODE):
        more = _("If that was not you, sign out everywhere and choose a new password: %(link)s")
        link = settings.SITE_URL + reverse("entry:security")
        text = f"{TOLD[what]}\n\n{more % {'link': link}}"
        deliver(account.email or account.phone, _("Your Mulin account"), text)


def deliver(target: str, subject: str, text: str) -> None:
    """Send a mail, or a text message where the target is a phone and a gateway is set."""
    if "@" in target:
        _later(send_mail, subject, text, None, [target])
    elif target and settings.SMS_SENDER:
        _later(import_string(settings.SMS_SENDER), target, text)


def _later(send: Any, *given: Any) -> None:
    # A mail server takes its time; whether someone has an account must not be heard from that.
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        _postman.submit(send, *given)
    else:
        send(*given)
