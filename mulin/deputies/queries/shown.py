"""What everyone reads of a suggestion: every step with what was said, and many as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.journal.models import Detail
from mulin.tables.cells import plain
from mulin.tables.layouts import Column, Layout

from ..flow import SUGGESTION
from ..models import Suggestion, Word

# What was done, where the words of the button would not tell it.
SAID = {
    "bring": _l("Brought"), "hand_on": _l("Handed on to the department"), "go_on": _l("Went on by itself"),
    "co_sign": _l("Another deputy signed it"), "step_back": _l("A deputy took their name off"),
    "receive": _l("The department took it on"), "hand_back": _l("Handed back: not their affair"),
    "report_on": _l("A word on how far it is"), "extend": _l("More time was given"),
    "answer": _l("The department answered"), "judge": _l("The deputy judged the answer"),
    "fulfil": _l("The promise was kept"), "admit": _l("The promise cannot be kept"),
    "withdraw": _l("The deputy withdrew it"),
}  # fmt: skip


def way(suggestion: Suggestion) -> list[dict[str, Any]]:
    """List every step that everyone may read as steps of a timeline, the newest first, with what was said."""
    here = {"community": suggestion.community_id, "suggestion": suggestion.pk}
    words: dict[str, list[Word]] = {}
    for row in Word.objects.filter(**here).select_related("organisation").order_by("at", "pk"):
        words.setdefault(row.verb, []).append(row)
    public = {move.name: move.label for move in SUGGESTION if move.public}
    rows = Detail.objects.filter(community=suggestion.community_id, noun_id=suggestion.pk, verb__in=public)
    steps = []
    for verb, at in rows.order_by("-seq").values_list("verb", "at"):
        word = words[verb].pop() if words.get(verb) else None
        if verb in ("draft", "correct", "send_back"):
            continue  # before anybody but the deputy and the desk read it
        told = {"at": at, "text": str(SAID.get(verb, public[verb]))}
        if word is not None:
            by = word.organisation.name if word.organisation else "" if verb == "withdraw" else _("the desk")
            told |= {"note": by, "voice": word.words}
        steps.append(told)
    return steps


def returned(suggestion: Suggestion) -> str:
    """Say why the desk gave a draft back, the last time that it did."""
    rows = Word.objects.filter(community=suggestion.community_id, suggestion=suggestion.pk, verb="send_back")
    last = rows.order_by("-at", "-pk").first()
    return last.words if last else ""


def sheet(rows: Iterable[Suggestion]) -> tuple[Layout, Iterable[dict[str, Any]]]:
    """Give what everyone may read of suggestions as the rows of a table."""
    heads = {
        "number": _("Number"), "title": _("Title"), "deputy": _("Deputy"), "office": _("Office"),
        "department": _("Department"), "handed_on": _("Handed on"), "answer_by": _("To be answered by"),
        "state": _("State"), "klass": _("Class"), "promised_on": _("Promised for"), "judgement": _("Judgement"),
    }  # fmt: skip
    columns = tuple(Column(name, (head,), plain) for name, head in heads.items())
    return Layout(_("Deputies' suggestions"), _("Suggestions"), columns), (_line(row) for row in rows)


def _line(row: Suggestion) -> dict[str, Any]:
    return {
        "number": row.number, "title": row.title, "deputy": row.deputy.name, "office": str(row.post),
        "department": row.department.name if row.department else "", "handed_on": row.handed_on,
        "answer_by": row.answer_by, "state": row.state_label, "klass": row.klass, "promised_on": row.promised_on,
        "judgement": row.judgement_label,
    }  # fmt: skip
