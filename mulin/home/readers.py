"""Who hears of what happens to a case: in-app at once, by mail where an address is known."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.cases import actions as case_actions
from mulin.cases.models import Case, Part
from mulin.cases.rules import COMMUNITY, TOP
from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.people.models import Account

from . import actions
from .figures import sentence
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
    fresh = actions.tell(line, accounts)
    _mail(case, line, fresh)
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


def _mail(case: Case, line: Heard, accounts: list[UUID]) -> None:
    # At least once: the job is done again when the server fails, and the notification above tells who has it already.
    for account in Account.objects.filter(pk__in=accounts, is_active=True).exclude(email=None).exclude(email=""):
        with translation.override(account.language or settings.LANGUAGE_CODE):
            subject = _("%(number)s: %(what)s") % {"number": case.number, "what": sentence(line.verb, line.details)}
            link = f"{settings.SITE_URL}{case.get_absolute_url()}"
            body = _("%(what)s\n\n%(category)s, %(number)s\n%(link)s") % {
                "what": sentence(line.verb, line.details), "category": case.category, "number": case.number,
                "link": link,
            }  # fmt: skip
            send_mail(subject, body, None, [str(account.email)])
