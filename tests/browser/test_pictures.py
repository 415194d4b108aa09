"""The pictures in README and the guides: all there, all shown somewhere, small, and the pages they show still open."""

import pytest

from tests.browser.pictures import MOST, OUT, PICTURES, named, take

ALL_TOGETHER = 800_000


def test_each_picture_that_is_named_is_there_and_each_that_is_there_is_named():
    assert named() == {path.resolve() for path in OUT.glob("*")}


def test_each_picture_is_one_that_can_be_taken_anew():
    assert {path.name for path in OUT.glob("*")} == {f"{name}.webp" for name in PICTURES}


def test_pictures_are_small():
    sizes = [path.stat().st_size for path in OUT.glob("*")]
    assert max(sizes) <= MOST
    assert sum(sizes) <= ALL_TOGETHER


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken(chromium, town, name):
    assert len(take(chromium, town, name)) <= MOST
