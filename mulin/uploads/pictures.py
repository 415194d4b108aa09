"""Photos made safe: decoded, turned upright, made smaller and written anew, so that nothing else comes along.

Slow: call it before the transaction (a form's `clean` does).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from mulin.kernel.refusals import Refused

MOST_BYTES = 12_000_000
# A camera of 50 megapixels passes; what would fill the memory does not.
MOST_PIXELS = 51_000_000
LONGEST = 2000
LONGEST_THUMB = 480
QUALITY = 82

Image.init()
# HEIF is there when an administrator has installed a plugin for it.
FORMATS: list[str] = [name for name in ("JPEG", "PNG", "WEBP", "HEIF") if name in Image.OPEN]


@dataclass(frozen=True)
class Picture:
    """A photo that is safe to keep: two JPEGs without metadata."""

    content: bytes
    thumb: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def too_big() -> Refused:
    """Say that a photo is too big."""
    words = _("The photo is too big and was not sent. Your words are kept. Try a smaller one.")
    return Refused("photo_too_big", words, status=413)


def _not_a_photo() -> Refused:
    words = _("This file is not a photo that can be read here. Your words are kept. Try a JPEG or PNG.")
    return Refused("not_a_photo", words, status=422)


def prepare(files: Iterable[IO[bytes]]) -> list[Picture]:
    """Make several photos safe, or raise Refused."""
    return [reencode(file) for file in files]


def reencode(file: Any) -> Picture:
    """Make one photo safe, or raise Refused. What counts is the content, never the file's name."""
    if (getattr(file, "size", None) or 0) > MOST_BYTES:
        raise too_big()
    file.seek(0)
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise too_big()
    photo = _decode(raw)
    photo.thumbnail((LONGEST, LONGEST))
    thumb = photo.copy()
    thumb.thumbnail((LONGEST_THUMB, LONGEST_THUMB))
    return Picture(_jpeg(photo), _jpeg(thumb), photo.width, photo.height)


def _decode(raw: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise too_big()
            # A JPEG can be decoded at a half or a quarter; the others ignore this.
            opened.draft("RGB", (LONGEST, LONGEST))
            opened.load()
            return _plain(_upright(opened))
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_big() from None
    except Exception as error:  # broken files make decoders raise almost anything
        raise _not_a_photo() from error


def _upright(photo: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(photo)
    except Exception:  # a camera's broken note about the photo is no reason to refuse the photo
        return photo


def _plain(photo: Image.Image) -> Image.Image:
    # A new image holds pixels only: no EXIF, no comment, no place, no colour profile. What was see-through is white.
    if photo.mode in ("RGBA", "LA", "PA") or "transparency" in photo.info:
        photo = photo.convert("RGBA")
        plain = Image.new("RGB", photo.size, "white")
        plain.paste(photo, mask=photo.getchannel("A"))
        return plain
    if photo.mode.startswith("I;16"):
        # Sixteen bits a point would be cut off at white, not scaled.
        photo = photo.convert("I").point(lambda level: level / 256).convert("L")
    plain = Image.new("RGB", photo.size)
    plain.paste(photo.convert("RGB"))
    return plain


def _jpeg(photo: Image.Image) -> bytes:
    out = BytesIO()
    photo.save(out, format="JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
