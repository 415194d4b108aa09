"""Photos are kept with what they belong to, shown safely, and leave nothing behind."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings as installed
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import Http404
from PIL import Image

from mulin.kernel.ids import uuid7
from mulin.kernel.refs import Ref
from mulin.kernel.worker import do_chores
from mulin.uploads import actions
from mulin.uploads.files import keep, serve
from mulin.uploads.models import Attachment
from mulin.uploads.pictures import reencode
from mulin.uploads.waiting import set_aside

BY = SimpleNamespace(actor="person:1")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def community(db):
    model = apps.get_model(installed.COMMUNITY_MODEL)
    return model.objects.create(slug="brook", name="Brook", letter="B", created_at=datetime.now(UTC))


@pytest.fixture
def picture():
    out = BytesIO()
    Image.new("RGB", (800, 600), "red").save(out, format="JPEG")
    return reencode(out)


def ref(community):
    return Ref(community.pk, "cases.case", uuid7())


def files(media):
    return sorted(path for path in Path(media).rglob("*") if path.is_file())


def grow_old(media):
    long_ago = (datetime.now(UTC) - timedelta(hours=3)).timestamp()
    for path in files(media):
        os.utime(path, (long_ago, long_ago))


def test_photos_are_kept_with_their_owner(community, picture, media):
    owner = ref(community)
    rows = keep([picture, picture], owner, "report", BY)
    assert [row.ref for row in Attachment.objects.order_by("id")] == [owner, owner]
    assert (rows[0].stage, rows[0].width, rows[0].bytes) == ("report", 800, len(picture.content))
    assert len(files(media)) == 4


def test_an_owner_finds_its_photos(community, picture):
    owner = ref(community)
    keep([picture], owner, "report", BY)
    keep([picture], ref(community), "report", BY)
    noun = SimpleNamespace(pk=owner.id, community_id=community.pk)
    assert Attachment.objects.of(noun).count() == 1


@pytest.mark.parametrize("size", ["full", "thumb"])
def test_a_photo_is_served_as_a_photo_and_kept_by_no_cache(community, picture, size):
    (row,) = keep([picture], ref(community), "report", BY)
    with closing(serve([row], row.pk, size)) as response:
        content = b"".join(response.streaming_content)
    assert content == (picture.content if size == "full" else picture.thumb)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'inline; filename="{row.pk}.jpg"'


def test_a_lost_file_is_not_found(community, picture, media):
    (row,) = keep([picture], ref(community), "report", BY)
    for path in files(media):
        path.unlink()
    with pytest.raises(Http404):
        serve([row], row.pk)


def test_a_failed_insert_leaves_no_file(community, picture, media, monkeypatch):
    def fail(rows):
        raise IntegrityError

    monkeypatch.setattr(Attachment.objects, "bulk_create", fail)
    with pytest.raises(IntegrityError):
        keep([picture], ref(community), "report", BY)
    assert files(media) == []


def test_what_a_rolled_back_transaction_wrote_is_swept_up(community, picture, media, capsys):
    keep([picture], ref(community), "report", BY)
    with transaction.atomic():
        keep([picture], ref(community), "report", BY)
        transaction.set_rollback(True)
    assert len(files(media)) == 4
    call_command("sweep_uploads")
    assert len(files(media)) == 4, "Young files may belong to a transaction that is still open."
    grow_old(media)
    call_command("sweep_uploads")
    assert len(files(media)) == 2
    assert "2 files were swept up." in capsys.readouterr().out
    (row,) = Attachment.objects.all()
    with closing(serve([row], row.pk)) as response:
        assert response.status_code == 200


def test_the_worker_sweeps_once_an_hour(community, picture, media, monkeypatch):
    hour = iter((10.0, 20.0, 3700.0, 3700.0))
    monkeypatch.setattr(actions, "monotonic", lambda: next(hour))
    monkeypatch.setattr(actions, "_swept", None)
    for left in (0, 2, 0):
        set_aside([picture], community.pk)
        grow_old(media)
        do_chores()
        assert len(files(media)) == left
