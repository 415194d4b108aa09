"""What happened to a case, kept to what a viewer may read, and the names of those who acted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from mulin.journal.models import Detail
from mulin.people.figures import in_their_language, today_in
from mulin.people.models import Person, Term

from .. import rules
from ..models import Case

# What outsiders of a public case read: that something happened, not who did it or what was said.
OUTSIDE = {
    "report", "assign", "accept", "solve", "confirm", "reopen", "escalate", "pass_up", "refuse", "expire", "merge",
    "withdraw", "resume", "wait", "ask", "reply", "lead", "adopt",
}  # fmt: skip


# What nobody but the reporter can do: it would tell who reported without a name.
ONLY_THE_REPORTER = {"report", "reply", "withdraw"}
REPORTER = "reporter"  # the actor that stands for the reporter, for those who may not know who it is


@dataclass(frozen=True)
class Name:
    """Somebody by name, with the post held today; as text both together."""

    name: str
    post: str = ""

    def __str__(self) -> str:
        return _("%(post)s %(name)s") % {"post": self.post, "name": self.name} if self.post else self.name


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
    handles, hidden = rules.takes_part(viewer, case), _hidden(case, viewer)
    unnamed = case.disclosure == "anonymous" and not case.is_behalf
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
        if unnamed and verb in ONLY_THE_REPORTER:
            actor = "guest"
        elif actor in hidden:
            actor = REPORTER
        details = body["details"] if everything else {}
        if details.get("agreed_by") in hidden:
            details["agreed_by"] = REPORTER
        steps.append(Step(verb, at, actor if everything else "", body["from"], body["to"], details))
    return steps


def _hidden(case: Case, viewer: Any) -> set[str]:
    """Name the reporter as the journal does, where this viewer may not know who it is."""
    if (rules.in_charge | rules.is_reporter)(viewer, case):
        return set()
    return {f"person:{case.reporter_id}", f"account:{case.reporter_account}"}


def proposed_summary(case: Case) -> str:
    """Return the newest summary that anyone wrote, shown to everyone or only proposed; one statement."""
    rows = Detail.objects.filter(community_id=case.community_id, noun_id=case.pk, verb__in=("solve", "summarise"))
    bodies = rows.order_by("-seq").values_list("body", flat=True)
    return next(filter(None, (json.loads(text)["details"].get("summary") for text in bodies)), "")


def _lines(case: Case) -> Iterator[tuple[str, datetime, str, dict[str, Any]]]:
    first = case.last_line if case.version == 1 else None
    if first is not None:  # reported in this very call: there is nothing else to read
        yield first.verb, first.at, first.actor, {"from": first.before, "to": first.after, "details": {**first.details}}
        return
    rows = Detail.objects.filter(community_id=case.community_id, noun_id=case.pk).order_by("-seq")
    for verb, at, actor, text in rows.values_list("verb", "at", "actor", "body"):
        yield verb, at, actor, json.loads(text)


def names(case: Case, viewer: Any, actors: set[str]) -> dict[str, Name]:
    """Name those who acted on a case ("person:…"), as this viewer may know them; one statement."""
    hidden = _hidden(case, viewer)
    named = {"guest": Name(_("Someone without a name")), **dict.fromkeys({REPORTER, *hidden}, Name(_("The reporter")))}
    ids = [actor.removeprefix("person:") for actor in actors - hidden if actor.startswith("person:")]
    if not ids:
        return named
    held = Term.objects.filter(community=case.community_id, person=OuterRef("pk")).current(today_in(case.community))
    zh, en = (Subquery(held.values(f"post__kind__name_{language}")[:1]) for language in ("zh", "en"))
    found = Person.objects.filter(community=case.community_id, pk__in=ids).annotate(zh=zh, en=en)
    for key, name, *kind in found.values_list("pk", "name", "zh", "en"):
        named[f"person:{key}"] = Name(name, in_their_language(*kind) or "")
    return named


def holders(case: Case) -> list[str]:
    """Name who holds the post in charge today; one statement."""
    if case.post_id is None:
        return []
    terms = Term.objects.filter(community=case.community_id, post=case.post_id).current(today_in(case.community))
    return list(terms.order_by("person__name").values_list("person__name", flat=True))
