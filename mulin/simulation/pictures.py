"""Pictures for the demo, drawn by the program: a stairwell in the dark, and with the lamp on."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from mulin.uploads.pictures import Picture, prepare

SIZE = (960, 720)
DOORS = ("#8a5a3c", "#5b6f8a", "#7a4f6d", "#4f7a5b")


def before(number: int) -> Picture:
    """Return a picture of something that is not as it should be."""
    return _stairwell(number % len(DOORS), lit=False)


def after(number: int) -> Picture:
    """Return the same place, put right."""
    return _stairwell(number % len(DOORS), lit=True)


@cache
def _stairwell(door: int, *, lit: bool) -> Picture:
    wall, dado, floor = ("#f6e7b8", "#2f8a6b", "#c9bfae") if lit else ("#3d4148", "#20473a", "#2b2d31")
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, 960, 620), fill=dado)
    draw.rectangle((0, 392, 960, 400), fill="#8cc3ac" if lit else "#2f5f4e")
    draw.rectangle((0, 620, 960, 720), fill=floor)
    draw.rectangle((180, 220, 380, 620), fill=DOORS[door] if lit else "#2a2522")
    draw.rectangle((250, 260, 320, 290), fill="#1d6a54")
    for step in range(6):
        draw.rectangle((560 + step * 64, 590 - step * 50, 960, 640 - step * 50), fill="#b9b2a5" if lit else "#25272b")
    draw.line((480, 0, 480, 90), fill="#222222", width=6)
    draw.ellipse((452, 80, 508, 136), fill="#ffd76a" if lit else "#55585e")
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return prepare([SimpleUploadedFile("stairwell.jpg", out.getvalue(), "image/jpeg")])[0]
