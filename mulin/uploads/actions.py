"""What other modules' actions do with photos: keep them, sweep up files that nobody owns.

A file is written before its row. When the transaction ends badly the file stays behind unowned, and `sweep` takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mulin.kernel.clock import now
from mulin.kernel.ids import uuid7
from mulin.kernel.models import TenantModel
from mulin.kernel.refs import Ref

from .models import Attachment
from .pictures import Picture

ROOT = "uploads"
EVERY = 3600.0  # seconds
_swept: float | None = None  # when this worker swept last


def keep(pictures: Sequence[Picture], owner: TenantModel | Ref, stage: str, by: Any) -> list[Attachment]:
    """Keep photos with what they belong to. Called inside an action, with pictures made safe before it."""
    ref, at = owner if isinstance(owner, Ref) else Ref.of(owner), now()
    rows: list[Attachment] = []
    try:
        for picture in pictures:
            row = Attachment(
                id=uuid7(), community_id=ref.community, ref_kind=ref.kind, ref_id=ref.id, stage=stage,
                sha256=picture.sha256, width=picture.width, height=picture.height, bytes=len(picture.content),
                added_by=by.actor, created_at=at,
            )  # fmt: skip
            row.path = f"{ROOT}/{ref.community.hex}/{at:%Y%m}/{row.pk.hex}.jpg"
            rows.append(row)
            _write(row.path, picture.content)
            _write(row.thumb_path, picture.thumb)
        return list(Attachment.objects.bulk_create(rows))
    except Exception:
        _remove(rows)
        raise


def _write(path: str, content: bytes) -> None:
    written = default_storage.save(path, ContentFile(content))
    if written != path:
        # Ids do not repeat: somebody else's file lies where ours should.
        default_storage.delete(written)
        raise FileExistsError(path)


def _remove(rows: Sequence[Attachment]) -> None:
    for row in rows:
        default_storage.delete(row.path)
        default_storage.delete(row.thumb_path)


def sweep(older_than: timedelta = timedelta(hours=1)) -> Iterator[str]:
    """Delete files that no attachment owns and that no open transaction can be writing; yield their paths."""
    # Files carry the world's time, also where the program's clock is simulated.
    before = datetime.now(UTC) - older_than
    for community in _list(ROOT)[0]:
        for month in _list(f"{ROOT}/{community}")[0]:
            folder = f"{ROOT}/{community}/{month}"
            # Files first, rows second: a row that comes in between still counts.
            paths = {f"{folder}/{name}" for name in _list(folder)[1]}
            rows = Attachment.objects.filter(path__startswith=f"{folder}/").only("path", "community")
            owned = {path for row in rows for path in (row.path, row.thumb_path)}
            for path in sorted(paths - owned):
                if default_storage.get_modified_time(path) < before:
                    default_storage.delete(path)
                    yield path


def tidy() -> None:
    """Sweep, at most once an hour: it looks at every file."""
    global _swept
    if _swept is None or monotonic() - _swept >= EVERY:
        _swept = monotonic()
        for _path in sweep():
            pass


def _list(path: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(path)
    except FileNotFoundError:
        return [], []
