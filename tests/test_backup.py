"""Backups: taken while others write, restored into either database, and refused when anything is missing or changed."""

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import uuid
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[1]
POSTGRES = os.environ.get("MULIN_TEST_POSTGRES_URL", "")

FOUND = """
from mulin.territory.actions import found
from mulin.cases.actions import load_categories
from mulin.kernel.clock import SYSTEM
community = found("elm", "Elm", "E")
load_categories(community, by=SYSTEM)
"""
WRITE = """
from mulin.journal.log import Entry
from mulin.kernel.clock import now
from mulin.kernel.engine import writing
from mulin.territory.models import Community
community = Community.objects.get(slug="elm")
print("ready", flush=True)
while True:
    with writing(community.pk) as turn:
        turn.note(community.pk, Entry("tests.note", community.pk, "note", "system", now()))
"""
# Long enough for the writer to write between any two tables.
SLOWLY = """
import time
from pathlib import Path
from mulin.config.archive import back_up
from mulin.journal.models import Head
def size():
    return sum(Head.objects.values_list("size", flat=True))
before = size()
back_up(Path({target!r}), with_keys=False, tell=lambda table, rows: time.sleep(0.03))
print(before, size())
"""
DIGEST = """
from hashlib import sha256
from django.db import connection
from mulin.config.archive import columns, table_of, tables
from django.db.models import UUIDField, BinaryField
import json
sums = {}
for model in tables():
    names = [field.attname for field in model._meta.concrete_fields]
    rows = [[bytes(v).hex() if isinstance(v, (bytes, memoryview)) else str(v) for v in row]
            for row in model._base_manager.values_list(*names)]
    sums[table_of(model)] = sha256(json.dumps(sorted(rows)).encode()).hexdigest()
print(json.dumps(sums))
"""


def mulin(data, *args, code="", url="", fails=False):
    """Run a command, or code, in an installation of its own; return what it said."""
    started = _start(data, *args, code=code, url=url)
    out, err = started.communicate(timeout=120)
    assert bool(started.returncode) == fails, err
    return err if fails else out


def _start(data, *args, code="", url=""):
    apart = ("DATABASE_URL", "MULIN_DATA", "MULIN_KEYS_FILE")
    env = {name: value for name, value in os.environ.items() if name not in apart}
    env |= {"MULIN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "mulin.config.settings", "PYTHONPATH": str(ROOT)}
    env |= {"DATABASE_URL": url} if url else {}
    program = ["-c", f"import django; django.setup()\n{code}"] if code else ["-m", "mulin.config.cli", *map(str, args)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, *program], env=env, cwd=ROOT, **pipes)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An installation where nothing is yet."""
    data = tmp_path_factory.mktemp("fresh")
    mulin(data, "migrate", "-v0")
    return data


@pytest.fixture(scope="module")
def made(fresh, tmp_path_factory):
    """A small installation with a log, categories and an upload; made once and never changed."""
    data = tmp_path_factory.mktemp("made")
    shutil.copytree(fresh, data, dirs_exist_ok=True)
    mulin(data, code=FOUND)
    (data / "media/ab").mkdir(parents=True)
    (data / "media/ab/photo.webp").write_bytes(b"a photo")
    mulin(data, "backup", data / "whole.tar.gz")
    mulin(data, "backup", data / "whole.zip", "--with-keys")
    return data


@pytest.fixture
def empty(fresh, tmp_path):
    """An installation with the same keys, where nothing is yet."""
    return Path(shutil.copytree(fresh, tmp_path / "empty"))


@pytest.fixture
def postgres():
    """An empty PostgreSQL database of its own."""
    if not POSTGRES:
        pytest.skip("MULIN_TEST_POSTGRES_URL is not set.")
    name = f"mulin_backup_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{POSTGRES.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def contents(data, url=""):
    return json.loads(mulin(data, code=DIGEST, url=url))


@pytest.mark.parametrize("kind", ["tar.gz", "zip"])
def test_what_comes_back_is_what_was_there(made, empty, kind):
    said = mulin(empty, "restore", made / f"whole.{kind}")
    assert "hold and have the roots of the backup" in said
    assert contents(empty) == contents(made)
    assert (empty / "media/ab/photo.webp").read_bytes() == b"a photo"


def test_a_backup_is_of_one_moment_while_others_write(made, empty, tmp_path):
    busy, target = tmp_path / "busy", tmp_path / "busy.tar.gz"
    shutil.copytree(made, busy)
    writer = _start(busy, code=WRITE)
    try:
        assert writer.stdout.readline() == "ready\n"
        time.sleep(0.2)
        before, after = map(int, mulin(busy, code=SLOWLY.format(target=str(target))).split())
    finally:
        writer.kill()
        writer.communicate()
    assert after > before, "the writer had to wait"
    mulin(empty, "restore", target)
    seen = int(mulin(empty, code="from mulin.journal.models import *; print(sum(h.size for h in Head.objects.all()))"))
    assert before <= seen <= after


def test_a_database_with_anything_in_it_is_left_alone(made):
    before = contents(made)
    assert "not empty" in mulin(made, "restore", made / "whole.tar.gz", fails=True)
    assert contents(made) == before


@pytest.mark.parametrize("share", [0.02, 0.5, 0.999])
def test_half_a_file_restores_nothing(made, empty, tmp_path, share):
    whole = (made / "whole.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: int(len(whole) * share)])
    assert "Nothing was restored" in mulin(empty, "restore", tmp_path / "half.tar.gz", fails=True)
    assert mulin(empty, code="from mulin.journal.models import *; print(Line.objects.count())") == "0\n"


def changed(source, target, change):
    """Copy a backup; `change` gets the parts by name and changes them."""
    with tarfile.open(source) as bundle:
        parts = {member.name: bundle.extractfile(member).read() for member in bundle if member.isfile()}
    change(parts)
    with tarfile.open(target, "w:gz") as bundle:
        for name, data in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            bundle.addfile(member, io.BytesIO(data))


def test_a_changed_part_is_named(made, empty, tmp_path):
    def change(parts):
        parts["tables/cases_category.jsonl"] = parts["tables/cases_category.jsonl"].replace(b"lamp", b"lump")

    changed(made / "whole.tar.gz", tmp_path / "changed.tar.gz", change)
    assert "tables/cases_category.jsonl" in mulin(empty, "restore", tmp_path / "changed.tar.gz", fails=True)


def test_a_rewritten_log_is_found_even_when_its_sums_fit(made, empty, tmp_path):
    def change(parts):
        name, manifest = "tables/journal_line.jsonl", json.loads(parts["manifest.json"])
        parts[name] = parts[name].replace(b"territory.community", b"territory.cummunity")
        manifest["parts"][name]["sha256"] = sha256(parts[name]).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()

    changed(made / "whole.tar.gz", tmp_path / "changed.tar.gz", change)
    assert "does not hold" in mulin(empty, "restore", tmp_path / "changed.tar.gz", fails=True)
    assert mulin(empty, code="from mulin.journal.models import *; print(Line.objects.count())") == "0\n"


def test_other_keys_are_noticed_before_anything_is_loaded(made, tmp_path):
    assert "keys" in mulin(tmp_path, "restore", made / "whole.tar.gz", fails=True)
    assert "--with-keys" in mulin(tmp_path, "restore", made / "whole.zip", fails=True)
    mulin(tmp_path, "restore", made / "whole.zip", "--with-keys")
    assert json.loads((tmp_path / "keys.json").read_text()) == json.loads((made / "keys.json").read_text())
    assert (tmp_path / "keys.json.before").exists()


def test_keys_are_only_in_a_backup_that_was_asked_for_them(made):
    secret = json.loads((made / "keys.json").read_text())["log"].encode()
    assert secret not in gzip.decompress((made / "whole.tar.gz").read_bytes())


@pytest.mark.parametrize("name", ["backup.rar", "nowhere/backup.zip", "whole.zip"])
def test_a_place_that_does_not_fit_is_refused(made, name):
    mulin(made, "backup", made / name, fails=True)
    assert not list(made.glob(".backup-*"))


@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_back(fresh, made, empty, tmp_path, postgres):
    mulin(empty, "restore", made / "whole.tar.gz", url=postgres)
    assert contents(empty, postgres) == contents(made)
    mulin(empty, "backup", tmp_path / "back.tar.gz", url=postgres)
    again = Path(shutil.copytree(fresh, tmp_path / "again"))
    mulin(again, "restore", tmp_path / "back.tar.gz")
    assert contents(again) == contents(made)
