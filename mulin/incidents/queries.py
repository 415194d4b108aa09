"""Reads of incidents: their page, the incident of a case, and whom one concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mulin.cases.models import Case
from mulin.cases.models import Part as Taker
from mulin.kernel.brief import Brief
from mulin.kernel.readers import Heard
from mulin.kernel.refs import linked
from mulin.news.queries import accounts_of_persons, accounts_that_can
from mulin.territory.models import Community

from .flow import State
from .models import Follower, Incident, Part, Update


def incidents(community: Community, viewer: Any, state: str = "") -> Any:
    """Keep the incidents of a community, those under way first, then the newest."""
    rows = Incident.objects.visible_to(viewer).for_list().filter(community=community)
    return (rows.filter(state=state) if state else rows).order_by("state", "-created_at", "-pk")


def with_parts(rows: list[Incident]) -> list[Incident]:
    """Read the cases of many incidents in one statement."""
    found: dict[UUID, list[Part]] = {row.pk: [] for row in rows}
    parts = Part.objects.filter(incident__in=rows, left_at=None).select_related("case").order_by("added_at", "pk")
    for part in parts:
        found[part.incident_id].append(part)
    for row in rows:
        row.__dict__["parts"] = found[row.pk]
    return rows


def of_case(case: Case) -> Incident | None:
    """Return the incident that a case belongs to; no statement more where it is linked with none."""
    if "incidents.incident" not in linked(case):
        return None
    rows = Part.objects.filter(community_id=case.community_id, case=case.pk, left_at=None)
    part = rows.select_related("incident__community").first()
    return part.incident if part else None


def updates(incident: Incident) -> list[Update]:
    """List what was said of it, the newest first."""
    rows = Update.objects.filter(community_id=incident.community_id, incident=incident)
    return list(rows.order_by("-at", "-pk")[:200])


def the_desk(incident: Incident) -> set[UUID]:
    """Name those whose page it is, and who hear what is said there: the desk."""
    return accounts_that_can(incident.community_id, "cases.desk")


def concerned(incident: Incident) -> set[UUID]:
    """Name the accounts whom it concerns: who reported or met one of its cases, and who follows it."""
    community = incident.community_id
    cases = Part.objects.filter(community=community, incident=incident, left_at=None).values("case")
    reporters = Case.objects.filter(community=community, pk__in=cases, reporter_account__isnull=False)
    takers = Taker.objects.filter(community=community, case__in=cases, ended_at=None)
    followers = Follower.objects.filter(community=community, incident=incident)
    return (
        set(reporters.values_list("reporter_account", flat=True))
        | accounts_of_persons(community, set(takers.values_list("person", flat=True)))
        | set(followers.values_list("account", flat=True))
    )


def who_hears(line: Heard) -> set[UUID]:
    """Say who hears of a line: all whom it concerns where it was to be told; the desk when nobody spoke."""
    if line.verb == "ask_word":
        return accounts_that_can(line.community, "cases.desk")
    if line.verb in ("declare", "report_on") and not line.details.get("told"):
        return set()
    incident = Incident.objects.filter(community=line.community, pk=line.noun_id).first()
    return concerned(incident) if incident else set()


def tell_follows(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which incidents an account follows."""
    rows = Follower.objects.filter(account=account).select_related("incident__community").order_by("-since")
    return [(row.incident.community, row.since, str(row.incident), row.incident.get_absolute_url()) for row in rows]


def _under_way(community: Community) -> list[Incident]:
    rows = Incident.objects.filter(community=community, state=State.ACTIVE).for_list()
    return list(rows.order_by("-created_at")[:3])


under_way = Brief(_under_way)  # what every home page asks
