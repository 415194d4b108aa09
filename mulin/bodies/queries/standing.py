"""Whether a body can decide today, and its rules in words, now and before."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..figures import Answer, Rules
from ..flow import State
from ..models import Body, OldRules


def can_decide(body: Body, members: int | None = None) -> Answer:
    """Say whether a body can decide today, and why not: out of office, or too few for its kind or its own rules."""
    if body.state == State.SUSPENDED:
        return Answer(False, _("It is suspended, as its organisation is."))
    if body.state == State.ENDED:
        return Answer(False, _("It is no more."))
    if not body.is_in_office:
        return Answer(False, _("It is not in office: it waits for its members, or its term is over."))
    members = body.count_members() if members is None else members
    told = {"members": members, "least": body.kinds.least_members(body.seats), "seats": body.seats}
    if members < told["least"]:
        return Answer(False, _("It has %(members)s members; such a body has %(least)s at least.") % told)
    quorum, rules = body.rules.quorum.least(body.seats), body.rules
    if members < quorum:
        words = _("It has %(members)s members, and %(quorum)s of its %(seats)s seats must be there.")
        return Answer(False, words % {**told, "quorum": quorum})
    if members < (yes := rules.yes(body.seats, members)):
        words = _("It has %(members)s members, and %(yes)s of its %(seats)s seats must say yes.")
        return Answer(False, words % {**told, "yes": yes})
    words = _("It has %(members)s members on %(seats)s seats, and can decide.")
    return Answer(True, words % told)


def rules_in_words(rules: Rules, seats: int) -> list[str]:
    """Say how many have to be there and how many have to say yes, with the numbers."""
    quorum = rules.quorum.least(seats)
    there = _("Of %(seats)s seats, vacant ones counted, %(number)s must be there: %(share)s.")
    said = [there % {"seats": seats, "number": quorum, "share": rules.quorum.words}]
    told = {"seats": seats, "share": rules.decision.words, "few": quorum}
    few, all_ = rules.yes(seats, quorum), rules.yes(seats, seats)
    if rules.decision.base == "seats":
        words = _("Of %(seats)s seats, vacant ones counted, %(number)s must say yes: %(share)s.")
        return [*said, words % {**told, "number": all_}]
    words = (
        _("Of those who are there, %(share)s must say yes: %(yes)s of %(few)s, %(all)s of %(seats)s.")
        if rules.decision.base == "present"
        else _("Of the votes cast, %(share)s must be yes: %(yes)s of %(few)s, %(all)s of %(seats)s.")
    )
    return [*said, words % {**told, "yes": few, "all": all_}]


def versions(body: Body) -> list[dict[str, Any]]:
    """List the rules that a body had, the newest first, in words, each with since when and why."""
    rows = OldRules.objects.filter(community=body.community_id, body=body.pk).order_by("-number")
    return [
        {
            "number": row.number, "since": row.since, "reason": row.reason, "seats": row.seats, "years": row.years,
            "words": rules_in_words(row.rules, row.seats), "pack": row.pack, "supervisor": row.supervisor,
        }
        for row in rows.select_related("supervisor__organisation", "supervisor__community")
    ]  # fmt: skip
