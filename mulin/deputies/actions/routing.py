"""Who has to answer: handed on by the desk or by time, taken on, or handed back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Organisation

from ..figures import ANSWER_MONTHS, months_later
from ..flow import SUGGESTION, State
from ..models import Partner, Suggestion
from .bringing import say


@moves(SUGGESTION)
def hand_on(
    suggestion: Suggestion, *, by: Any, department: Organisation, partners: Iterable[Organisation] = ()
) -> None:
    """Hand it to the department that answers, and to those that take part; from now on everyone can read it."""
    others = [each for each in partners if each != department]
    belongs(suggestion.community, department, *others)
    if department.state != "registered":
        words = _("%(name)s is not registered here, or is suspended. Choose another one.")
        raise Refused("not_there", words % {"name": department.name}, 422)
    Partner.objects.filter(community=suggestion.community_id, suggestion=suggestion.pk).delete()
    Partner.objects.bulk_create([
        Partner(community_id=suggestion.community_id, suggestion=suggestion, organisation=each) for each in others
    ])  # fmt: skip
    suggestion.__dict__.pop("partners", None)
    _hand(suggestion, department)


def _hand(suggestion: Suggestion, department: Organisation) -> None:
    today = today_in(suggestion.community)
    suggestion.department, suggestion.named, suggestion.handed_back_at = department, None, None
    suggestion.handed_on, suggestion.answer_by = today, months_later(today, ANSWER_MONTHS)
    suggestion.extended_at = None
    suggestion.published_at = suggestion.published_at or now()
    suggestion.state = State.HANDED


@moves(SUGGESTION)
def go_on(suggestion: Suggestion, *, by: Any) -> None:
    """Let it go to the department that was named, when the desk did not hand it on in time."""
    named = suggestion.named if suggestion.handed_back_at else suggestion.department
    if named is not None and named.state == "registered":
        _hand(suggestion, named)


@moves(SUGGESTION)
def receive(suggestion: Suggestion, *, by: Any) -> None:
    """Take it on: it is this department's affair."""


@moves(SUGGESTION)
def hand_back(suggestion: Suggestion, *, by: Any, reason: str, named: Organisation | None = None) -> None:
    """Hand it back to the desk, say why it is not the department's affair, and whose it is."""
    belongs(suggestion.community, named)
    suggestion.named, suggestion.handed_back_at = named, now()
    say(suggestion, "hand_back", reason, suggestion.department_id)


@moves(SUGGESTION)
def count_as_theirs(suggestion: Suggestion, *, by: Any) -> None:
    """Count it as the department's, since it was not handed back in time."""


@moves(SUGGESTION)
def unroute(suggestion: Suggestion, *, by: Any) -> None:
    """Have the desk find another department, since this one is no more."""
    suggestion.department, suggestion.handed_back_at = None, now()
