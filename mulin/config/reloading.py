"""Loading an unpacked backup into an empty database, and proving by the logs that it is the same again."""

from __future__ import annotations

import os
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from mulin.journal import signing
from mulin.journal.verify import verify
from mulin.kernel.refusals import Refused

from .archive import KEYS, MEDIA, TABLES, Manifest, columns, migrations, table_of, tables

ROWS_AT_ONCE = 2000
SEEDED = {"journal_head": "size = 0"}  # what a fresh database has already: the installation's own empty log


def make_ready(manifest: Manifest) -> None:
    """Prepare an empty database for this backup. Raises Refused where anything is there, or does not fit."""
    if manifest.migrations != migrations():
        words = _("This backup was made by Mulin %(version)s. Restore it with that version, then run mulin migrate.")
        raise _unfit(words % {"version": manifest.version})
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in map(table_of, tables()):
            if table in there:
                but = f"WHERE NOT ({SEEDED[table]})" if table in SEEDED else ""
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} {but} LIMIT 1")
                if cursor.fetchone():
                    words = _("The database is not empty (%(table)s). Restore into an empty one. Nothing was restored.")
                    raise _unfit(words % {"table": table})
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(path.is_file() for path in media.rglob("*")):
        words = _("The folder for uploads is not empty: %(folder)s. Nothing was restored.")
        raise _unfit(words % {"folder": media})
    call_command("migrate", verbosity=0, interactive=False)


def check_keys(manifest: Manifest) -> None:
    """Make sure that this installation can read what it is given. Raises Refused."""
    lacking = set(manifest.key_ids) - set(settings.MULIN_KEYS)
    if signing.public_key().hex() != manifest.public_key or lacking:
        if manifest.with_keys:
            raise _unfit(_("The keys here are not those of the backup: add --with-keys. Nothing was restored."))
        words = _(
            "The keys here are not those of the backup: put the keys file that was kept apart into its place, "
            "then restore. Nothing was restored."
        )
        raise _unfit(words)


def take_keys(folder: Path) -> bytes:
    """Work with the keys that a backup brought; they are put into their place at the end."""
    try:
        keys = (folder / KEYS).read_bytes()
    except FileNotFoundError:
        raise _unfit(_("This backup brings no keys. Restore it without --with-keys.")) from None
    read = msgspec.json.decode(keys)
    settings.SECRET_KEY, settings.MULIN_LOG_KEY = read["secret"], b64decode(read["log"])
    settings.MULIN_KEYS = {name: b64decode(key) for name, key in read["fields"].items()}
    signing._key.cache_clear()
    return keys


def place_keys(keys: bytes) -> Path:
    """Put the keys file into its place; what was there is kept beside it."""
    path = Path(os.environ.get("MULIN_KEYS_FILE", settings.DATA / KEYS))
    if path.exists():
        os.replace(path, path.with_name(f"{path.name}.before"))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(keys)
    return path


def load(folder: Path, manifest: Manifest, tell: Callable[[str, int], Any]) -> None:
    """Load everything in one transaction; it counts only if every log stands as it stood. Raises Refused."""
    media, unpacked = Path(settings.MEDIA_ROOT), folder / MEDIA
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table, seed in SEEDED.items():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)} WHERE {seed}")
        for model in tables():
            part = manifest.parts[f"{TABLES}/{table_of(model)}.jsonl"]
            try:
                loaded = _load_table(model, folder / TABLES / f"{table_of(model)}.jsonl")
            except (DatabaseError, ValueError) as error:
                words = _("The table %(table)s does not fit: %(why)s. Nothing was restored.")
                raise _unfit(words % {"table": table_of(model), "why": error}) from None
            if loaded != part.rows:
                words = _("%(table)s has %(seen)s rows instead of %(said)s. Nothing was restored.")
                raise _unfit(words % {"table": table_of(model), "seen": loaded, "said": part.rows})
            tell(table_of(model), loaded)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(statement)
        _check_logs(manifest)
        if unpacked.is_dir():
            if media.is_dir():
                media.rename(media.with_name(f"{media.name}.{os.getpid()}"))  # empty folders only, see make_ready
            os.replace(unpacked, media)
    tell(MEDIA, sum(1 for name in manifest.parts if name.startswith(f"{MEDIA}/")))


def _check_logs(manifest: Manifest) -> None:
    for log in manifest.logs:
        report = verify(UUID(log.log))
        if not report.ok:
            words = _("The log %(log)s does not hold: %(why)s Nothing was restored.")
            raise _unfit(words % {"log": log.log, "why": report.problems[0]})
        if (report.size, report.root) != (log.size, log.root):
            words = _("The log %(log)s is not the one that was backed up. Nothing was restored.")
            raise _unfit(words % {"log": log.log})


def _load_table(model: type[models.Model], path: Path) -> int:
    listed = columns(model)
    names = ", ".join(connection.ops.quote_name(name) for name, _field in listed)
    table, count = connection.ops.quote_name(table_of(model)), 0
    if connection.vendor == "postgresql":
        changes = [(at, change) for at, (_name, field) in enumerate(listed) if (change := _for_postgres(field))]
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in _rows(path, changes):
                copy.write_row(row)
                count += 1
        return count
    changes = [(at, change) for at, (_name, field) in enumerate(listed) if (change := _for_sqlite(field))]
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(listed))})"
    with connection.cursor() as cursor:
        batch: list[list[Any]] = []
        for row in _rows(path, changes):
            batch.append(row)
            count += 1
            if len(batch) == ROWS_AT_ONCE:
                cursor.executemany(insert, batch)
                batch.clear()
        if batch:
            cursor.executemany(insert, batch)
    return count


def _rows(path: Path, changes: list[tuple[int, Callable[[Any], Any]]]) -> Iterator[list[Any]]:
    decoder = msgspec.json.Decoder(list[Any])
    with path.open("rb") as file:
        for line in file:
            row = decoder.decode(line)
            for at, change in changes:
                if row[at] is not None:
                    row[at] = change(row[at])
            yield row


def _for_postgres(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.BinaryField):
        return b64decode
    return _moment if isinstance(field, models.DateTimeField) else None


def _for_sqlite(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.BinaryField):
        return b64decode
    if isinstance(field, models.UUIDField):
        return lambda text: text.replace("-", "")
    if isinstance(field, models.DateTimeField):
        return lambda text: str(_moment(text).replace(tzinfo=None))
    return None


def _moment(text: str) -> datetime:
    # SQLite keeps UTC without saying so.
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _unfit(words: str) -> Refused:
    return Refused("restore", words, 422)
