"""A backup: every table as JSON lines as of one moment, the uploads, and a manifest with sums and log roots.

The lines are the same whatever the database, so that a backup of SQLite can be restored into PostgreSQL.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

import mulin
from mulin.journal import signing
from mulin.journal.log import root
from mulin.journal.models import Head
from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused

FORMAT = 1
MANIFEST, KEYS, TABLES, MEDIA = "manifest.json", "keys.json", "tables", "media"
ROWS_AT_ONCE = 5000
KINDS = (".tar.gz", ".tgz", ".zip")
# Everything else would need a word on how it is written: a new kind of column stops the backup's own test.
PLAIN = (
    models.UUIDField, models.DateTimeField, models.DateField, models.BinaryField, models.BooleanField, models.TextField,
    models.CharField, models.IntegerField, models.FloatField, models.JSONField,
)  # fmt: skip


class Part(msgspec.Struct):
    """One file of a backup."""

    sha256: str
    size: int
    rows: int = 0


class Log(msgspec.Struct):
    """Where one log stood."""

    log: str
    size: int
    root: str


class Manifest(msgspec.Struct):
    """What a backup holds, and what must be true after it was restored."""

    format: int
    made_at: str
    version: str
    database: str
    migrations: dict[str, str]
    public_key: str
    key_ids: list[str]
    with_keys: bool
    logs: list[Log]
    parts: dict[str, Part]


def tables() -> list[type[models.Model]]:
    """List every model that has a table."""
    found = apps.get_models(include_auto_created=True)
    return sorted((model for model in found if model._meta.managed and not model._meta.proxy), key=table_of)


def table_of(model: type[models.Model]) -> str:
    """Name a model's table."""
    return model._meta.db_table


def columns(model: type[models.Model]) -> list[tuple[str, models.Field[Any, Any]]]:
    """List a table's columns, each with the field that decides how its values are written."""
    found: list[tuple[str, models.Field[Any, Any]]] = []
    for field in model._meta.concrete_fields:
        value: Any = field
        while value.remote_field:
            value = value.target_field
        if not isinstance(value, PLAIN):
            raise TypeError(f"A backup cannot write {field} yet: add its kind to mulin.config.archive.")
        found.append((str(field.column), value))
    return found


def migrations() -> dict[str, str]:
    """Name the last migration of each app."""
    return dict(MigrationLoader(None).graph.leaf_nodes())


def summary(manifest: Manifest) -> str:
    """Say in one sentence how much a backup holds."""
    held = {
        "rows": sum(part.rows for part in manifest.parts.values()),
        "uploads": sum(1 for name in manifest.parts if name.startswith(f"{MEDIA}/")),
        "logs": len(manifest.logs),
        "lines": sum(log.size for log in manifest.logs),
    }
    words = _("%(rows)s rows, %(uploads)s uploads, %(logs)s logs with %(lines)s lines.")
    return words % {name: f"{count:,}" for name, count in held.items()}


def current_keys() -> bytes:
    """Write this installation's keys as a keys file."""
    fields = {name: b64encode(key).decode() for name, key in settings.MULIN_KEYS.items()}
    log = b64encode(settings.MULIN_LOG_KEY).decode()
    return msgspec.json.encode({"secret": settings.SECRET_KEY, "log": log, "fields": fields})


def back_up(target: Path, *, with_keys: bool, tell: Callable[[str, int], Any]) -> Manifest:
    """Write a backup while others go on writing. Raises Refused."""
    if not target.name.endswith(KINDS):
        raise _unfit(_("Name the backup with one of these endings: %(endings)s.") % {"endings": ", ".join(KINDS)})
    if target.exists():
        raise _unfit(_("There is a file already: %(file)s. Take another name.") % {"file": target})
    if not target.parent.is_dir():
        raise _unfit(_("There is no folder %(folder)s.") % {"folder": target.parent})
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        staged = Path(folder)
        parts, logs = _dump(staged, tell)
        manifest = Manifest(
            FORMAT, now().isoformat(), mulin.__version__, connection.vendor, migrations(), signing.public_key().hex(),
            list(settings.MULIN_KEYS), with_keys, logs, parts,
        )  # fmt: skip
        packed = staged / "packed"
        packed.touch(mode=0o600)
        with packer(packed, is_zip=target.name.endswith(".zip")) as put:
            for name in parts:
                put(staged / name, name)
            _pack_media(put, parts, tell)
            if with_keys:
                (staged / KEYS).write_bytes(current_keys())
                put(staged / KEYS, KEYS)
            (staged / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
            put(staged / MANIFEST, MANIFEST)
        os.replace(packed, target)
    return manifest


def _dump(folder: Path, tell: Callable[[str, int], Any]) -> tuple[dict[str, Part], list[Log]]:
    """Write every table as it stands in one moment."""
    (folder / TABLES).mkdir()
    parts = {}
    with _one_moment():
        logs = [Log(str(head.key), head.size, root(head).hex()) for head in Head.objects.order_by("key")]
        for model in tables():
            name = f"{TABLES}/{table_of(model)}.jsonl"
            rows = _dump_table(model, folder / name)
            parts[name] = Part(sum_of(folder / name), (folder / name).stat().st_size, rows)
            tell(table_of(model), rows)
    return parts, logs


@contextmanager
def _one_moment() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not Django's transaction, which waits its turn as a writer: a reader of SQLite (WAL) holds nobody up.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _dump_table(model: type[models.Model], path: Path) -> int:
    quote = connection.ops.quote_name
    listed = ", ".join(quote(column) for column, _field in columns(model))
    encoder, count = msgspec.json.Encoder(), 0
    with path.open("wb") as file, connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {listed} FROM {quote(table_of(model))}")
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            file.write(encoder.encode_lines(rows))
            count += len(rows)
    return count


def _pack_media(put: Callable[[Path, str], Any], parts: dict[str, Part], tell: Callable[[str, int], Any]) -> None:
    base, count = Path(settings.MEDIA_ROOT), 0
    for path in sorted(base.rglob("*")) if base.is_dir() else []:
        name = f"{MEDIA}/{path.relative_to(base).as_posix()}"
        try:
            if path.is_file():
                part = Part(sum_of(path), path.stat().st_size)
                put(path, name)
                parts[name], count = part, count + 1
        except FileNotFoundError:
            continue  # swept or erased meanwhile
    tell(MEDIA, count)


@contextmanager
def packer(path: Path, *, is_zip: bool) -> Iterator[Callable[[Path, str], Any]]:
    """Open an archive for writing; give the function that puts a file into it."""
    if is_zip:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as packed:
            yield packed.write
    else:
        with tarfile.open(path, "w:gz", compresslevel=5) as bundle:
            yield bundle.add


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup and check every part against its sum. Raises Refused if anything is missing or changed."""
    try:
        _extract(source, folder)
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        words = _("This is no backup, or only a part of one: it has no manifest. Nothing was restored.")
        raise _unfit(words) from None
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error, msgspec.MsgspecError):
        raise _unfit(_("The file is damaged, cut off, or no backup. Nothing was restored.")) from None
    if manifest.format != FORMAT:
        words = _("This backup has format %(format)s; this version reads %(ours)s.")
        raise _unfit(words % {"format": manifest.format, "ours": FORMAT})
    for name, part in manifest.parts.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != part.size or sum_of(path) != part.sha256:
            raise _unfit(_("This part is missing or was changed: %(part)s. Nothing was restored.") % {"part": name})
    return manifest


def _extract(source: Path, folder: Path) -> None:
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as packed:
            for name in packed.namelist():
                if _is_safe(name):
                    _copy(packed.open(name), folder / name)
        return
    with tarfile.open(source, "r:gz") as bundle:
        for member in bundle:
            if member.isfile() and _is_safe(member.name):
                _copy(bundle.extractfile(member), folder / member.name)
        while bundle.fileobj.read(1 << 20):
            pass  # to the very end, where gzip keeps its own sum


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in (MANIFEST, KEYS) or (len(parts) > 1 and parts[0] in (TABLES, MEDIA) and ".." not in parts)


def _copy(source: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with source, path.open("wb") as file:
        while block := source.read(1 << 20):
            file.write(block)


def sum_of(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unfit(words: str) -> Refused:
    return Refused("backup", words, 422)
