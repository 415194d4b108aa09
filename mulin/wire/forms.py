"""An address of another machine as somebody types it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class AddressField(forms.CharField):
    """An https address. Only how it is written is checked; where it leads is looked at each time it is called."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"max_length": 500, "widget": forms.URLInput(attrs={"inputmode": "url"}), **kwargs}
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the address, or say what is wrong with it."""
        url = str(super().clean(value))
        if not url:
            return url
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or not url.isascii() or any(sign.isspace() for sign in url):
            raise ValidationError(_("This is no address. It begins with https:// and has a host."))
        if parts.scheme != "https" and not (parts.scheme == "http" and host in settings.WEBHOOK_HTTP_HOSTS):
            raise ValidationError(_("The address has to begin with https://, so that nobody can listen in."))
        if parts.username or parts.password or parts.fragment:
            raise ValidationError(_("Leave out what stands before @ and behind #."))
        return url
