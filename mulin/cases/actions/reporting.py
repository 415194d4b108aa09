"""What the reporter does: report, answer, confirm, reopen, withdraw."""

from __future__ import annotations

from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refs import Ref
from mulin.secrecy.codes import hash_code, new_code
from mulin.text.words import segment
from mulin.uploads.actions import keep

from .. import queries
from ..flow import CASE
from ..models import Case, Category
from .routing import raise_level, route, set_place


def report(
    *, by: Any, community: Any, words: str, place: Any, category: Category | None = None, photos: Any = (),
    disclosure: str = "named", contact_name: str = "", contact_phone: str = "", behalf: bool = False,
    once: Once | None = None,
) -> Case:  # fmt: skip
    """Report a problem; it goes straight to the post responsible for this kind of matter at this place.

    The case that is returned carries `secret`, the code that lets an unnamed reporter follow it; it is shown once.
    """
    category = category or _guess(community, words)
    case = Case(
        community=community, category=category, words=words.strip(), disclosure=disclosure or "named", is_behalf=behalf,
        contact_name=contact_name, contact_phone=contact_phone, happened_at=now(), search=segment(words),
    )  # fmt: skip
    unnamed = disclosure == "anonymous" or behalf
    if not unnamed:
        case.reporter_account, case.reporter_id = by.account_id, by.person_id
    secret = new_code() if unnamed else ""
    case.code_hash = hash_code(secret) if secret else ""
    by = case.acts_as(by)
    set_place(case, place)

    def prepare(turn: Turn, case: Case) -> None:
        route(case)
        year = case.happened_at.astimezone(community.zone_info).year
        case.number = f"{community.letter}-{year}-{turn.count(community.pk, f'cases-{year}'):05d}"
        case.fresh_photos = keep(photos, Ref.of(case), "report", by) if photos else []
        case._parts = []  # nobody takes part yet

    details = {"photos": len(photos), "by_staff": behalf}
    made = begin(case, by=by, verb="report", once=once, prepare=prepare, details=details)
    made.secret = secret if made is case else ""
    return made


@moves(CASE)
def reply(case: Case, *, by: Any, words: str, photos: Any = ()) -> dict[str, Any]:
    """Answer what was asked; the work goes on and its time runs again."""
    case.waits_for, case.waits_since, case.waits_until = "", None, None
    keep(photos, Ref.of(case), "reply", by)
    return {"words": words}


@moves(CASE)
def confirm(case: Case, *, by: Any, rating: int, words: str = "") -> dict[str, Any]:
    """Say that it is solved, and how well it was done."""
    case.rating, case.rating_words, case.closed_at = rating, words, now()
    return {"rating": rating, "words": words}


@moves(CASE)
def reopen(case: Case, *, by: Any, reason: str, photos: Any = ()) -> dict[str, Any]:
    """Give it back because it is not solved; the third time it goes one level up."""
    case.reopened += 1
    case.solved_at = case.closed_at = case.told_at = case.rating = None
    case.solver = ""
    if case.reopened >= 3:
        raise_level(case)
    else:
        route(case)
    keep(photos, Ref.of(case), "reopen", by)
    return {"reason": reason, "times": case.reopened}


@moves(CASE)
def withdraw(case: Case, *, by: Any, reason: str = "") -> dict[str, Any]:
    """Take it back; nobody needs to do anything more."""
    case.closed_at = now()
    case.waits_for, case.waits_since, case.waits_until = "", None, None
    return {"reason": reason}


def _guess(community: Any, words: str) -> Category:
    suggested = queries.suggest(community.pk, words, most=1)
    if suggested:
        return suggested[0]
    leaves = queries.leaves(community.pk)
    return next((row for row in leaves if row.key == "other"), leaves[-1])
