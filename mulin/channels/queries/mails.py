"""Reads about mails that came in, and who hears of exports."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from mulin.cases import queries as cases
from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_that_can
from mulin.people.models import Account
from mulin.secrecy.fields import hash_of

from ..models import Export, Mail


def last_mail(community: Any, key: str) -> Mail | None:
    """Return the mail that came in under this key before."""
    return Mail.objects.filter(community=community, key=key).select_related("case").first()


def mail_of(case: Case) -> Mail | None:
    """Return the mail that a case was reported by."""
    return Mail.objects.filter(community=case.community_id, case=case.pk, was="report").first()


def proof_of(case: Case, address: str) -> str:
    """Return what stands behind the number in our mails to an address: whoever sends it back has read them."""
    return salted_hmac("mulin.channels.reply", f"{case.pk} {address}", algorithm="sha256").hexdigest()[:12].upper()


def sender_of(community: Any, address: str) -> int:
    """Count the mails of an address since yesterday."""
    rows = Mail.objects.filter(community=community, address_hash=hash_of("mail", address))
    return rows.filter(at__gt=now() - timedelta(days=1)).count()


def who_hears(line: Heard) -> set[UUID]:
    """Say who hears of an export: the desk when one is asked for, then whoever asked."""
    if line.verb == "ask":
        return accounts_that_can(line.community, "cases.desk")
    return set(Export.objects.filter(community=line.community, pk=line.noun_id).values_list("asker", flat=True))


def tell_exports(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which exports an account asked for."""
    rows = Export.objects.filter(asker=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, row.reason, row.get_absolute_url()) for row in rows]


def tell_mails(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which cases came by mails from an account's address."""
    address = Account.objects.filter(pk=account).values_list("email", flat=True).first() or ""
    rows = Mail.objects.filter(address_hash=hash_of("mail", address)) if address else Mail.objects.none()
    found = rows.select_related("case__community").order_by("-at")
    return [(row.case.community, row.at, row.case.number, row.case.get_absolute_url()) for row in found]


_HOUSES = re.compile(r"(\d{1,5})\s*(?:号楼|号院|栋|幢|座|building\b|block\b)|\b(?:building|block)\s*(\d{1,5})", re.I)


def place_written(community: Any, words: str) -> cases.Where:
    """Find the house and door that a text names in so many words: other numbers in it are none."""
    said = _HOUSES.search(words)
    found = cases.where(community, address=words[said.start() :][:60]) if said else None
    if said is None or found is None or found.building is None or found.building.number != int(said[1] or said[2]):
        return cases.Where()
    return replace(found, address="")
