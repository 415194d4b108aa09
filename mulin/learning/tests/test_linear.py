"""The classifier is exact, keeps to itself what few said, and says why."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mulin.learning.figures import linear
from mulin.learning.figures.signs import plain, signs

LAMP = ["路灯不亮", "门口的灯坏了", "楼道灯一闪一闪", "灯泡不亮", "路灯又不亮"]
WATER = ["下水道堵了", "管道漏水", "一楼返水", "下水道往外冒水", "水管漏水"]
TEXTS, LABELS = LAMP + WATER, ["lamp"] * 5 + ["water"] * 5


def read(texts):
    return [signs(plain(text)) for text in texts]


def said(model, text):
    logits, known = model.logits(signs(plain(text)))
    best = int(np.argmax(logits))
    return model.answers[best], model.reasons(known, best)


def test_it_learns_and_says_by_which_words():
    model = linear.learn(read(TEXTS), LABELS)
    assert said(model, "三楼的灯不亮")[0] == "lamp"
    answer, words = said(model, "厨房漏水")
    assert answer == "water"
    assert words
    assert all(word in "厨房漏水" for word in words)


def test_the_same_texts_give_the_same_model():
    one, other = (linear.rounded(linear.learn(read(TEXTS), LABELS)) for _time in range(2))
    assert one == other


def test_what_fewer_than_three_people_say_is_not_kept():
    by_two = linear.learn(read(TEXTS), LABELS, voices=["a", "b"] * 5)
    assert by_two.vocabulary == {}
    by_all = linear.learn(read(TEXTS), LABELS)
    assert {"~灯", "~水", "~不亮"} <= by_all.vocabulary.keys()
    assert not {"~闪", "~返水", "~门口", "门口"} & by_all.vocabulary.keys()


def test_without_a_known_word_nothing_speaks():
    model = linear.learn(read(TEXTS), LABELS)
    assert model.logits(signs(plain("电梯")))[1] == []


def test_a_head_start_speaks_where_nothing_was_learnt():
    starts = np.array([[0.0, 0.0, 4.0]] * 10, np.float32)
    model = linear.learn(read(TEXTS), LABELS, starts=starts, answers=["lamp", "water", "lift"])
    # What always came with a head start and was never right is pushed down by the rest.
    assert model.bias[2] < min(model.bias[:2])


def test_rounding_changes_no_answer():
    model = linear.learn(read(TEXTS), LABELS)
    body, scale = linear.rounded(model)
    again = linear.Model(model.answers, model.vocabulary, model.rarity, linear.unrounded(body, scale, 2), model.bias)
    assert [said(again, text)[0] for text in TEXTS] == [said(model, text)[0] for text in TEXTS] == LABELS


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from("abc")), min_size=2, max_size=20))
def test_any_texts_can_be_learnt(rows):
    texts, labels = zip(*rows, strict=True)
    model = linear.learn(read(texts), labels)
    for text in texts:
        assert np.isfinite(model.logits(signs(plain(text)))[0]).all()
