"""What follows a move of a case that came by mail: whoever sent it is written to."""

from __future__ import annotations

from django.db import transaction

from mulin.kernel.readers import Heard, reads

from . import actions


@reads("cases.case", "ask", "solve", "refuse", "confirm", "expire", "wait")
def write_back(line: Heard) -> None:
    """Write to who reported by mail and has no account, once the line is committed."""
    said = str(line.details.get("words") or line.details.get("remedy") or "")
    transaction.on_commit(lambda: actions.tell_sender(line.community, line.noun_id, line.verb, said), robust=True)
