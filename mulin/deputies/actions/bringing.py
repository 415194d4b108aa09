"""What deputies do: write, bring, sign with others, and withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, link, moves, writing
from mulin.kernel.models import Link
from mulin.kernel.refs import Ref
from mulin.kernel.turn import current_turn
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community

from ..flow import SUGGESTION
from ..models import CoSigner, Suggestion, Word


def office_of(viewer: Any) -> Any:
    """Return the post by which somebody brings suggestions."""
    return next((term.post_id for term in viewer.terms if "deputies.suggest" in term.capabilities), None)


def say(suggestion: Suggestion, verb: str, words: str = "", organisation_id: UUID | None = None) -> None:
    """Keep what was said with a move, for its page."""
    Word.objects.create(
        community_id=suggestion.community_id, suggestion=suggestion, verb=verb, words=words.strip(), at=now(),
        organisation_id=organisation_id,
    )  # fmt: skip


def draft(
    *, by: Any, community: Community, cases: Iterable[Case] = (), once: Once | None = None, **told: Any
) -> Suggestion:
    """Write a suggestion; nobody else sees it before it is brought."""
    made = Suggestion(community=community, deputy_id=by.person_id, post_id=office_of(by))
    _write(made, **told)
    with writing(community.pk):
        found = begin(made, by=by, verb="draft", once=once)
        if found is made:
            _rest_on(found, cases)
    return found


def _write(
    suggestion: Suggestion, *, title: str, matter: str, proposal: str, source: str, residents: int | None = None,
    department: Organisation | None = None,
) -> None:  # fmt: skip
    belongs(suggestion.community, department)
    suggestion.title, suggestion.matter, suggestion.proposal = title.strip(), matter.strip(), proposal.strip()
    suggestion.source, suggestion.residents, suggestion.department = source, residents, department


def _rest_on(suggestion: Suggestion, cases: Iterable[Case]) -> None:
    rows = Link.objects.filter(community=suggestion.community_id, target_id=suggestion.pk, kind="origin")
    rows.filter(source_kind=Case._meta.label_lower).delete()
    for case in cases:
        link(Ref.of(case), Ref.of(suggestion), "origin")


@moves(SUGGESTION)
def correct(suggestion: Suggestion, /, *, by: Any, cases: Iterable[Case] = (), **told: Any) -> None:
    """Change the draft."""
    _write(suggestion, **told)
    _rest_on(suggestion, cases)


@moves(SUGGESTION)
def bring(suggestion: Suggestion, *, by: Any) -> None:
    """Bring it: the desk hands it on, and other deputies can sign it."""
    suggestion.brought_at, suggestion.post_id = now(), office_of(by)
    if not suggestion.number:
        community = suggestion.community
        year = today_in(community).year
        count = current_turn().count(community.pk, f"suggestions-{year}")
        suggestion.number = f"{community.letter}-{year}-D{count:03d}"


@moves(SUGGESTION)
def send_back(suggestion: Suggestion, *, by: Any, reason: str) -> None:
    """Give it back to the deputy before anybody else reads it, and say what to change."""
    suggestion.returned_at = now()
    say(suggestion, "send_back", reason)


@moves(SUGGESTION)
def co_sign(suggestion: Suggestion, *, by: Any) -> None:
    """Sign it, too: your name and office stand beside the deputy's."""
    CoSigner.objects.create(
        community_id=suggestion.community_id, suggestion=suggestion, person_id=by.person_id, post_id=office_of(by),
        signed_at=now(),
    )  # fmt: skip


@moves(SUGGESTION)
def step_back(suggestion: Suggestion, *, by: Any) -> None:
    """Take one's name off again."""
    CoSigner.objects.filter(
        community=suggestion.community_id, suggestion=suggestion.pk, person=by.person_id
    ).delete()  # fmt: skip


@moves(SUGGESTION)
def withdraw(suggestion: Suggestion, *, by: Any, reason: str = "") -> None:
    """Withdraw it before it is answered; what everyone could read stays to be read."""
    say(suggestion, "withdraw", reason)


@moves(SUGGESTION)
def drop(suggestion: Suggestion, *, by: Any) -> None:
    """End a draft that was never brought."""
