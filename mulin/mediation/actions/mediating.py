"""Both sides choose a mediator, who takes it on or not, and leads the sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.models import Person

from .. import queries, rules
from ..flow import MEDIATION
from ..models import Choice, Mediation, Session


@moves(MEDIATION)
def propose(mediation: Mediation, *, by: Any, person: Person) -> None:
    """Propose somebody as mediator whom both sides can trust."""
    belongs(mediation.community, person)
    if person.pk in queries.too_near(mediation):
        raise Refused("too_near", _("They belong to a side, or said that they stand too near to one."), 422)
    if not person.account_id:
        raise Refused("no_account", _("They have no account here yet, so that nobody can ask them."), 422)
    _note_choice(mediation, "passed_over")
    mediation.candidate, mediation.candidate_side = person, rules.side_of(by, mediation)
    Choice.objects.create(
        community_id=mediation.community_id, mediation=mediation, person=person, side=mediation.candidate_side, at=now()
    )


def _note_choice(mediation: Mediation, outcome: str, words: str = "") -> None:
    rows = Choice.objects.filter(community=mediation.community_id, mediation=mediation, outcome__in=(
        "proposed", "chosen", "took_on",
    ))  # fmt: skip
    if (last := rows.order_by("-at", "-pk").first()) is not None:
        last.outcome, last.words = outcome, words.strip()
        last.save()


@moves(MEDIATION)
def choose(mediation: Mediation, *, by: Any, person: Any = None) -> None:
    """Agree to the mediator whom the other side proposed; they are asked now."""
    if person is not None and str(person) != str(mediation.candidate_id):
        raise Refused.stale()
    mediation.mediator, mediation.candidate, mediation.candidate_side = mediation.candidate, None, 0
    _note_choice(mediation, "chosen")


@moves(MEDIATION)
def take_on(mediation: Mediation, *, by: Any, no_conflict: bool) -> None:
    """Take it on, and declare that one stands too near to neither side."""
    _note_choice(mediation, "took_on")


@moves(MEDIATION)
def pass_on(mediation: Mediation, *, by: Any, ground: str, words: str = "") -> None:
    """Decline to mediate, and say on what ground; both sides choose anew."""
    _without_mediator(mediation, ground, words)


@moves(MEDIATION)
def stay_silent(mediation: Mediation, *, by: Any) -> None:
    """Let the sides choose anew when the mediator did not answer in time."""
    _without_mediator(mediation, "silent")


@moves(MEDIATION)
def step_down(mediation: Mediation, *, by: Any, ground: str, words: str = "") -> None:
    """Mediate no longer; the next mediator does not read one's notes."""
    call_session_off(mediation)
    stop_resting(mediation)
    _without_mediator(mediation, ground, words)


def _without_mediator(mediation: Mediation, outcome: str, words: str = "") -> None:
    _note_choice(mediation, outcome, words)
    mediation.mediator = None


@moves(MEDIATION)
def plan(mediation: Mediation, *, by: Any, at: datetime, place: str) -> None:
    """Say when and where both sides meet."""
    Session.objects.create(
        community_id=mediation.community_id, mediation=mediation, mediator=mediation.mediator, at=at,
        place=place.strip(),
    )  # fmt: skip


@moves(MEDIATION)
def call_off(mediation: Mediation, *, by: Any) -> None:
    """Call the planned session off."""
    call_session_off(mediation)


def call_session_off(mediation: Mediation) -> None:
    """Call off the session that is planned, where there is one."""
    if (session := mediation.planned) is not None:
        session.is_off = True
        session.save()
        mediation.__dict__.pop("sessions", None)


@moves(MEDIATION)
def hold(mediation: Mediation, *, by: Any, came: str, summary: str, notes: str = "") -> None:
    """Write down who came and what both sides read of it; one's own notes stay one's own."""
    session = mediation.planned
    assert session, "The flow asks for it."
    session.held_at, session.came, session.summary, session.notes = now(), came.strip(), summary.strip(), notes.strip()
    session.save()


def stop_resting(mediation: Mediation) -> None:
    """End a pause."""
    mediation.rest_from, mediation.rest_until, mediation.rest_side = "", None, 0
