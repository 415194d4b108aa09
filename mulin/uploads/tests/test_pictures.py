"""Whatever somebody sends: a safe picture comes out, or a sentence."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from mulin.kernel.refusals import Refused
from mulin.uploads import pictures
from mulin.uploads.forms import PhotosField
from mulin.uploads.pictures import Picture, reencode


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def file(kind="JPEG", size=(60, 40), mode="RGB", color="red", name="photo.jpg", **options):
    """Make a photo as an uploaded file."""
    out = BytesIO()
    Image.new(mode, size, color).save(out, format=kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def opened(content):
    return Image.open(BytesIO(content))


def gps():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg_with_a_thumbnail(kind):
    picture = reencode(file(kind, (3000, 1500)))
    assert (picture.width, picture.height) == (2000, 1000)
    assert (opened(picture.content).format, opened(picture.content).size) == ("JPEG", (2000, 1000))
    assert opened(picture.thumb).size == (480, 240)
    assert len(picture.sha256) == 64


def test_a_small_photo_is_not_blown_up():
    assert reencode(file(size=(60, 40))).width == 60


def test_a_photo_is_turned_upright_and_tells_nothing_more():
    sent = file(size=(60, 40), exif=gps(), comment=b"my home", icc_profile=b"0" * 200)
    assert b"A phone" in sent.read()
    picture = reencode(sent)
    assert (picture.width, picture.height) == (40, 60)
    for content in (picture.content, picture.thumb):
        photo = opened(content)
        assert not photo.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(photo.info)
        assert b"A phone" not in content
        assert b"my home" not in content


def test_what_was_see_through_is_white():
    picture = reencode(file("PNG", mode="RGBA", color=(0, 0, 0, 0)))
    assert opened(picture.content).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_pixel_is_understood(mode):
    assert reencode(file("PNG", mode=mode, color=0)).width == 60


def test_a_jpeg_for_print_is_understood():
    assert reencode(file(mode="CMYK", color=0)).width == 60


def test_the_name_of_a_file_does_not_count():
    assert reencode(file("PNG", name="evil.svg")).width == 60


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", b"x" * 100)
    return out.getvalue()


def a_gif():
    out = BytesIO()
    Image.new("P", (5, 5)).save(out, format="GIF")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"x", a_zip(), a_gif(), b"<svg onload=alert(1)>", b"%PDF-1.7", file().read()[:300], file("PNG").read()[:60]],
    ids=["empty", "x", "zip", "gif", "svg", "pdf", "half a jpeg", "half a png"],
)
def test_what_is_no_photo_is_refused_in_plain_words(content):
    with pytest.raises(Refused, match=r"^This file is not a photo .* Your words are kept\."):
        reencode(SimpleUploadedFile("photo.jpg", content))


@hypothesis_settings(deadline=None)
@given(st.data())
def test_a_damaged_photo_is_a_picture_or_refused(data):
    content = bytearray(file(data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))).read())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        assert isinstance(reencode(BytesIO(bytes(content))), Picture)


def test_too_many_bytes_are_refused_in_plain_words():
    sentence = r"^The photo is too big and was not sent\. Your words are kept\. Try a smaller one\.$"
    with pytest.raises(Refused, match=sentence):
        reencode(BytesIO(b"x" * (pictures.MOST_BYTES + 1)))


@pytest.mark.parametrize("side", [8_000, 12_000, 20_000])
def test_too_many_pixels_are_refused_before_they_fill_the_memory(side):
    with pytest.raises(Refused) as refused:
        reencode(file("PNG", (side, side), mode="1", color=0))
    assert (refused.value.code, refused.value.status) == ("photo_too_big", 413)


class Report(forms.Form):
    words = forms.CharField()
    photos = PhotosField()


def form(*files, form_class=Report):
    return form_class({"words": "The lamp is out"}, MultiValueDict({"photos": list(files)}))


def test_a_form_gives_pictures():
    filled = form(file(), file("PNG"))
    assert filled.is_valid()
    assert [type(picture) for picture in filled.cleaned_data["photos"]] == [Picture, Picture]


def test_photos_may_be_left_out():
    filled = form()
    assert filled.is_valid()
    assert filled.cleaned_data["photos"] == []


def test_a_photo_may_be_asked_for():
    class Solve(forms.Form):
        photos = PhotosField(required=True)

    assert form(form_class=Solve).errors == {"photos": ["Please add a photo."]}


def test_seven_photos_are_too_many():
    assert form(*[file() for _ in range(7)]).errors == {"photos": ["Please choose at most 6 photos."]}


def test_a_form_says_what_is_wrong_with_a_photo():
    (words,) = form(file(), SimpleUploadedFile("a.jpg", a_zip())).errors["photos"]
    assert words.startswith("This file is not a photo")
    (words,) = form(SimpleUploadedFile("empty.jpg", b"")).errors["photos"]
    assert words.startswith("This file is not a photo")


def test_the_input_takes_several():
    drawn = str(Report(renderer=DjangoTemplates())["photos"])
    assert 'type="file"' in drawn
    assert " multiple" in drawn
