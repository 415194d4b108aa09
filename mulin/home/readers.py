"""Who hears of what happens to a case: in-app at once, by mail where an address is known."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mulin.cases import actions as case_actions
from mulin.cases.models import Case, Part
from mulin.cases.rules import COMMUNITY, TOP
from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads

from . import actions
from .queries import accounts_of_persons, accounts_that_can, accounts_that_hold, accounts_that_oversee

TO_REPORTER = {"accept", "assign", "ask", "wait", "resume", "solve", "refuse", "merge", "pass_up", "escalate", "expire"}
TO_HANDLERS = {"report", "assign", "reply", "reopen", "withdraw", "confirm", "escalate", "pass_up"}
TO_FOLLOWERS = {"accept", "solve", "confirm", "reopen", "refuse", "expire", "withdraw"}
TO_THE_DESK = {"refuse.asked", "pass_up", "escalate"}


@reads("cases.case")
def tell_people(line: Heard) -> None:
    """Tell the reporter, those in charge and those who follow; never the one who did it."""
    cases = Case.objects.select_related("category", "community")
    case = cases.filter(pk=line.noun_id, community=line.community).first()
    if case is None:
        return
    accounts = _reporter(case, line) | _handlers(case, line) | _followers(case, line)
    accounts.discard(_who_did(line))
    actions.tell(line, accounts)
    # Told is told, whatever the mail server says; what cannot be sent now, the worker sends later.
    transaction.on_commit(actions.mail_out)
    if line.verb == "solve" and case.state == "solved":
        # Unnamed reporters have no address: for them it stands on the page that their code opens.
        case_actions.tell(case, by=SYSTEM)


def _reporter(case: Case, line: Heard) -> set[UUID]:
    to_reporter = line.verb in TO_REPORTER or (line.verb == "note" and line.details.get("audience") == "reporter")
    return {case.reporter_account} if to_reporter and case.reporter_account else set()


def _handlers(case: Case, line: Heard) -> set[UUID]:
    if line.verb not in TO_HANDLERS | TO_THE_DESK:
        return set()
    found: set[UUID] = set()
    if case.post_id and line.verb in TO_HANDLERS:
        found |= accounts_that_hold(case.community, case.post_id)
    if case.post_id is None or case.level >= COMMUNITY or line.verb in TO_THE_DESK:
        found |= accounts_that_can(case.community, "cases.desk")
    if case.level >= TOP:
        found |= accounts_that_oversee(case.community)
    return found


def _followers(case: Case, line: Heard) -> set[UUID]:
    if line.verb not in TO_FOLLOWERS:
        return set()
    parts = Part.objects.filter(community=case.community_id, case=case, ended_at=None)
    persons = set(parts.values_list("person_id", flat=True)) | ({case.leader_id} if case.leader_id else set())
    return accounts_of_persons(case.community_id, persons) if persons else set()


def _who_did(line: Heard) -> UUID | None:
    kind, _sep, key = line.actor.partition(":")
    if kind == "account":
        return UUID(key)
    if kind == "person":
        return next(iter(accounts_of_persons(line.community, {UUID(key)})), None)
    return None
