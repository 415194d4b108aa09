"""Exports of people's words: asked for, agreed to by a second person, fetched for a day, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from .. import rules
from ..figures import MOST_ROWS
from ..flow import EXPORT, State
from ..models import Export, File
from ..queries import chosen, count_of

NONCE = b"\0" * 12  # each key seals one file


def folder() -> Path:
    """Return where sealed files lie until they are deleted; no backup takes them."""
    path = Path(settings.DATA) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def ask(
    *, by: Any, community: Community, reason: str, form: str = "xlsx", contacts: bool = False,
    once: Once | None = None, **choice: str,
) -> Export:  # fmt: skip
    """Ask for a table with people's words; it is made once a second person agrees."""
    draft = Export(
        community=community, asker=by.account_id, asked_by=by.actor, asker_name=by.name[:60] or "?", form=form,
        reason=reason.strip(), contacts=contacts, choice={name: text for name, text in choice.items() if text},
        language=get_language() or "",
    )  # fmt: skip
    if refused := EXPORT.why_not("ask", by, draft):
        raise refused
    if not 0 < (count := count_of(chosen(by, community, draft.choice))) <= MOST_ROWS:
        words = _("An export holds 1 to %(most)s cases; these are %(count)s. Choose others.")
        raise Refused("too_many", words % {"most": f"{MOST_ROWS:,}", "count": f"{count:,}"}, status=422)
    return begin(draft, by=by, verb="ask", once=once, details={"contacts": contacts, "cases": count})


@moves(EXPORT)
def agree(export: Export, *, by: Any) -> None:
    """Agree, as the second person, that people's words leave the system for this reason."""
    export.agreed_by = by.actor
    total = count_of(chosen(by, export.community, export.choice))
    File.objects.create(community_id=export.community_id, export=export, total=total)


@moves(EXPORT)
def decline(export: Export, *, by: Any) -> None:
    """Say no: it is not made."""


@moves(EXPORT)
def take_back(export: Export, *, by: Any) -> None:
    """Take the request back."""


@moves(EXPORT)
def lapse(export: Export, *, by: Any) -> None:
    """Let it go: nobody agreed in time."""


@moves(EXPORT)
def finish(export: Export, *, by: Any, rows: int = 0, path: str = "", key: str = "") -> dict[str, Any]:
    """Say that the file is there, sealed; it can be fetched for a day."""
    export.rows = rows
    file = File.objects.get(community_id=export.community_id, export=export)
    file.done, file.path, file.key = rows, path, key
    file.save()
    return {"rows": rows}


@moves(EXPORT)
def fail(export: Export, *, by: Any, why: str = "time") -> dict[str, Any]:
    """Say that it could not be made."""
    _drop(export)
    return {"why": why}


@moves(EXPORT)
def discard(export: Export, *, by: Any) -> None:
    """Delete the file before its day is over."""
    _drop(export)


@moves(EXPORT)
def expire(export: Export, *, by: Any) -> None:
    """Delete the file: its day is over."""
    _drop(export)


def _drop(export: Export) -> None:
    rows = File.objects.filter(community_id=export.community_id, export=export)
    paths = [folder() / path for path in rows.values_list("path", flat=True) if path]
    rows.delete()

    def unlink() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    transaction.on_commit(unlink)


def fetch(export: Export, *, by: Any) -> bytes:
    """Open the file for who asked for it; each time is written into the log."""
    if not (rules.asked_for_it(by, export) and rules.is_desk(by, export)):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": rules.asked_for_it.label}, status=403)
    if export.state != State.READY:
        words = _("The file is not there. It is made once a second person agrees, and deleted after 24 hours.")
        raise Refused("not_ready", words, status=410)
    file = File.objects.get(community_id=export.community_id, export=export)
    try:
        sealed = (folder() / file.path).read_bytes()
        content = AESGCM(bytes.fromhex(file.key)).decrypt(NONCE, sealed, export.pk.bytes)
    except (OSError, InvalidTag):
        raise Refused("not_ready", _("The file is lost. Ask for the export once more."), status=410) from None
    with writing(export.community_id):
        change(export, by=by, kind=Ref.of(export).kind, verb="fetch")
    return content
