"""The face of this kit for other modules: `keep` for actions, `photos_of` and `serve` for faces."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from mulin.kernel.models import TenantModel

from .actions import keep
from .models import Attachment

__all__ = ["keep", "photos_of", "serve"]


def photos_of(noun: TenantModel) -> list[Attachment]:
    """List the photos of something that the caller has checked to be visible, the oldest first; one statement."""
    return list(Attachment.objects.of(noun))


def serve(photos: Iterable[Attachment], key: UUID, size: str = "") -> FileResponse:
    """Answer with one of these photos, `thumb` or whole. Who calls this has checked that the viewer may see them."""
    found = next((each for each in photos if each.pk == key), None)
    if found is None:
        raise Http404
    return answer(found.thumb_path if size == "thumb" else found.path, f"{found.pk}.jpg")


def answer(path: str, name: str) -> FileResponse:
    """Answer with a picture that nobody else may keep or show."""
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg", filename=name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
