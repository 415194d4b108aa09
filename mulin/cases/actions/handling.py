"""What those in charge do: from taking it on to solving it."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import link, moves
from mulin.kernel.refs import Ref
from mulin.people.models import Post
from mulin.uploads.actions import keep

from ..flow import CASE, NEW
from ..models import Case, Category, Part
from .routing import raise_level, route, set_place, set_public


@moves(CASE)
def accept(case: Case, *, by: Any) -> None:
    """Take it on; the reporter hears that someone is on it."""
    case.accepted_at = case.accepted_at or now()


@moves(CASE)
def assign(case: Case, *, by: Any, post: Post, words: str = "") -> dict[str, Any]:
    """Give it to a post, with a word to go with it."""
    case.post = post
    return {"post": str(post), "words": words, "audience": "internal" if words else ""}


@moves(CASE)
def ask(case: Case, *, by: Any, words: str) -> dict[str, Any]:
    """Ask the reporter something; the time to solve stands still until the answer comes."""
    case.waits_for, case.waits_since, case.waits_until = "reporter", now(), None
    return {"words": words}


@moves(CASE)
def wait(case: Case, *, by: Any, reason: str, until: datetime) -> dict[str, Any]:
    """Let it rest until a day, and say why; the time to solve goes on."""
    case.waits_for, case.waits_since, case.waits_until = "date", now(), until
    return {"reason": reason, "until": until.isoformat()}


@moves(CASE)
def resume(case: Case, *, by: Any) -> None:
    """Go on with it."""
    case.waits_for, case.waits_since, case.waits_until = "", None, None


@moves(CASE)
def pass_up(case: Case, *, by: Any, reason: str) -> dict[str, Any]:
    """Hand it to the next level, which can do more."""
    raise_level(case)
    return {"reason": reason, "level": case.level}


@moves(CASE)
def correct(case: Case, *, by: Any, category: Category | None = None, place: Any = None) -> dict[str, Any]:
    """Correct the category or the place; before anyone took it on, it goes to whoever is responsible then."""
    details: dict[str, Any] = {}
    if category is not None:
        details["category"] = {"from": case.category.key, "to": category.key}
        case.category = category
        set_public(case)
    if place is not None:
        details["place"] = True
        set_place(case, place)
    if case.state in NEW:
        route(case)
        details["post"] = str(case.post or "")
    return details


@moves(CASE)
def merge(case: Case, *, by: Any, into: Case) -> dict[str, Any]:
    """Join it to another open case about the same matter; whom the community knows of its people follow that one."""
    followers = case.persons("me_too") | case.persons("joined") | {case.reporter_id}
    into = gather(into, by=SYSTEM, persons=followers - {None})
    link(Ref.of(case), Ref.of(into), "merged")
    case.merged_into, case.closed_at = into, now()
    case.waits_for, case.waits_since, case.waits_until = "", None, None
    return {"into": into.number}


@moves(CASE)
def gather(case: Case, *, by: Any, persons: Set[UUID] = frozenset()) -> None:
    """Take in another case about the same matter: whoever met that one met this one too, and follows it."""
    fresh = [
        Part(community_id=case.community_id, case=case, person_id=person, role="me_too", started_at=now())
        for person in persons - case.persons("me_too") - {case.reporter_id}
    ]
    Part.objects.bulk_create(fresh)
    case.met_by += len(fresh)


@moves(CASE)
def refuse(case: Case, *, by: Any, why: str, words: str) -> dict[str, Any]:
    """Do not take it on, with the reason and where to go instead; a second person has to agree."""
    case.closed_at = now()
    return {"why": why, "words": words}


@moves(CASE)
def solve(case: Case, *, by: Any, cause: str, remedy: str, photos: Any = (), summary: str = "") -> dict[str, Any]:
    """Say that it is solved, what caused it and what was done; the reporter confirms."""
    case.cause, case.remedy = cause, remedy
    case.solver, case.solved_at, case.told_at = by.actor, now(), None
    case.waits_for, case.waits_since, case.waits_until = "", None, None
    case.accepted_at = case.accepted_at or case.solved_at
    if summary and by.can("cases.desk"):
        case.public_summary = summary
    keep(photos, Ref.of(case), "solve", by)
    # A summary from the field waits for the desk's approval: it is only proposed here.
    return {"cause": cause, "remedy": remedy, "photos": len(photos), "summary": summary}


@moves(CASE)
def note(case: Case, *, by: Any, words: str, audience: str = "reporter") -> dict[str, Any]:
    """Write a note, for those who handle it or for the reporter too."""
    return {"words": words, "audience": audience}


@moves(CASE)
def summarise(case: Case, *, by: Any, summary: str) -> dict[str, Any]:
    """Approve what everyone may read about it."""
    case.public_summary = summary
    return {"summary": summary}
