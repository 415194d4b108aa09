"""What happened to a noun, newest first, for web/timeline.html: of any module, from the lines of its journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.journal.models import Detail
from mulin.kernel.models import Noun
from mulin.kernel.refusals import Refused

from ..models import Person

LATEST = 100


def history(
    noun: Noun, viewer: Any, *, names: bool, said: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:  # fmt: skip
    """List what happened to a noun as steps of a timeline; two statements at most.

    `names`: whether this viewer reads who did it, why, and the moves that are not public. `said` gives words for a
    move ("Registered"), otherwise its label stands there.
    """
    rows = Detail.objects.filter(community_id=noun.community_id, noun_id=noun.pk).order_by("-seq")
    lines = [(*line, json.loads(body)) for *line, body in rows.values_list("verb", "at", "actor", "body")[:LATEST]]
    who = _names(noun, {actor for _verb, _at, actor, _body in lines}) if names else {}
    steps = []
    for verb, at, actor, body in lines:
        name, _dot, word = verb.partition(".")
        if not names and (word or not _is_public(noun, name)):
            continue
        details = body["details"] if names else {}
        moved = body["to"] if body["from"] not in ("", body["to"]) and not word else ""
        text = _text(noun, name, word, said or {})
        after = str(noun.flow.states(moved).label) if moved in noun.flow.states.values else ""
        steps.append({
            "at": at, "text": text, "note": who.get(actor, ""),
            "after": "" if after == text else after,  # a move is often called as where it leads
            "voice": details.get("words") or details.get("reason") or "",
        })  # fmt: skip
    return steps


def _text(noun: Noun, name: str, word: str, said: Mapping[str, Any]) -> str:
    move = next((move for move in noun.flow if move.name == name), None)
    text = str(said.get(name) or (move.label if move else {"adopt": _("Taken over")}.get(name, _("Changed"))))
    asked = {
        "asked": _("A second person was asked to agree: %(what)s"),
        "declined": _("The second person did not agree: %(what)s"),
        "expired": _("Nobody gave the second word in time: %(what)s"),
    }
    return asked[word] % {"what": text} if word in asked else text


def _is_public(noun: Noun, name: str) -> bool:
    try:
        return noun.flow[name].public
    except Refused:
        return False


def _names(noun: Noun, actors: set[str]) -> dict[str, str]:
    """Name who acted ("person:…"); time and the program have no name."""
    keys = [UUID(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")]
    people = Person.objects.filter(community=noun.community_id, pk__in=keys).values_list("pk", "name") if keys else ()
    return {f"person:{key}": name for key, name in people}
