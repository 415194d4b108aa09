"""Units are called, signed for, report in by a time, refuse, lapse, finish, and both sides are appraised."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.callups import actions
from mulin.callups.models import CallUp, Turnout
from mulin.callups.tests.walks import call, done, later, organisation, turnout_of
from mulin.cases import actions as cases
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.kernel.worker import drain
from mulin.people import actions as people
from mulin.territory.tests.factories import entrances


def again(row):
    return type(row).objects.for_list().get(pk=row.pk)


def test_the_desk_calls_and_each_unit_has_its_own_clock(town, units):
    callup = call(town, units, report_hours=2)
    states = {(row.organisation.name, row.state, row.due_at) for row in Turnout.objects.for_list()}
    due = clock.now() + timedelta(hours=2)
    assert states == {("Firm", "called", due), ("Water works", "called", due)}
    assert (callup.state, callup.number) == ("called", "B-2026-C001")


def test_the_time_to_report_in_counts_working_hours_and_every_hour_where_it_is_urgent(town, units):
    clock.advance(timedelta(hours=8))  # 17:00
    slow = turnout_of(call(town, units, report_hours=4), units.firm)
    fast = turnout_of(call(town, units, report_hours=4, urgency="urgent"), units.firm)
    assert fast.due_at - clock.now() == timedelta(hours=4)
    assert slow.due_at - clock.now() > timedelta(hours=12)


def test_what_an_officer_or_the_reporter_proposes_is_signed_by_the_desk(town, units):
    case = town.report()
    for by in (town.officer, town.resident):
        callup = call(town, units, by=by, subject=case, organisations=[units.school], lead=None)
        assert (callup.state, turnout_of(callup, units.school).state) == ("proposed", "planned")
        signed = actions.sign_off(callup, by=town.worker)
        assert (signed.state, turnout_of(callup, units.school).state) == ("called", "called")
        actions.call_off(signed, by=town.worker, reason="Once is enough")


def test_a_neighbour_without_a_part_in_it_calls_nobody(town, units):
    with pytest.raises(Refused):
        call(town, units, by=town.neighbour, subject=town.report())
    with pytest.raises(Refused):
        call(town, units, by=town.resident)
    with pytest.raises(Refused):
        call(town, units, by=NOBODY)


def test_where_the_community_wants_it_another_of_the_desk_signs(town, units):
    actions.set_custom(town.community, by=town.worker, asks_second=True, report_hours=1, done_days=2)
    callup = call(town, units)
    assert (callup.state, callup.report_hours, callup.done_days) == ("proposed", 1, 2)
    with pytest.raises(Refused, match="somebody else"):
        actions.sign_off(callup, by=town.worker)
    assert units.liaison not in Turnout.objects.visible_to(units.liaison)
    assert not CallUp.objects.visible_to(units.liaison).exists()
    assert actions.sign_off(callup, by=town.worker_two).state == "called"
    assert CallUp.objects.visible_to(units.liaison).get() == callup


def test_what_nobody_signs_ends_by_itself(town, units):
    callup = call(town, units, by=town.officer)
    later(days=5)
    assert again(callup).state == "called_off"
    assert set(again(callup).states) == {"called_off"}


def test_a_unit_reports_in_once_and_in_time(town, units):
    turnout = turnout_of(call(town, units), units.firm)
    first = actions.report_in(turnout, by=units.liaison, people=4, came="Hu and three more")
    assert (first.state, first.people, first.came_in_time, first.is_on_spot) == ("reported_in", 4, True, False)
    with pytest.raises(Refused) as refused:
        actions.report_in(turnout, by=units.liaison)
    assert refused.value.code == "wrong_state"
    assert Detail.objects.filter(noun_id=turnout.pk, verb="report_in").count() == 1


def test_a_second_tap_with_the_same_key_is_harmless(town, units):
    turnout, once = turnout_of(call(town, units), units.firm), Once("k", b"tap")
    taps = [actions.report_in(turnout, by=units.liaison, once=once) for _each in range(2)]
    assert [tap.version for tap in taps] == [2, 2]


def test_the_code_at_the_place_shows_who_is_on_the_spot(town, units):
    here, there = entrances(town.community)[0], entrances(town.community)[2]
    turnout = turnout_of(call(town, units, place=here), units.firm)
    with pytest.raises(Refused, match="another place"):
        actions.report_in(turnout, by=units.liaison, code=there.code)
    with pytest.raises(Refused, match="not one of ours"):
        actions.report_in(turnout, by=units.liaison, code="NOPE")
    assert actions.report_in(turnout, by=units.liaison, code=here.code.lower()).is_on_spot


def test_only_who_speaks_for_a_unit_or_directs_reports_it_in(town, units):
    callup = call(town, units)
    turnout = turnout_of(callup, units.works)
    for by in (units.liaison, town.resident, town.officer, town.neighbour):
        with pytest.raises(Refused):
            actions.report_in(turnout, by=by)
    assert not actions.report_in(turnout, by=units.contact).is_by_phone
    assert actions.report_in(turnout_of(callup, units.firm), by=town.worker).is_by_phone


def test_a_liaison_whose_term_ended_speaks_for_nobody(town, units):
    turnout = turnout_of(call(town, units), units.firm)
    with pytest.raises(Refused):
        actions.report_in(turnout, by=Viewer(person_id=units.liaison.person_id, community_id=town.community.pk))


def test_silence_lapses_is_seen_by_all_called_and_who_comes_late_stays_late(town, units):
    callup = call(town, units)
    actions.report_in(turnout_of(callup, units.works), by=units.contact)
    later(days=2)
    late = turnout_of(callup, units.firm)
    assert (late.state, late.came_in_time, late.is_late) == ("lapsed", False, True)
    assert CallUp.objects.visible_to(units.contact).filter(turnouts__state="lapsed").exists()
    came = actions.report_in(late, by=units.liaison)
    assert (came.state, came.came_in_time) == ("reported_in", False)


def test_who_called_insists_once_or_lets_a_refusal_go(town, units):
    callup = call(town, units)
    first = actions.refuse(turnout_of(callup, units.firm), by=units.liaison, reason="No pump")
    first = actions.insist(first, by=town.worker, words="The works bring one")
    assert first.state == "called"
    with pytest.raises(Refused, match="insists"):
        actions.refuse(first, by=units.liaison, reason="Still none")
    other = actions.refuse(turnout_of(callup, units.works), by=units.contact, reason="Not our pipe")
    assert actions.excuse(other, by=town.worker).state == "excused"


def test_a_refusal_that_nobody_answers_is_let_go(town, units):
    turnout = actions.refuse(turnout_of(call(town, units), units.firm), by=units.liaison, reason="No pump")
    later(days=7)
    assert again(turnout).state == "excused"


def test_what_is_not_done_in_time_is_late_and_goes_on(town, units):
    turnout = actions.report_in(turnout_of(call(town, units, done_days=1), units.firm), by=units.liaison)
    later(days=4)
    turnout = again(turnout)
    assert (turnout.state, turnout.is_late) == ("reported_in", True)
    assert actions.finish(turnout, by=units.liaison, outcome="Done").done_in_time is False


def test_both_sides_are_appraised_and_the_reporter_says_so_too(town, units):
    callup = call(town, units, subject=town.report())
    turnout = done(callup, units.firm, units.liaison)
    turnout = actions.send_back(turnout, by=town.worker, reason="The road is open")
    turnout = actions.finish(turnout, by=units.liaison, outcome="Road closed")
    with pytest.raises(Refused):
        actions.appraise(turnout, by=units.liaison, rating=3)
    turnout = actions.appraise(turnout, by=town.worker, rating=3, words="Quick")
    turnout = actions.rate(turnout, by=town.resident, rating=2)
    turnout = actions.judge(turnout, by=units.liaison, was_right=True, was_clear=False, was_needed=True)
    assert (turnout.state, turnout.rating, turnout.resident_rating) == ("appraised", 3, 2)
    assert (turnout.was_right, turnout.was_clear, turnout.was_needed) == (True, False, True)
    for refused in (lambda: actions.rate(turnout, by=town.resident, rating=1),
                    lambda: actions.rate(turnout, by=town.neighbour, rating=1)):  # fmt: skip
        with pytest.raises(Refused):
            refused()


def test_an_unnamed_reporter_appraises_without_a_name(town, units):
    case = town.report(by=NOBODY, disclosure="anonymous")
    turnout = done(call(town, units, subject=case), units.firm, units.liaison)
    holder = Viewer(community_id=town.community.pk, holds=frozenset([case.pk]))
    assert Turnout.objects.visible_to(holder).filter(pk=turnout.pk).exists()
    actions.rate(turnout, by=holder, rating=3)
    assert Detail.objects.get(noun_id=turnout.pk, verb="rate").actor == "guest"


def test_what_nobody_appraises_counts_as_done_without_a_rating(town, units):
    turnout = done(call(town, units), units.firm, units.liaison)
    later(days=10)
    assert (again(turnout).state, again(turnout).rating) == ("appraised", None)


def test_a_call_up_ends_with_its_last_part_but_waits_for_who_is_late(town, units):
    callup = call(town, units)
    actions.appraise(done(callup, units.firm, units.liaison), by=town.worker, rating=3)
    drain()
    assert again(callup).state == "called"
    with pytest.raises(Refused):
        actions.close(callup, by=town.worker)
    other = actions.refuse(turnout_of(callup, units.works), by=units.contact, reason="Not ours")
    actions.excuse(other, by=town.worker)
    drain()
    assert again(callup).state == "finished"


def test_who_never_came_does_not_keep_it_open(town, units):
    callup = call(town, units)
    later(days=2)
    assert again(callup).state == "called"
    closed = actions.close(callup, by=town.worker)
    assert (closed.state, set(closed.states)) == ("finished", {"lapsed"})
    with pytest.raises(Refused, match="runs"):
        actions.report_in(turnout_of(callup, units.firm), by=units.liaison)


def test_calling_it_off_ends_every_part(town, units):
    callup = actions.call_off(call(town, units), by=town.worker, reason="The pipe was ours")
    assert set(callup.states) == {"called_off"}


def test_further_units_are_called_and_none_twice(town, units):
    case = town.report()
    callup = actions.add(call(town, units, subject=case), by=town.worker, organisations=[units.school])
    assert turnout_of(callup, units.school).state == "called"
    with pytest.raises(Refused, match="Already called"):
        actions.add(callup, by=town.worker, organisations=[units.firm])
    with pytest.raises(Refused, match="Already called"):
        call(town, units, subject=case)


def test_the_database_keeps_one_turnout_of_a_unit(town, units):
    callup = call(town, units)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.plan(by=SYSTEM, callup=callup, organisation=units.firm)


def test_a_suspended_unit_and_a_unit_of_another_community_are_not_called(town, units):
    from mulin.cases.tests.factories import make_town

    resting = people.suspend(units.school, by=town.worker, reason="Papers")
    with pytest.raises(Refused, match="cannot be called"):
        call(town, units, organisations=[resting])
    with pytest.raises(Refused):
        call(town, units, organisations=[organisation(make_town("other"), "Elsewhere")])


def test_a_unit_that_ended_is_called_no_more(town, units):
    from mulin.kernel.engine import second

    callup = call(town, units, organisations=[units.school], lead=None)
    people.dissolve(units.school, by=town.worker, reason="Closed")
    second(units.school, "dissolve", by=town.worker_two, agree=True)
    drain()
    assert turnout_of(callup, units.school).state == "called_off"


def test_a_closed_matter_calls_nobody(town, units):
    case = cases.withdraw(town.report(), by=town.resident)
    with pytest.raises(Refused, match="closed"):
        call(town, units, subject=case)
