"""Who looks after webhooks, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Webhook


@rule(_("whoever keeps the community's records"))
def keeps(viewer: Any, webhook: Webhook) -> bool:
    return is_here(viewer, webhook) and bool(viewer.can("people.keep"))


@rule(_("an answer of the address to a trial message"))
def has_answered(viewer: Any, webhook: Webhook) -> bool:
    return webhook.deliveries.filter(kind="ping", state="sent").exists()
