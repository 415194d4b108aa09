"""What follows a line: those who hear of it are told, by what the modules said with `hears`."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mulin.kernel.readers import Heard

from . import actions
from .figures import HEARINGS
from .queries import accounts_of_persons


def listen(line: Heard) -> None:
    """Tell each circle that hears of such a line, in its own words; never the one who did it."""
    did = _who_did(line)
    for hearing in HEARINGS.get(line.kind, ()):
        if line.verb in hearing.sentences:
            actions.tell(line, hearing.who(line) - did, hearing.voice)
    actions.tell_groups_of(line.community, line.kind, line.noun_id, line.verb)
    # Told is told, whatever the mail server says; what cannot be sent now, the worker sends later.
    transaction.on_commit(actions.mail_out)


def _who_did(line: Heard) -> set[UUID]:
    kind, _sep, key = line.actor.partition(":")
    if kind == "account":
        return {UUID(key)}
    return accounts_of_persons(line.community, {UUID(key)}) if kind == "person" else set()
