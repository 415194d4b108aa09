"""What someone chose to hear by mail, and the signed links by which mails are ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.urls import reverse

from mulin.people.models import Account
from mulin.territory.models import Community

from ..figures import topic_of, topics
from ..models import Choices, Notification

SALT = "mulin.news.stop"


def reachable() -> Any:
    """Keep the accounts that have a mail address."""
    return Account.objects.filter(is_active=True).exclude(email=None).exclude(email="")


def choices_of(accounts: Collection[UUID]) -> dict[UUID, Choices]:
    """Find what these accounts chose; who never chose is left out."""
    return {each.account_id: each for each in Choices.objects.filter(account__in=accounts)}


def own_choices(account_id: UUID) -> Choices:
    """Return what an account chose, or what counts without a choice."""
    return Choices.objects.filter(account=account_id).first() or Choices(account_id=account_id)


def topics_of(account_id: UUID) -> dict[str, str]:
    """List the topics that someone ever had news about, or wants no mail about; everybody reports."""
    kinds = set(Notification.objects.filter(account=account_id).order_by().values_list("kind", flat=True).distinct())
    known = {topic_of(kind) for kind in kinds} | set(own_choices(account_id).muted) | {"cases"}
    return {topic: words for topic, words in topics().items() if topic in known}


def zone_of(community_id: UUID) -> ZoneInfo:
    """Return the time zone of a community."""
    return ZoneInfo(Community.objects.values_list("zone", flat=True).get(pk=community_id))


def stop_link(account_id: UUID, topic: str) -> str:
    """Write the address by which someone ends mails about a topic without signing in."""
    token = signing.dumps([account_id.hex, topic], salt=SALT)
    return f"{settings.SITE_URL}{reverse('own_news:stop', args=[token])}"


def stopped_by(token: str) -> tuple[UUID, str] | None:
    """Read such an address: whose mails about what; None where it is none of ours."""
    try:
        key, topic = signing.loads(token, salt=SALT)
        return UUID(key), str(topic)
    except (signing.BadSignature, ValueError, TypeError):
        return None
