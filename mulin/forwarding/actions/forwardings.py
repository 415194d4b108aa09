"""The moves of a case that was sent on. What the other server says never ends the case here: somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused

from .. import queries
from ..flow import FORWARDING, OPEN, State
from ..models import Connection, Errand, Forwarding


def forward(
    *, by: Any, community: Any, case: Case, connection: Connection, words: str, once: Once | None = None
) -> Forwarding:
    """Send a case on to another server: these words, the category and the place that everyone may see."""
    mapping = queries.mapping(connection, case.category_id)
    made = Forwarding(
        community=community, case=case, connection=connection, words=words.strip(),
        service_code=mapping.service_code if mapping else "",
    )  # fmt: skip

    def prepare(turn: Any, noun: Forwarding) -> None:
        if mapping is None:
            words = _("Such matters do not go there. The desk says which categories do.")
            raise Refused("not_mapped", words)
        here = Forwarding.objects.filter(community=community, case=case, connection=connection)
        if here.filter(state__in=OPEN).exists():
            raise Refused("sent_already", _("It was sent there already, and they have not closed it."))

    with writing(community.pk):
        made = begin(made, by=by, verb="forward", once=once, origin=Ref.of(case), prepare=prepare)
        if not made.is_repeat:
            _set_out(made)
    return made


def _set_out(forwarding: Forwarding, *, insists: bool = False) -> None:
    rows = Errand.objects.filter(community=forwarding.community_id, forwarding=forwarding)
    errand = rows.first() or Errand(community_id=forwarding.community_id, forwarding=forwarding)
    errand.next_at, errand.tries, errand.quiet, errand.insists = now(), 0, 0, insists
    errand.save()


@moves(FORWARDING)
def deliver(forwarding: Forwarding, *, by: Any, remote_id: str = "", token: str = "") -> dict[str, Any]:
    """Note that the other server took it: with its number there, or with a token for now."""
    forwarding.remote_id, forwarding.token, forwarding.trouble = remote_id, token, ""
    forwarding.sent_at = now()
    return {"number": remote_id}


@moves(FORWARDING)
def number(forwarding: Forwarding, *, by: Any, remote_id: str = "") -> dict[str, Any]:
    """Note the number that it got there."""
    forwarding.remote_id = remote_id
    return {"number": remote_id}


@moves(FORWARDING)
def hear(forwarding: Forwarding, *, by: Any, state: str = "", notes: Sequence[str] = ()) -> dict[str, Any]:
    """Write what came back into the case, for those who handle it."""
    _write(forwarding, state, notes)
    return {"notes": len(notes)}


@moves(FORWARDING)
def finish(
    forwarding: Forwarding, *, by: Any, state: str = "", notes: Sequence[str] = (), said: str = ""
) -> dict[str, Any]:
    """Note that the other server closed it; whether the case is solved, whoever is in charge decides."""
    _write(forwarding, state, notes)
    forwarding.proposal = said
    return {"notes": len(notes)}


def _write(forwarding: Forwarding, state: str, notes: Sequence[str]) -> None:
    forwarding.remote_state, forwarding.heard_at, forwarding.trouble = state, now(), ""
    for each in notes:
        words = _("%(who)s, %(number)s: %(words)s") % {
            "who": forwarding.connection.name, "number": forwarding.remote_id, "words": each,
        }  # fmt: skip
        cases.note(forwarding.case, by=SYSTEM, words=words[:2000], audience="internal")


@moves(FORWARDING)
def take_over(forwarding: Forwarding, *, by: Any, cause: str, remedy: str) -> None:
    """Take over what they did as the solution of the case; the reporter confirms."""
    cases.solve(forwarding.case, by=by, cause=cause, remedy=remedy)


@moves(FORWARDING)
def give_up(forwarding: Forwarding, *, by: Any, trouble: str = "") -> dict[str, Any]:
    """Stop sending it, or waiting for an answer; the case stays with whoever is in charge."""
    forwarding.trouble = trouble[:300] or forwarding.trouble
    Errand.objects.filter(community=forwarding.community_id, forwarding=forwarding).update(next_at=None)
    return {"trouble": forwarding.trouble}


@moves(FORWARDING)
def try_again(forwarding: Forwarding, *, by: Any) -> None:
    """Send it once more, or go on asking where it has a number; whoever says so has looked there first."""
    forwarding.trouble = ""
    # What has a number there must not get a second one.
    forwarding.state = State.SENT if forwarding.remote_id or forwarding.token else State.WAITING
    _set_out(forwarding, insists=True)
