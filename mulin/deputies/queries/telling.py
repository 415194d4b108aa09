"""Whom a line about a suggestion concerns, who is in charge of its promises, and what is known of someone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mulin.cases.models import Case
from mulin.kernel.models import Link
from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_organisation, accounts_of_persons, accounts_that_can

from ..flow import UNANSWERED, State
from ..models import CoSigner, Partner, Suggestion


def _one(line: Heard) -> Suggestion:
    found: Suggestion = Suggestion.objects.get(community=line.community, pk=line.noun_id)
    return found


def the_desk(line: Heard) -> set[UUID]:
    """Name those at the desk; of what goes on by itself they hear only where it still waits for them."""
    if line.verb == "go_on" and line.after != State.BROUGHT:
        return set()
    return accounts_that_can(line.community, "cases.desk")


def of_units(line: Heard) -> set[UUID]:
    """Name those who speak for the department and for those that take part, once it is handed on."""
    suggestion = _one(line)
    if suggestion.department_id is None or (line.verb == "go_on" and line.after != State.HANDED):
        return set()
    if line.verb == "judge" and line.after != State.IN_HAND:
        return set()
    rows = Partner.objects.filter(community=line.community, suggestion=suggestion.pk)
    keys = {suggestion.department_id, *rows.values_list("organisation_id", flat=True)}
    return set[UUID]().union(*(accounts_of_organisation(line.community, key) for key in keys))


def the_bringer(line: Heard) -> set[UUID]:
    """Name the deputy who brought it."""
    return accounts_of_persons(line.community, [_one(line).deputy_id])


def the_deputies(line: Heard) -> set[UUID]:
    """Name the deputy who brought it, and those who signed it, too."""
    if line.verb == "go_on" and line.after != State.HANDED:
        return set()
    rows = CoSigner.objects.filter(community=line.community, suggestion=line.noun_id)
    return accounts_of_persons(line.community, [_one(line).deputy_id, *rows.values_list("person_id", flat=True)])


def of_reporters(line: Heard) -> set[UUID]:
    """Name the reporters of the cases on which it rests, once everyone can read it."""
    if _one(line).published_at is None:
        return set()
    rows = Link.objects.filter(community=line.community, target_id=line.noun_id, source_kind="cases.case")
    cases = Case.objects.filter(community=line.community, pk__in=rows.values("source_id"))
    return set(cases.exclude(reporter_account=None).values_list("reporter_account", flat=True))


def in_charge(rows: list[Suggestion]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is: the desk's until it is handed on, then the department's, in the end the deputy's."""
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        if row.state == State.BROUGHT:
            found[row.pk] = accounts_that_can(row.community_id, "cases.desk")
        elif row.state in (*UNANSWERED, State.PROMISED) and row.department_id:
            found[row.pk] = accounts_of_organisation(row.community_id, row.department_id)
        elif row.state == State.ANSWERED:
            found[row.pk] = accounts_of_persons(row.community_id, [row.deputy_id])
    return found


def tell_brought(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which suggestions someone wrote."""
    rows = Suggestion.objects.filter(deputy__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()) for row in rows]


def tell_signed(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which suggestions of others someone signed."""
    rows = CoSigner.objects.filter(person__account=account).select_related("suggestion__community")
    return [
        (row.suggestion.community, row.signed_at, str(row.suggestion), row.suggestion.get_absolute_url())
        for row in rows.order_by("-signed_at")
    ]
