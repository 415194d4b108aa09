"""What is known of someone here: rows for the page on which people read everything about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..models import Affiliation, Claim, ClaimParty, Registration, Sign, Talent

Row = tuple[Any, Any, str, str]


def tell_all() -> list[tuple[str, Any, Callable[[UUID], Iterable[Row]]]]:
    """List the models with rows about people, and how each tells them."""
    return [
        ("participation.Claim", _("What I took on"), _claims),
        ("participation.ClaimParty", _("Where I help along"), _parties),
        ("participation.Affiliation", _("My memberships"), _of(Affiliation)),
        ("participation.Registration", _("My registration as a volunteer"), _registrations),
        ("participation.Talent", _("My talents"), _of(Talent)),
        ("participation.Sign", _("My signs"), _of(Sign)),
    ]


def _row(noun: Any, text: str = "") -> Row:
    return noun.community, noun.created_at, text or f"{noun} ({noun.state_label})", noun.get_absolute_url()


def _of(model: Any) -> Callable[[UUID], Iterable[Row]]:
    def tell(account: UUID) -> Iterable[Row]:
        return [_row(noun) for noun in model.objects.filter(person__account=account).for_list().order_by("-created_at")]

    return tell


def _claims(account: UUID) -> Iterable[Row]:
    rows = Claim.objects.filter(holder__account=account) | Claim.objects.filter(offered_by__account=account)
    return [_row(claim) for claim in rows.select_related("community").distinct().order_by("-created_at")]


def _parties(account: UUID) -> Iterable[Row]:
    rows = ClaimParty.objects.filter(person__account=account).select_related("claim", "community").order_by("-since")
    return [
        (party.community, party.since, f"{party.claim} ({party.told})", party.claim.get_absolute_url())
        for party in rows
    ]


def _registrations(account: UUID) -> Iterable[Row]:
    rows = Registration.objects.filter(person__account=account).for_list().order_by("-created_at")
    return [_row(row, ", ".join([*row.area_labels, row.words]).strip(", ") + f" ({row.state_label})") for row in rows]
