"""How good suggestions are is measured on what was not learnt from, and beats what is simpler."""

import tomllib
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.cases.actions.setup import PACKS
from mulin.learning.figures import folds, linear
from mulin.learning.figures.hints import head_start
from mulin.learning.figures.signs import plain, signs
from mulin.simulation.matters import MATTERS

LABELS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=60)


@given(LABELS, st.integers(2, 6))
def test_every_label_is_shared_out_evenly_and_always_alike(labels, count):
    fold = folds.folds(labels, count)
    assert fold == folds.folds(labels, count)
    for label in set(labels):
        shared = Counter(each for each, of in zip(fold, labels, strict=True) if of == label)
        assert max(shared.values()) - min(shared.get(each, 0) for each in range(count)) <= 1


def test_macro_f1_counts_each_label_the_same():
    found = folds.score(["a", "a", "a", "b"], ["a", "a", "b", "b"])
    assert [round(each.f1, 3) for each in found.labels] == [0.8, 0.667]
    assert found.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    assert found.accuracy == 0.75


@given(LABELS)
def test_to_guess_right_scores_one_and_nothing_scores_more(labels):
    assert folds.score(labels, labels).macro_f1 == pytest.approx(1)
    assert 0 <= folds.score(labels, labels[::-1]).macro_f1 <= 1


def by_all_that_is_known(texts, labels, tried):
    """Guess as a community does: by what was learnt, with the rule words of the pack as head start."""
    pack = tomllib.loads((PACKS / "grid-management.toml").read_text("utf-8"))["category"]
    hints = {row["key"]: row.get("words", []) for row in pack}
    answers = sorted(set(labels) | set(hints))

    def ahead(text):
        found = head_start(hints, text)[0]
        return np.array([found.get(answer, 0.0) for answer in answers], np.float32)

    starts = np.array([ahead(text) for text in texts])
    model = linear.learn([signs(plain(text)) for text in texts], labels, starts=starts, answers=answers)
    return [answers[int(np.argmax(model.logits(signs(plain(text)))[0] + ahead(text)))] for text in tried]


def test_matters_of_the_demo_that_were_never_heard_are_told_better_than_by_simpler_means():
    # Each matter of the demo is said by three people, and tried by what all other matters teach.
    said = [matter for matter in MATTERS for _times in range(3)]
    texts, labels = [matter.words for matter in said], [matter.category for matter in said]
    fold = [place // 3 for place in range(len(said))]
    scores = {
        way.__name__: folds.score(labels, folds.by_folds(texts, labels, fold, way)).macro_f1
        for way in (by_all_that_is_known, folds.by_most_frequent, folds.by_pieces)
    }
    assert scores["by_all_that_is_known"] > scores["by_pieces"] + 0.1
    assert scores["by_all_that_is_known"] > scores["by_most_frequent"] + 0.1
