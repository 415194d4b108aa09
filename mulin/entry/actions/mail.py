"""What is sent to people so that they get in: mails, and text messages where a gateway is set."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ..models import Invitation

_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_code(target: str, code: str, *, language: str) -> None:
    """Send a one-time code."""
    with translation.override(language or translation.get_language()):
        subject = _("Your code for Mulin")
        text = _("Your code is %(code)s. It works for 10 minutes. Whoever asks you for it is not from us.")
        _send(target, subject, text % {"code": code})


def send_invitation(invitation: Invitation, token: str, *, language: str) -> None:
    """Send the link of an invitation, in the language of whoever is invited: the town's while that is not known."""
    link = settings.SITE_URL + reverse("entry:invitation", args=[invitation.community.slug, token])
    with translation.override(language or settings.LANGUAGE_CODE):
        text = _(
            "%(community)s would like you as: %(post)s. Here you can accept: %(link)s\n\nThe link works for 14 days."
        )
        words = text % {"community": invitation.community.name, "post": invitation.post, "link": link}
        _send(invitation.email or invitation.phone, _("An invitation to Mulin"), words)


def _send(target: str, subject: str, text: str) -> None:
    if "@" not in target:
        if settings.SMS_SENDER:
            _later(import_string(settings.SMS_SENDER), target, text)
        return
    _later(send_mail, subject, text, None, [target])


def _later(deliver: Any, *given: Any) -> None:
    # A mail server takes its time; whether someone has an account must not be heard from that.
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        _postman.submit(deliver, *given)
    else:
        deliver(*given)
