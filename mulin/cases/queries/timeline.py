"""What happened to a case, kept to what a viewer may read, and the names of those who acted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.journal.models import Detail
from mulin.people.figures import today_in
from mulin.people.models import Person, Term

from .. import rules
from ..models import Case

# What outsiders of a public case read: that something happened, not who did it or what was said.
OUTSIDE = {
    "report", "assign", "accept", "solve", "confirm", "reopen", "escalate", "pass_up", "refuse", "expire", "merge",
    "withdraw", "resume", "wait", "ask", "reply", "lead", "adopt",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One entry of a case's timeline, as one viewer may read it."""

    verb: str
    at: datetime
    actor: str
    before: str
    after: str
    details: dict[str, Any]


def timeline(case: Case, viewer: Any) -> list[Step]:
    """Return what happened, newest first, kept to what this viewer may read; one statement."""
    handles = (rules.takes_part)(viewer, case)
    everything = handles or rules.sees_everything(viewer, case)
    steps = []
    for verb, at, actor, body in _lines(case):
        if not everything and verb not in OUTSIDE:
            continue
        if body["details"].get("audience") == "internal" and not handles:
            if verb == "note":
                continue
            body["details"].pop("words", None)  # that it was assigned is no secret; the words to go with it are
        if verb in {"me_too", "join", "leave", "tell"} and not handles:
            continue
        details = body["details"] if everything else {}
        steps.append(Step(verb, at, actor if everything else "", body["from"], body["to"], details))
    return steps


def _lines(case: Case) -> Iterator[tuple[str, datetime, str, dict[str, Any]]]:
    first = case.last_line if case.version == 1 else None
    if first is not None:  # reported in this very call: there is nothing else to read
        yield first.verb, first.at, first.actor, {"from": first.before, "to": first.after, "details": {**first.details}}
        return
    rows = Detail.objects.filter(community_id=case.community_id, noun_id=case.pk).order_by("-seq")
    for verb, at, actor, text in rows.values_list("verb", "at", "actor", "body"):
        yield verb, at, actor, json.loads(text)


def names(community: Any, actors: set[str]) -> dict[str, str]:
    """Name persons as the journal calls them ("person:…"), with the post they hold today; one statement."""
    ids = [actor.removeprefix("person:") for actor in actors if actor.startswith("person:")]
    if not ids:
        return {}
    held = Term.objects.filter(community=community, person=OuterRef("pk")).current(today_in(community))
    kind = "post__kind__name_en" if (get_language() or "").startswith("en") else "post__kind__name_zh"
    rows = Person.objects.filter(community=community, pk__in=ids).annotate(post=Subquery(held.values(kind)[:1]))
    return {
        f"person:{row.pk}": _("%(post)s %(name)s") % {"post": row.post, "name": row.name} if row.post else row.name
        for row in rows
    }


def holders(case: Case) -> list[str]:
    """Name who holds the post in charge today; one statement."""
    if case.post_id is None:
        return []
    terms = Term.objects.filter(community=case.community_id, post=case.post_id).current(today_in(case.community))
    return list(terms.order_by("person__name").values_list("person__name", flat=True))
