"""What is due at other servers, what a case can be sent on to, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mulin.kernel.brief import Brief
from mulin.kernel.clock import now

from .flow import OPEN, Connected
from .models import Connection, Errand, Forwarding, Mapping


def due(limit: int) -> list[Errand]:
    """List the errands that are due, the longest waiting first; one statement."""
    rows = Errand.objects.filter(
        next_at__lte=now(), forwarding__state__in=OPEN, forwarding__connection__state=Connected.ACTIVE
    )
    rows = rows.select_related("forwarding__connection", "forwarding__case__community")
    return list(rows.order_by("next_at")[:limit])


def active(community_id: Any) -> Any:
    """Keep the connections that are active."""
    return Connection.objects.filter(community=community_id, state=Connected.ACTIVE).order_by("name")


def leads_for(case: Any) -> Any:
    """Keep the active connections to which a case of this category can be sent on."""
    return active(case.community_id).filter(mappings__category=case.category_id)


def _categories(community: Any) -> frozenset[UUID]:
    rows = Mapping.objects.filter(community=community, connection__in=active(community.pk))
    return frozenset(rows.values_list("category", flat=True))


_sent_on = Brief(_categories)
forget = _sent_on.forget


def goes_somewhere(case: Any) -> bool:
    """Tell whether a case of this category can be sent on; each case's page asks."""
    return case.category_id in _sent_on(case.community)


def mapping(connection: Connection, category: Any) -> Mapping | None:
    """Find what a category is called at the other server."""
    return Mapping.objects.filter(community=connection.community_id, connection=connection, category=category).first()


def mappings_of(connection: Connection) -> list[Mapping]:
    """List which categories go there."""
    rows = Mapping.objects.filter(community=connection.community_id, connection=connection)
    return list(rows.select_related("category").order_by("category__place"))


def forwardings_of(case: Any) -> list[Forwarding]:
    """List where a case was sent on to, the newest first; one statement."""
    rows = Forwarding.objects.filter(community=case.community_id, case=case).select_related("connection", "community")
    return list(rows.order_by("-created_at", "-pk"))


def errand_of(forwarding: Forwarding) -> Errand | None:
    """Find when the worker goes there next, and what went wrong last."""
    return Errand.objects.filter(community=forwarding.community_id, forwarding=forwarding).first()
