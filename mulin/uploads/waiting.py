"""Photos that wait while their form comes back with an error, so that nobody has to choose them twice.

A waiting photo is a file that no row owns: whoever has its token can show and send it for an hour.
Then `sweep` takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from mulin.kernel.clock import now
from mulin.kernel.ids import uuid7

from .actions import ROOT
from .files import answer
from .models import thumb_of
from .pictures import Picture

SALT, SECONDS = "uploads.waiting", 3600


def set_aside(pictures: Sequence[Picture], community_id: UUID) -> list[str]:
    """Keep photos of an unfinished form for an hour; return a token for each."""
    tokens = []
    for picture in pictures:
        path = default_storage.save(
            f"{ROOT}/{community_id.hex}/{now():%Y%m}/{uuid7().hex}.jpg", ContentFile(picture.content)
        )
        default_storage.save(thumb_of(path), ContentFile(picture.thumb))
        tokens.append(signing.dumps([path, picture.width, picture.height], salt=SALT))
    return tokens


def still_there(tokens: Iterable[str]) -> list[str]:
    """Keep the tokens whose photos still wait."""
    return [token for token in tokens if (found := _read(token)) and default_storage.exists(found[0])]


def taken_up(tokens: Iterable[str]) -> list[Picture]:
    """Read the photos that still wait, to be kept with what they belong to."""
    pictures = []
    for path, width, height in filter(None, map(_read, still_there(tokens))):
        with default_storage.open(path) as photo, default_storage.open(thumb_of(path)) as thumb:
            pictures.append(Picture(photo.read(), thumb.read(), width, height))
    return pictures


def drop(tokens: Iterable[str]) -> None:
    """Take away photos that need not wait any more."""
    for path, _width, _height in filter(None, map(_read, tokens)):
        default_storage.delete(path)
        default_storage.delete(thumb_of(path))


def show(token: str) -> FileResponse:
    """Answer with the small picture of a waiting photo."""
    if not (found := _read(token)):
        raise Http404
    return answer(thumb_of(found[0]), "photo.jpg")


def _read(token: str) -> tuple[str, int, int] | None:
    try:
        path, width, height = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return path, width, height
