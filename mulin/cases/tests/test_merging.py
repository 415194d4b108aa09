"""Two reports about the same matter become one."""

import pytest

from mulin.cases import actions, queries
from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.kernel.refusals import Refused

from .factories import town

__all__ = ["town"]


def stored(case):
    return Case.objects.get(pk=case.pk)


def test_who_reported_or_met_it_is_counted_in_the_other_case_once(town):
    one, other = town.report(), town.report(by=town.neighbour)
    for each in (one, other):
        actions.me_too(each, by=town.person(f"Li {each.number}", each.number.lower()))
    both = town.person("Sun", "sun")
    actions.me_too(one, by=both)
    actions.join(other, by=both)
    merged = actions.merge(other, by=town.worker, into=one)
    assert (merged.state, merged.merged_into) == (State.MERGED, one)
    assert stored(one).met_by == len(stored(one).persons("me_too")) == 4
    assert queries.timeline(stored(one), town.worker)[0].verb == "gather"
    assert "gather" not in {step.verb for step in queries.timeline(stored(one), town.person("Gu", "gu"))}


def test_two_merges_that_cross_do_not_both_pass(town):
    one, other = town.report(), town.report(by=town.neighbour)
    seen = stored(one)
    actions.merge(one, by=town.worker, into=other)
    with pytest.raises(Refused, match="It stands at: Merged"):
        actions.merge(other, by=town.worker_two, into=seen)
    assert stored(other).state == State.ASSIGNED


def test_who_is_asked_for_an_answer_is_asked_no_more(town):
    one, other = town.report(), actions.accept(town.report(by=town.neighbour), by=town.officer)
    actions.ask(other, by=town.officer, words="哪一层？")
    assert actions.merge(other, by=town.worker, into=one).waits_for == ""
