"""What is known of somebody here, in words, for the page that tells everyone what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import Guardian, Membership, Ownership, Proxy


def _tell(model: Any, since: str, words: Callable[[Any], str], *about: str) -> Callable[[UUID], Iterable[Any]]:
    def tell(account: UUID) -> Iterable[Any]:
        whose = Q(*((f"{path}__account", account) for path in about), _connector=Q.OR)
        for row in model.objects.filter(whose).for_list().order_by(f"-{since}"):
            yield row.community, getattr(row, since), f"{words(row)} ({row.state_label})", row.get_absolute_url()

    return tell


TELLS = (
    ("households.Membership", _("Where you live or lived"),
     _tell(Membership, "starts_on", lambda row: f"{row.household} {row.relation_label}", "person")),
    ("households.Guardian", _("Children and their guardians"), _tell(Guardian, "created_at", str, "guardian", "child")),
    ("households.Ownership", _("What you own or owned"),
     _tell(Ownership, "starts_on", lambda row: f"{row.dwelling} {row.share_text}", "person")),
    ("households.Proxy", _("Proxies you gave or hold"), _tell(Proxy, "starts_on", str, "person", "holder")),
)  # fmt: skip
