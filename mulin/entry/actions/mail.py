"""What is sent to people so that they get in: mails, and text messages where a gateway is set."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.factors.actions import deliver
from mulin.people.models import Account

from ..models import Invitation


def send_code(target: str, code: str, *, language: str) -> None:
    """Send a one-time code."""
    with translation.override(language or translation.get_language()):
        subject = _("Your code for Mulin")
        text = _("Your code is %(code)s. It works for 10 minutes. Whoever asks you for it is not from us.")
        deliver(target, subject, text % {"code": code})


def send_invitation(invitation: Invitation, token: str, *, language: str) -> None:
    """Send the link of an invitation, in the language of whoever is invited: the town's while that is not known."""
    link = settings.SITE_URL + reverse("entry:invitation", args=[invitation.community.slug, token])
    with translation.override(language or settings.LANGUAGE_CODE):
        text = _(
            "%(community)s would like you as: %(post)s. Here you can accept: %(link)s\n\nThe link works for 14 days."
        )
        words = text % {"community": invitation.community.name, "post": invitation.post, "link": link}
        deliver(invitation.email or invitation.phone, _("An invitation to Mulin"), words)


def tell_new_device(account: Account, device: str) -> None:
    """Tell someone by mail that their account was opened from a device it did not know."""
    if not account.email:
        return
    with translation.override(account.language or settings.LANGUAGE_CODE):
        text = _(
            "Someone signed in to your account from a new device: %(device)s. If that was you, all is well. "
            "If not, sign out everywhere and choose a new password: %(link)s"
        )
        words = text % {"device": device or "?", "link": settings.SITE_URL + reverse("entry:security")}
        deliver(account.email, _("A new device"), words)
