"""What happened becomes facts, facts become sums; and sums are the same as counting everything anew."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.worker import read_on, tick
from mulin.rates import actions, queries
from mulin.rates.figures import PART_OF, Counts, Rate, period, total
from mulin.rates.models import Exclusion, Fact, Mark, Tally

pytestmark = pytest.mark.django_db
STEPS = ["report", "accept", "solve", "confirm", "reopen", "withdraw", "count", "wait"]


def counted(town):
    actions.count_all()
    first, last = period("", "", clock.now().date())
    return total(queries.counts(town.community, first, last, "month").values())


def solved(town, case=None, rating=3):
    case = cases.accept(case or town.report(), by=town.officer)
    case = cases.solve(case, by=town.officer, cause="A bulb", remedy="A new bulb")
    return cases.confirm(case, by=town.resident, rating=rating)


def office_hours():
    clock.set(clock.now().replace(hour=2, minute=0))  # ten in the morning in Shanghai


def test_what_was_only_just_reported_is_due_to_nobody_yet(town):
    office_hours()
    town.report()
    assert counted(town) == Counts(reported=1)


def test_who_is_taken_on_in_time_was_answered(town):
    office_hours()
    cases.accept(town.report(), by=town.officer)
    assert counted(town) == Counts(reported=1, due=1, answered=1)


def test_who_is_taken_on_late_was_not_answered(town):
    office_hours()
    case = town.report()
    clock.set(clock.now() + timedelta(days=4))
    cases.accept(Case.objects.get(pk=case.pk), by=town.officer)
    assert counted(town) == Counts(reported=1, due=1)


def test_a_promise_that_passes_while_nothing_happens_is_due(town):
    office_hours()
    town.report()
    counted(town)
    clock.set(clock.now() + timedelta(days=4))  # the clock's own move has not come yet
    assert counted(town).due == 1


def test_what_the_reporter_confirms_is_fixed_and_content(town):
    office_hours()
    solved(town)
    expected = Counts(reported=1, due=1, answered=1, ended=1, on_time=1, judged=1, fixed=1, content=1, pleased=1)
    assert counted(town) == expected


@pytest.mark.parametrize(("rating", "content", "pleased"), [(1, 0, 0), (2, 1, 0), (3, 1, 1)])
def test_moods_count_as_they_were_given(town, rating, content, pleased):
    solved(town, rating=rating)
    found = counted(town)
    assert (found.content, found.pleased) == (content, pleased)


def test_what_is_opened_again_was_judged_and_is_not_fixed(town):
    case = cases.accept(town.report(), by=town.officer)
    case = cases.solve(case, by=town.officer, cause="A bulb", remedy="A new bulb")
    cases.reopen(case, by=town.resident, reason="Dark again")
    found = counted(town)
    assert (found.judged, found.fixed, found.ended) == (1, 0, 0)


def test_silence_is_no_answer(town):
    case = cases.accept(town.report(), by=town.officer)
    cases.solve(case, by=town.officer, cause="A bulb", remedy="A new bulb")
    while read_on():
        pass
    clock.set(clock.now() + timedelta(days=15))
    tick()
    found = counted(town)
    assert (found.ended, found.judged) == (1, 0)


@pytest.mark.parametrize("leave", ["withdraw", "merge"])
def test_what_was_taken_back_or_joined_to_another_is_not_counted(town, leave):
    first, second = town.report(), town.report(words="灯坏了。")
    counted(town)
    if leave == "withdraw":
        cases.withdraw(second, by=town.resident)
    else:
        cases.merge(second, by=town.worker, into=first)
    assert counted(town).reported == 1


def test_a_case_that_a_clock_handed_up_was_not_on_time(town):
    office_hours()
    case = town.report()
    clock.set(clock.now() + timedelta(days=3))
    tick()
    solved(town, Case.objects.get(pk=case.pk))
    found = counted(town)
    assert (found.ended, found.on_time) == (1, 0)


def test_counting_twice_changes_nothing(town):
    solved(town)
    assert counted(town) == counted(town)
    assert Mark.objects.get().seq > 0


def test_what_is_left_out_counts_as_nothing_else(town):
    case = solved(town)
    made = actions.ask(by=town.worker, community=town.community, case=case, ground="law", reason="No law allows it.")
    actions.agree(made, by=town.worker_two)
    assert counted(town) == Counts(left_out=1)
    actions.count_again(Exclusion.objects.get(), by=town.worker)
    assert counted(town).reported == 1


def test_a_case_stays_in_the_month_in_which_it_was_reported(town):
    case = town.report()
    month = clock.now().date().replace(day=1)
    clock.set(clock.now() + timedelta(days=40))
    solved(town, Case.objects.get(pk=case.pk))
    counted(town)
    assert set(Tally.objects.values_list("month", flat=True)) == {month}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=25))
def test_counting_along_is_the_same_as_counting_anew(town, steps):
    def newest(*states):
        return Case.objects.filter(state__in=states).order_by("-created_at").first()

    for step in steps:
        if step == "report":
            town.report()
        elif step == "accept" and (case := newest("reported", "assigned")):
            cases.accept(case, by=town.worker)
        elif step == "solve" and (case := newest("in_hand")):
            cases.solve(case, by=town.worker, cause="A bulb", remedy="A new bulb")
        elif step == "confirm" and (case := newest("solved")):
            cases.confirm(case, by=town.resident, rating=2)
        elif step == "reopen" and (case := newest("solved", "closed")):
            cases.reopen(case, by=town.resident, reason="Dark again")
        elif step == "withdraw" and (case := newest("reported", "assigned", "in_hand")):
            cases.withdraw(case, by=town.resident)
        elif step == "count":
            actions.count_all()
        elif step == "wait":
            clock.set(clock.now() + timedelta(hours=7))
    along = counted(town)
    for model in (Mark, Fact, Tally):
        model.objects.all().delete()
    assert counted(town) == along


def test_each_fact_is_a_part_of_what_it_can_be_counted_out_of(town):
    for rating in (1, 2, 3):
        solved(town, rating=rating)
    cases.reopen(solved(town), by=town.resident, reason="Dark again")
    town.report()
    counted(town)
    rows = [{"reported": True, **row} for row in Fact.objects.values()]
    for part, wholes in PART_OF.items():
        assert all(row[whole] for row in rows for whole in wholes if row[part]), part


@pytest.mark.parametrize(
    ("part", "whole", "exact", "percent"),
    [
        (1, 2, True, 50),
        (1, 2, False, None),
        (2, 3, True, 67),
        (1, 8, False, 13),
        (0, 0, True, None),
        (7, 7, True, 100),
    ],
)
def test_a_share_is_rounded_half_up_and_small_ones_are_kept(part, whole, exact, percent):
    assert Rate(part, whole).percent(exact=exact) == percent
