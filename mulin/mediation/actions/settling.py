"""The text of the agreement, whether it is kept, pauses, ends and reminders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused

from .. import figures, rules
from ..figures import MOST_NAGS
from ..flow import MEDIATION, State
from ..models import Agreement, Choice, FollowUp, Mediation, Session
from .mediating import call_session_off, stop_resting


@moves(MEDIATION)
def draft(mediation: Mediation, *, by: Any, text: str, days: list[date]) -> None:
    """Write the text of the agreement; whatever was confirmed of an earlier one does not count for it."""
    said = text.strip().replace("\r\n", "\n")
    last = mediation.agreement
    made = Agreement.objects.create(
        community_id=mediation.community_id, mediation=mediation, number=last.number + 1 if last else 1, text=said,
        fingerprint=figures.fingerprint(said, days), drafted_at=now(),
    )  # fmt: skip
    FollowUp.objects.bulk_create([
        FollowUp(community_id=mediation.community_id, agreement=made, on=day) for day in days
    ])  # fmt: skip
    mediation.words = ""


@moves(MEDIATION)
def confirm(mediation: Mediation, *, by: Any, fingerprint: str) -> None:
    """Confirm the text word for word; it holds once both sides have."""
    text = mediation.agreement
    assert text, "The flow asks for it."
    if fingerprint != text.fingerprint:
        raise Refused("other_text", _("The text was changed after you read it. Read it again, then confirm."))
    if rules.side_of(by, mediation) == 1:
        text.confirmed_one_at = now()
    else:
        text.confirmed_two_at = now()
    text.save()
    mediation.state = State.DRAFTED
    if text.confirmed_one_at and text.confirmed_two_at:
        mediation.state, mediation.settled_at, mediation.court_told_at = State.SETTLED, now(), None
        mediation.kept_at = None


@moves(MEDIATION)
def ask_change(mediation: Mediation, *, by: Any, words: str) -> None:
    """Ask for a change of the text; it goes back to the table."""
    mediation.words = words.strip()


@moves(MEDIATION)
def draft_lapses(mediation: Mediation, *, by: Any) -> None:
    """Bring a text back to the table that was not confirmed in seven days."""


@moves(MEDIATION)
def note_kept(mediation: Mediation, *, by: Any) -> None:
    """Say on a follow-up day that the agreement is kept; after the last one it is done."""
    _note_follow_up(mediation, "kept")
    mediation.state = State.SETTLED
    if mediation.next_follow_up is None:
        mediation.state, mediation.kept_at = State.KEPT, now()


def _note_follow_up(mediation: Mediation, outcome: str) -> None:
    if (row := mediation.next_follow_up) is not None:
        row.outcome, row.noted_at = outcome, now()
        row.save()


@moves(MEDIATION)
def report_breach(mediation: Mediation, *, by: Any, words: str) -> None:
    """Say that it is not kept: the mediator is asked anew, and it is open again."""
    _note_follow_up(mediation, "breach")
    mediation.words, mediation.kept_at = words.strip(), None
    mediation.breaches += 1
    choice = {"person_id": mediation.mediator_id, "outcome": "chosen", "side": rules.side_of(by, mediation)}
    Choice.objects.create(community_id=mediation.community_id, mediation=mediation, at=now(), **choice)


@moves(MEDIATION)
def pause(mediation: Mediation, *, by: Any, days: int) -> None:
    """Ask for some days to cool off; it goes on by itself."""
    before = Mediation.objects.get(community=mediation.community_id, pk=mediation.pk).state
    mediation.rest_from, mediation.rest_until = before, now() + timedelta(days=days)
    mediation.rest_side = rules.side_of(by, mediation)
    mediation.rests += 1


@moves(MEDIATION)
def resume(mediation: Mediation, *, by: Any) -> None:
    """Go on where it paused; all times run anew."""
    mediation.state = mediation.rest_from
    stop_resting(mediation)


@moves(MEDIATION)
def fail(mediation: Mediation, *, by: Any, ground: str, words: str = "") -> None:
    """End it without agreement, and say why; other ways stay open to both."""
    call_session_off(mediation)
    mediation.ground, mediation.words = ground, words.strip()


@moves(MEDIATION)
def withdraw(mediation: Mediation, *, by: Any) -> None:
    """Withdraw one's consent, at any time and without a reason: it ends here."""
    call_session_off(mediation)
    stop_resting(mediation)


@moves(MEDIATION)
def give_up(mediation: Mediation, *, by: Any) -> None:
    """End it after half a year without agreement."""
    call_session_off(mediation)
    stop_resting(mediation)
    mediation.ground = "other"


@moves(MEDIATION)
def remind(mediation: Mediation, *, by: Any) -> None:
    """Remind everyone that it waits: for a mediator, or for the next session."""


@moves(MEDIATION)
def remind_follow_up(mediation: Mediation, *, by: Any) -> None:
    """Ask whether the agreement is kept; who is asked three times in vain is left alone."""
    if (row := mediation.next_follow_up) is not None:
        row.nags += 1
        row.outcome = "unknown" if row.nags >= MOST_NAGS else ""
        row.save()


@moves(MEDIATION)
def remind_court(mediation: Mediation, *, by: Any) -> None:
    """Remind both that they may ask the court together to confirm the agreement."""
    mediation.court_told_at = now()


@moves(MEDIATION)
def forget(mediation: Mediation, *, by: Any) -> None:
    """Drop the mediator's own notes a year after the end."""
    rows = Session.objects.filter(community=mediation.community_id, mediation=mediation)
    for row in rows:
        row.notes = ""
        row.save()
