"""What is known of somebody here, in words, for the page that tells everyone what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import Guardian, Membership, Ownership, Proxy


def _memberships(account: UUID) -> Iterable[Any]:
    for row in Membership.objects.filter(person__account=account).for_list().order_by("-starts_on"):
        text = f"{row.household} {row.relation_label} ({row.state_label})"
        yield row.community, row.starts_on, text, row.get_absolute_url()


def _guardians(account: UUID) -> Iterable[Any]:
    rows = Guardian.objects.filter(Q(guardian__account=account) | Q(child__account=account))
    for row in rows.for_list().order_by("-created_at"):
        yield row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()


def _ownerships(account: UUID) -> Iterable[Any]:
    for row in Ownership.objects.filter(person__account=account).for_list().order_by("-starts_on"):
        text = f"{row.dwelling} {row.share_text} ({row.state_label})"
        yield row.community, row.starts_on, text, row.get_absolute_url()


def _proxies(account: UUID) -> Iterable[Any]:
    rows = Proxy.objects.filter(Q(person__account=account) | Q(holder__account=account))
    for row in rows.for_list().order_by("-starts_on"):
        yield row.community, row.starts_on, f"{row} ({row.state_label})", row.get_absolute_url()


TELLS = (
    ("households.Membership", _("Where you live or lived"), _memberships),
    ("households.Guardian", _("Children and their guardians"), _guardians),
    ("households.Ownership", _("What you own or owned"), _ownerships),
    ("households.Proxy", _("Proxies you gave or hold"), _proxies),
)
