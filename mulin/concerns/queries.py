"""Reads of confidential reports: whom one can be about, who reads, whom a line concerns, and notices of measures."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mulin.journal.models import Detail
from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_persons, accounts_that_can, accounts_that_oversee
from mulin.participation.flow import AffiliationState
from mulin.participation.models import Affiliation
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Term
from mulin.secrecy.codes import hash_code
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Community

from .figures import OTHER_SIDE, READ, TELLER
from .flow import OPEN, FindingState, State
from .models import Bench, Concern, Finding, Seat

MEASURES = ("warn", "suspend", "lift", "dissolve", "uphold", "grant")


def bench_of(community: Community) -> Bench | None:
    """Find which posts read confidential reports here; None while nobody named them."""
    return Bench.objects.filter(community=community).select_related("community").first()


def readers_here(community: Community) -> list[Term]:
    """List the terms of those who would read what is told now, the stand-in last."""
    bench = bench_of(community)
    return bench.readers() if bench else []


def is_reader(viewer: Any) -> bool:
    """Tell whether someone reads confidential reports, now or of old."""
    return bool(viewer.is_person and viewer.can(READ) and not viewer.capabilities & OTHER_SIDE)


def subjects(community: Community) -> list[tuple[str, list[tuple[str, str]]]]:
    """List whom a report can be about: groups and organisations, and everybody who holds a post today."""
    groups = Organisation.objects.filter(community=community).living().order_by("name")
    terms = Term.objects.filter(community=community).current(today_in(community)).select_related("person", "post__kind")
    officials = [(f"term:{row.pk}", f"{row.post}: {row.person.name}") for row in terms.order_by("person__name", "pk")]
    return [
        (_("Groups and organisations"), [(f"organisation:{row.pk}", row.name) for row in groups]),
        (_("People who hold a post"), officials),
    ]


def mine(viewer: Any, community: Community) -> QuerySet[Concern]:
    """Keep what someone told."""
    return Concern.objects.told_by(viewer).for_list().filter(community=community)


def to_read(viewer: Any, community: Community, state: str = "") -> QuerySet[Concern]:
    """Keep what someone reads by a seat, in one state, or whatever is open; never what they told themself."""
    rows = Concern.objects.visible_to(viewer).for_list().filter(community=community)
    rows = rows.exclude(pk__in=Concern.objects.told_by(viewer).values("pk"))
    return rows.filter(state=state) if state in State.values else rows.filter(state__in=(*OPEN, State.FOUNDED))


def findings(viewer: Any, community: Community) -> QuerySet[Finding]:
    """Keep the findings that someone may read."""
    return Finding.objects.visible_to(viewer).for_list().filter(community=community)


def by_code(community: Community, code: str) -> Concern | None:
    """Find the report that a secret code opens."""
    rows = Concern.objects.filter(community=community, code_hash=hash_code(code))
    return rows.for_list().first() if code.strip() else None


# ---- What members read of a measure ----


def reads_notices(viewer: Any, organisation: Organisation) -> date | None:
    """Say up to which day someone reads the notices on an organisation: members now, who left until then; or None."""
    if not viewer.is_person:
        return None
    if viewer.person_id in (organisation.contact_id, organisation.founder_id):
        return date.max
    rows = Affiliation.objects.filter(community=organisation.community_id, person=viewer.person_id)
    belonged = rows.filter(state__in=(AffiliationState.ACTIVE, AffiliationState.ENDED), organisation=organisation)
    told = belonged.values_list("state", "ends_on")
    days = [date.max if state == AffiliationState.ACTIVE else day for state, day in told]
    return max((day for day in days if day), default=None)


def notices(organisation: Organisation, until: date) -> list[dict[str, Any]]:
    """List the measures on an organisation with their public words, and what came of appeals, the newest first."""
    rows = Detail.objects.filter(
        community=organisation.community_id, noun_id=organisation.pk, verb__in=(*MEASURES, "appeal")
    )
    found = []
    for verb, at, body in rows.order_by("-seq").values_list("verb", "at", "body")[:20]:
        if at.date() > until:
            continue
        # The words of an appeal are between the organisation and those who answer it.
        said = json.loads(body)["details"].get("reason", "") if verb != "appeal" else ""
        found.append({"at": at, "text": str(organisation.flow[verb].label), "voice": said})
    return found


# ---- Who hears ----


def _concern(line: Heard) -> Concern:
    found: Concern = Concern.objects.for_list().get(community=line.community, pk=line.noun_id)
    return found


def readers_hear(line: Heard) -> set[UUID]:
    """Name the two who read it and may still; whoever did it does not hear of it."""
    return accounts_of_persons(line.community, {seat.person_id for seat in _concern(line).standing})


def teller_hears(line: Heard) -> set[UUID]:
    """Name whoever told it under their name."""
    account = _concern(line).told_by
    return {UUID(account)} if account else set()


def in_charge(rows: list[Concern]) -> dict[UUID, set[UUID]]:
    """Say who is in charge of what waits for the readers."""
    waiting = [row for row in rows if row.state in (State.RAISED, State.REVIEW)]
    return {row.pk: accounts_of_persons(row.community_id, {seat.person_id for seat in row.standing}) for row in waiting}


def _finding(line: Heard) -> Finding:
    found: Finding = Finding.objects.for_list().get(community=line.community, pk=line.noun_id)
    return found


def takers_hear(line: Heard) -> set[UUID]:
    """Name whoever may take the recommended measure, and those above where it is about one of them."""
    finding = _finding(line)
    if finding.state == FindingState.TOLD:
        return set()
    above = accounts_that_oversee(line.community) if finding.goes_up else set()
    return (accounts_that_can(line.community, finding.capability) | above) - _about(finding)


def subject_hears(line: Heard) -> set[UUID]:
    """Name whom it is about: the official, or the contact person and founder of the organisation."""
    return _about(_finding(line))


def _about(finding: Finding) -> set[UUID]:
    organisation = finding.organisation
    persons = {organisation.contact_id, organisation.founder_id} if organisation else {finding.term.person_id}
    return accounts_of_persons(finding.community_id, persons)


# ---- What is known of someone ----


def tell_seats(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which confidential reports someone was named to read; not what they are about."""
    rows = Seat.objects.filter(person__account=account).select_related("community").order_by("-since")
    return [(row.community, row.since, _("I read a confidential report"), "") for row in rows]


def tell_told(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell what someone told under their name."""
    rows = Concern.objects.filter(told_by_hash=hash_of(TELLER, str(account))).select_related("community")
    return [
        (row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url())
        for row in rows.order_by("-created_at")
    ]


def tell_findings(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which findings about someone's holding of a post were released."""
    rows = Finding.objects.filter(term__person__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row}: {row.outcome_label}", row.get_absolute_url()) for row in rows]
