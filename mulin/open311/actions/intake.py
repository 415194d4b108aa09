"""What comes in from other programs: a case by the usual way, with its token and answers; and what is offered."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext as _

from mulin.cases import actions as cases
from mulin.cases import rules
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, change, link, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused

from ..models import Answer, Question, Receipt, Service


def take_in(
    *, by: Any, community: Any, answers: list[tuple[Question, list[str]]], is_batch: bool, reference: str, name: str,
    email: str, media: list[str], once: Once, **given: Any,
) -> Receipt:  # fmt: skip
    """Report a case for another program, as the person whose key it has; a repeat gets the first answer again."""
    with writing(community.pk):
        case = cases.report(by=by, community=community, once=once, **given)
        if case.is_repeat:
            return Receipt.objects.select_related("case").get(community=community, case=case)
        at = now()
        receipt = Receipt.objects.create(
            community=community, case=case, token=secrets.token_urlsafe(24), reference=reference, is_batch=is_batch,
            name=name.strip(), email=email, media=media, created_at=at,
        )  # fmt: skip
        link(Ref.of(case), Ref.of(receipt), "receipt")
        Answer.objects.bulk_create(
            [Answer(community=community, case=case, question=question, values=values) for question, values in answers]
        )
    return receipt


def see_email(receipt: Receipt, *, by: Any, reason: str) -> str:
    """Show who is in charge the mail address that came with a report; the case's history says who looked and why."""
    case = receipt.case
    if not rules.in_charge(by, case):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": rules.in_charge.label}, status=403)
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("reason_needed", _("Say why you need the address. The person will see it."), status=422)
    with writing(case.community_id):
        change(case, by=by, kind=Ref.of(case).kind, verb="contact", details={"reason": reason})
    return str(receipt.email)


def offer(category: Any, *, by: Any, is_offered: bool, is_batch: bool) -> None:
    """Say whether other programs may report such matters, and whether they get a token first."""
    _desk(by, category)
    with writing(category.community_id):
        row = Service.objects.filter(community=category.community_id, category=category).first()
        row = row or Service(community_id=category.community_id, category=category)
        row.is_offered, row.is_batch = is_offered, is_batch
        row.save()
        change(row, by=by, kind="open311.service", verb="offer", details={"offered": is_offered, "batch": is_batch})


def ask(category: Any, *, by: Any, **asked: Any) -> Question:
    """Ask something besides of everyone who reports such a matter by another program."""
    _desk(by, category)
    with writing(category.community_id):
        rows = Question.objects.filter(community=category.community_id, category=category, is_active=True)
        if rows.filter(code=asked["code"]).exists():
            raise Refused("asked_already", _("There is a question with this short name. Take another one."))
        if (place := rows.count()) >= 20:
            raise Refused("too_many", _("A category asks at most 20 questions. Take one out first."))
        row = Question.objects.create(community_id=category.community_id, category=category, place=place, **asked)
        change(row, by=by, kind="open311.question", verb="ask", details={"code": row.code})
    return row


def drop(question: Question, *, by: Any) -> None:
    """Stop asking something; what was answered stays with the cases."""
    _desk(by, question)
    with writing(question.community_id):
        question.is_active = False
        question.save()
        change(question, by=by, kind="open311.question", verb="drop", details={"code": question.code})


def _desk(by: Any, row: Any) -> None:
    if by.community_id != row.community_id or not by.can("cases.desk"):
        words = _("Who can do this: %(who)s.") % {"who": rules.is_desk.label}
        raise Refused("not_yours", words, status=403)
