"""What is learnt from a text holds no numbers and no names; whatever is written can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.learning.figures.signs import MOST_TEXT, masked, plain, signs

NAMES = {"王桂兰", "李明", "mary smith"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("王桂兰家的灯不亮", "王桂兰"),
        ("请找李明，灯不亮", "李明"),
        ("the lamp of Mary Smith is out", "smith"),
        ("Mr. Brown has no light", "brown"),
        ("找张师傅来修灯", "张"),
        ("打 13900001234，灯不亮", "1390"),
        ("写信 wang@example.cn，灯不亮", "example"),
        ("住 ３栋１２０１室，灯不亮", "1201"),
    ],
)
def test_names_numbers_and_addresses_are_not_learnt(text, gone):
    said = plain(text, NAMES)
    assert gone not in said
    assert not any(gone in sign for sign in signs(said))


def test_what_is_wrong_is_learnt():
    assert {"~灯", "~不亮"} <= set(signs(plain("王桂兰家的灯不亮", NAMES)))


@given(st.text(max_size=300))
def test_no_digit_is_ever_learnt(text):
    assert not any(letter in "0123456789" for sign in signs(plain(text, NAMES)) for letter in sign)


@given(st.text(max_size=200), st.sampled_from(["王桂兰", "李明"]), st.text(max_size=50))
def test_a_name_is_left_out_wherever_it_stands(before, name, after):
    assert name not in plain(before + name + after, NAMES)


def test_a_very_long_text_is_read_as_far_as_it_says_something():
    assert len(plain("灯不亮😀" * 25_000)) <= MOST_TEXT
    assert signs(plain("x" * 100_000))


@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00", "\ud800", "12345", "!?…", "\u202e灯"])
def test_what_says_nothing_gives_no_error(text):
    assert isinstance(signs(plain(text)), dict)


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("和王桂兰说好了，换了灯头", "和…说好了，换了灯头"),
        ("打13900001234联系", "打…联系"),
        ("1201室换了密封圈", "…换了密封圈"),
        ("told Mary Smith to wait", "told … to wait"),
        ("请张师傅换了水泵的空开", "…师傅换了水泵的空开"),
        ("重新铺了六块砖", "重新铺了六块砖"),
    ],
)
def test_an_answer_that_others_take_over_names_nobody(answer, shown):
    assert masked(answer, NAMES) == shown
