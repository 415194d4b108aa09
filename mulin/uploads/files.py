"""The face of this kit for other modules: `keep` for actions, `photos_of` and `serve` for faces."""

from __future__ import annotations

from typing import Literal

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from mulin.kernel.models import TenantModel

from .actions import keep
from .models import Attachment

__all__ = ["keep", "photos_of", "serve"]


def photos_of(noun: TenantModel) -> list[Attachment]:
    """List the photos of something that the caller has checked to be visible, the oldest first; one statement."""
    return list(Attachment.objects.of(noun))


def serve(attachment: Attachment, size: Literal["full", "thumb"] = "full") -> FileResponse:
    """Answer with a photo. The page that calls this has checked that the viewer may see its owner."""
    return answer(attachment.thumb_path if size == "thumb" else attachment.path, f"{attachment.pk}.jpg")


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
