"""Objections: they hold a notice, are answered, pressed once, answered by somebody else, and settled."""

from datetime import timedelta

import pytest

from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain
from mulin.news.queries import notifications
from mulin.notices import actions
from mulin.notices.tests.walks import (
    again,
    answered,
    for_subject,
    later,
    objected,
    posted,
    pressed,
)  # fmt: skip


def refused(act, *given, **named):
    with pytest.raises(Refused) as refusal:
        act(*given, **named)
    return refusal.value.code


def told(viewer, kind="notices.notice"):
    drain()
    return set(notifications(viewer).filter(kind=kind).values_list("verb", flat=True))


# ---- objections ----


def test_an_open_objection_holds_the_notice_until_it_is_settled(town):
    objection = objected(town)
    notice = again(objection.notice)
    assert (notice.objections, notice.open_objections) == (1, 1)
    assert "be_objected" in told(town.worker)
    assert "lodge" in told(town.worker_two, "notices.objection")
    later(days=9)
    assert (again(notice).state, again(notice).is_settled, again(notice).is_over) == ("posted", False, True)
    answer = answered(town, again(objection))
    assert "answer" in told(town.resident, "notices.objection")
    later(days=1)
    assert again(notice).state == "posted"
    actions.accept(answer, by=town.resident)
    later(seconds=1)
    notice = again(notice)
    assert (notice.state, notice.open_objections, notice.objections) == ("settled", 0, 1)
    assert notice.down_on >= notice.today + timedelta(days=30)


def test_with_two_objections_it_waits_for_both(town):
    first = objected(town)
    second_one = objected(town, first.notice, by=town.neighbour)
    actions.take_back(first, by=town.resident)
    later(days=9)
    assert again(first.notice).state == "posted"
    actions.take_back(again(second_one), by=town.neighbour)
    later(seconds=1)
    assert again(first.notice).state == "settled"


def test_silence_after_an_answer_settles_it(town):
    objection = answered(town)
    later(days=5)
    assert again(objection).state == "answered"
    later(days=1)
    assert again(objection).state == "settled"
    assert again(objection.notice).open_objections == 0


def test_an_objector_presses_once_and_somebody_else_answers(town):
    objection = pressed(town)
    assert objection.state == "pressed"
    given = {"outcome": "rejected", "words": "It stays.", "published": "Two looked at the deed."}
    assert refused(actions.answer_again, objection, by=town.worker, **given) == "not_yours"
    assert "press" in told(town.worker_two, "notices.objection")
    objection = actions.answer_again(objection, by=town.worker_two, **given)
    assert (objection.state, again(objection.notice).open_objections) == ("settled", 0)
    assert refused(actions.press, objection, by=town.resident, words="Still") == "wrong_state"


def test_nobody_answers_their_own_objection(town):
    objection = objected(town, by=town.worker)
    given = {"outcome": "rejected", "words": "x", "published": "x"}
    assert refused(actions.answer, objection, by=town.worker, **given) == "not_yours"
    assert actions.answer(objection, by=town.worker_two, **given).state == "answered"


def test_who_answers_is_reminded_every_day(town):
    objection = objected(town)
    later(days=5)
    assert not again(objection).is_late
    later(days=1)
    assert again(objection).is_late
    later(days=1)
    later(days=1)
    assert Detail.objects.filter(noun_id=objection.pk, verb="remind").count() == 3
    assert "remind" in told(town.worker_two, "notices.objection")


def test_an_upheld_objection_withdraws_the_notice_and_ends_the_others(town):
    objection = objected(town)
    other = objected(town, objection.notice, by=town.neighbour)
    objection = answered(town, objection, outcome="upheld", published="The wall is on their ground.")
    notice = again(objection.notice)
    assert (notice.state, notice.reason, notice.open_objections) == ("withdrawn", "The wall is on their ground.", 0)
    assert (objection.state, again(other).state) == ("answered", "settled")
    assert "close" in told(town.neighbour, "notices.objection")
    assert "close" not in told(town.resident, "notices.objection")
    assert actions.accept(objection, by=town.resident).state == "settled"


def test_one_upheld_in_part_leaves_it_posted(town):
    objection = answered(town, outcome="partly")
    assert again(objection.notice).state == "posted"


def test_objections_end_before_the_notice_where_the_kind_says_so(town):
    notice = for_subject(town, kind="voters", rows=[{"name": "王小明"}], agreed_by=town.worker_two.actor)
    clock.advance(timedelta(days=5))
    assert objected(town, notice).state == "raised"
    clock.advance(timedelta(days=1))
    assert refused(objected, town, notice, by=town.neighbour) == "needed_first"


def test_who_may_object_is_what_the_kind_says(town):
    assert refused(objected, town, posted(town, kind="general")) == "not_yours"
    notice = posted(town)
    later(days=8)
    assert refused(objected, town, notice) == "needed_first"


def test_somebody_has_one_open_objection_to_a_notice(town):
    objection = objected(town)
    assert refused(objected, town, objection.notice) == "already_objected"
    actions.take_back(objection, by=town.resident)
    assert objected(town, objection.notice).state == "raised"


def test_the_desk_writes_down_what_somebody_without_account_says(town):
    objection = objected(town, by=town.worker, given_by="Old Zhou, 12")
    assert (objection.objector_id, objection.who) == (None, "Old Zhou, 12")
    other = objected(town, objection.notice, by=town.resident, given_by="Somebody")
    assert (other.given_by, other.objector_id) == ("", town.resident.person_id)  # residents speak for themselves
    answered(town, objection, by=town.worker_two)
    assert actions.accept(again(objection), by=town.worker).state == "settled"
