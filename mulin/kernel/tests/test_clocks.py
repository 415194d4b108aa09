"""A life with several clocks: what starts, pauses, lengthens, rings and stops them (law 8)."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel import clock
from mulin.kernel.clock import ALWAYS, CLOCK, WorkingHours
from mulin.kernel.clocks import back_off, ringing, wind
from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import anyone, the_clock

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # Monday 12:00 in Shanghai
HOUR = timedelta(hours=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingHours(SHANGHAI, ((time(9), time(12)), (time(13), time(17))), lambda day: day.weekday() < 5)
PLAIN = Move("plain", ("open", "held"), None, anyone, "")
PASSED = Move("passed", ("open", "held"), None, anyone, "")
LONGER = Move("longer", ("open", "held"), None, anyone, "")
UP = Move("up", ("open", "held"), None, the_clock, "")
CLOSE = Move("close", ("open", "held"), "done", anyone, "")


def limit(name="solve", states=("open", "held"), then="up", **more):
    given = {"span": lambda noun: Span(noun.hours * HOUR, working=False), "label": ""}
    return Limit(name=name, states=states, then=then, **{**given, **more})


def noun(*limits, state="open", **fields):
    flow = Flow("none", "noun", None, (PLAIN, PASSED, LONGER, UP, CLOSE), limits)
    given = {"hours": 10, "calendar": ALWAYS, "clocks": {}, "state": state, "due_at": None, "rings_at": None}
    made = SimpleNamespace(flow=flow, **{**given, **fields})
    wind(made, PLAIN, None, NOON)
    return made


def test_a_clock_runs_over_a_set_of_states_and_stops_beyond():
    case = noun(limit())
    case.state = "held"
    wind(case, PLAIN, None, NOON + HOUR)
    assert case.due_at == case.rings_at == NOON + 10 * HOUR
    case.state = "done"
    wind(case, CLOSE, None, NOON + 2 * HOUR)
    assert (case.due_at, case.rings_at, case.clocks) == (None, None, {})


def test_what_is_due_first_is_shown():
    case = noun(limit("solve"), limit("accept", span=lambda noun: Span(HOUR, working=False), states=("open",)))
    assert case.due_at == NOON + HOUR
    case.state = "held"
    wind(case, PLAIN, None, NOON)
    assert case.due_at == NOON + 10 * HOUR


def test_no_span_is_no_limit():
    assert noun(limit(span=lambda noun: None)).clocks == {}


def test_a_paused_clock_keeps_what_is_left():
    case = noun(limit(pauses=lambda noun: noun.state == "held"))
    case.state = "held"
    wind(case, PLAIN, None, NOON + 4 * HOUR)
    assert (case.due_at, case.rings_at) == (None, None)
    wind(case, PLAIN, None, NOON + 50 * HOUR)
    case.state = "open"
    wind(case, PLAIN, None, NOON + 100 * HOUR)
    assert case.due_at == case.rings_at == NOON + 106 * HOUR


def test_a_new_span_keeps_the_time_already_used():
    case = noun(limit(respans=("longer",)))
    case.hours = 20
    wind(case, PLAIN, None, NOON + 4 * HOUR)
    assert case.due_at == NOON + 10 * HOUR
    wind(case, LONGER, None, NOON + 4 * HOUR)
    assert case.due_at == NOON + 20 * HOUR
    case.hours = 1
    wind(case, LONGER, None, NOON + 4 * HOUR)
    assert case.due_at == NOON + HOUR


def test_a_new_span_while_paused_counts_when_it_goes_on():
    case = noun(limit(respans=("longer",), pauses=lambda noun: noun.state == "held"), state="held")
    case.hours = 30
    wind(case, LONGER, None, NOON + 9 * HOUR)
    case.state = "open"
    wind(case, PLAIN, None, NOON + 9 * HOUR)
    assert case.due_at == NOON + 39 * HOUR


def test_a_restart_begins_anew():
    case = noun(limit(restarts=("passed",)))
    wind(case, PASSED, None, NOON + 9 * HOUR)
    assert case.due_at == NOON + 19 * HOUR


def test_a_clock_rings_once_and_stays_overdue():
    case = noun(limit())
    late = NOON + 11 * HOUR
    assert ringing(case, NOON + 9 * HOUR) is None
    assert ringing(case, late).name == "solve"
    wind(case, UP, CLOCK, late)
    assert ringing(case, late + 99 * HOUR) is None
    assert (case.due_at, case.rings_at) == (NOON + 10 * HOUR, None)


def test_a_clock_that_rings_again_waits_another_span():
    case = noun(limit(again=True))
    late = NOON + 11 * HOUR
    wind(case, UP, CLOCK, late)
    assert case.due_at == NOON + 10 * HOUR
    assert case.rings_at == late + 10 * HOUR
    assert ringing(case, late + 10 * HOUR).name == "solve"


def test_a_person_who_makes_the_same_move_does_not_silence_the_clock():
    case = noun(limit())
    wind(case, UP, None, NOON + 11 * HOUR)
    assert ringing(case, NOON + 11 * HOUR).name == "solve"


def test_a_clock_whose_move_cannot_be_made_is_silent_but_seen():
    case = noun(limit(rings=lambda noun: False))
    assert (case.due_at, case.rings_at) == (NOON + 10 * HOUR, None)
    assert ringing(case, NOON + 99 * HOUR) is None


def test_the_earliest_of_two_that_are_up_rings_first():
    case = noun(limit("slow"), limit("quick", span=lambda noun: Span(HOUR, working=False)))
    assert ringing(case, NOON + 99 * HOUR).name == "quick"


def test_a_move_forgets_how_often_the_clock_was_refused():
    case = noun(limit())
    case.clocks["_tries"] = {"n": 3}
    wind(case, PLAIN, None, NOON)
    assert "_tries" not in case.clocks


def test_refused_moves_are_tried_further_and_further_apart():
    waits = [back_off(tries) for tries in range(8)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == timedelta(days=1)


def test_working_hours_leave_out_lunch_nights_and_the_weekend():
    monday = datetime(2026, 3, 2, 11, 30, tzinfo=SHANGHAI)
    assert OFFICE.add(monday, HOUR) == datetime(2026, 3, 2, 13, 30, tzinfo=SHANGHAI)
    friday = datetime(2026, 3, 6, 16, 30, tzinfo=SHANGHAI)
    assert OFFICE.add(friday, HOUR) == datetime(2026, 3, 9, 9, 30, tzinfo=SHANGHAI)
    assert OFFICE.between(friday, datetime(2026, 3, 9, 9, 30, tzinfo=SHANGHAI)) == HOUR


@given(start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), minutes=st.integers(0, 6000))
def test_adding_working_time_and_measuring_it_agree(start, minutes):
    start = start.replace(tzinfo=UTC)
    amount = timedelta(minutes=minutes)
    assert OFFICE.between(start, OFFICE.add(start, amount)) == amount


def test_a_week_without_hours_is_said_and_not_searched_for_ever():
    with pytest.raises(ValueError, match="office hours"):
        WorkingHours(SHANGHAI, (), lambda day: True).add(NOON, HOUR)


def test_the_time_can_be_set_and_moved_on():
    clock.set(NOON)
    clock.advance(HOUR)
    assert clock.now() == NOON + HOUR
    clock.reset()
    assert clock.now() - datetime.now(UTC) < HOUR
