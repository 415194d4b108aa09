"""Making the file of an export: outside of any lock, in the worker, with progress; on what its asker may see now."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import translation

from mulin import tables
from mulin.kernel.clock import SYSTEM
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import reload
from mulin.people import actions as people
from mulin.people.models import Person

from .. import rules
from ..figures import AT_ONCE, MOST_ROWS
from ..flow import State
from ..models import Export, File
from ..queries import chosen, layout, whole_rows
from .exports import NONCE, fail, finish, folder

log = logging.getLogger(__name__)


def make_waiting() -> int:
    """Make the oldest export that was agreed to; the worker asks at each turn."""
    export = Export.objects.filter(state=State.MAKING).select_related("community").order_by("created_at").first()
    if export is None:
        return 0
    try:
        make(export)
    except Exception:
        log.exception("The export %s could not be made", export.pk)
        fail(export, by=SYSTEM, why="error")
    return 1


def make(export: Export) -> Export:
    """Make the file of an export and seal it; what its asker may not see any more is not in it."""
    viewer = reload(export.asked_by, export.community_id)
    if not rules.is_desk(viewer, export):
        return fail(export, by=SYSTEM, why="post")
    seen: set[Any] = set()
    with translation.override(export.language or None):
        rows = _rows(export, viewer, seen)
        columns = layout(whole=True)
        content = (tables.write_csv if export.form == "csv" else tables.write_xlsx)(columns, rows)
    # Whoever is in it can read who took it and why, before anyone can open it.
    for person in Person.objects.filter(community=export.community_id, pk__in=seen - {None}):
        people.note_access(person, by=viewer, what="export", reason=export.reason)
    key, name = AESGCM.generate_key(256), uuid7().hex
    path = folder() / name
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(AESGCM(key).encrypt(NONCE, content, export.pk.bytes))
    try:
        return finish(export, by=SYSTEM, rows=export.rows or 0, path=name, key=key.hex())
    except Refused:  # another worker was quicker: its file is the one
        path.unlink()
        return export


def _rows(export: Export, viewer: Any, seen: set[Any]) -> Iterator[dict[str, Any]]:
    found, count = chosen(viewer, export.community, export.choice), 0
    whole = whole_rows(found, viewer, export.community, mark=export.mark, contacts=export.contacts)
    for count, (case, row) in enumerate(whole, 1):
        if count > MOST_ROWS:
            raise Refused("too_many", "")
        seen.add(case.reporter_id)
        yield row
        if count % AT_ONCE == 0:
            File.objects.filter(community_id=export.community_id, export=export).update(done=count)
    export.rows = count
