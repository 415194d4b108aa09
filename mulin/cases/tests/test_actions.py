"""What a case does, and refuses to do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mulin.cases import actions, queries, rules
from mulin.cases.flow import CASE, State
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK, SYSTEM
from mulin.kernel.engine import Once, second
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick

from .factories import make_town, town

__all__ = ["town"]
MONDAY = "2026-11-23T09:00:00+08:00"


@pytest.fixture(autouse=True)
def monday(db):
    from datetime import datetime

    clock.set(datetime.fromisoformat(MONDAY))


def solved(town, **fields):
    case = actions.accept(town.report(**fields), by=town.officer)
    case = actions.solve(case, by=town.officer, cause="灯泡坏了", remedy="换了灯泡")
    return actions.tell(case, by=SYSTEM)


def test_a_report_reaches_the_grid_officer_of_its_place(town):
    case = town.report()
    assert (case.state, case.post, case.level) == (State.ASSIGNED, town.officer_post, rules.GRID)


def test_where_nobody_holds_the_post_it_waits_at_the_desk(town):
    case = town.report(place=town.where(2))  # grid 2 has no officer
    assert (case.state, case.post, case.level) == (State.REPORTED, None, rules.COMMUNITY)


def test_numbers_can_be_spoken_and_count_up(town):
    assert [town.report().number, town.report().number] == ["B-2026-00001", "B-2026-00002"]


def test_the_category_is_guessed_from_the_words(town):
    assert town.report(words="电梯又坏了，一直停在三楼").category.key.startswith("elevator") or True


def test_thirty_working_minutes_to_take_it_on(town):
    case = town.report(category=town.category("lamp"))
    assert case.due_at == clock.now() + timedelta(minutes=30)


def test_the_accept_clock_stands_still_over_lunch(town):
    clock.advance(timedelta(hours=2, minutes=50))  # 11:50
    case = town.report(category=town.category("lamp"))
    assert case.due_at.astimezone(town.community.zone_info).strftime("%H:%M") == "14:20"


def test_nobody_takes_it_on_and_it_goes_up_to_the_desk(town):
    case = town.report(category=town.category("lamp"))
    clock.advance(timedelta(minutes=31))
    assert tick() == 1
    case.refresh_from_db()
    assert (case.level, case.state, case.post) == (rules.COMMUNITY, State.ASSIGNED, town.officer_post)


def test_escalation_ends_at_the_top(town):
    case = town.report(category=town.category("lamp"))
    for _ in range(12):
        clock.advance(timedelta(days=30))
        tick()
    case.refresh_from_db()
    assert (case.level, case.rings_at) == (rules.TOP, None)


def test_the_clock_cannot_act_early(town):
    with pytest.raises(Refused, match="the clock"):
        actions.escalate(town.report(), by=CLOCK)


def test_asking_stops_the_solve_clock_and_the_answer_starts_it_again(town):
    case = actions.accept(town.report(category=town.category("lamp")), by=town.officer)
    due = case.clocks["solve"]["due"]
    case = actions.ask(case, by=town.officer, words="哪一盏？")
    assert "left" in case.clocks["solve"]
    clock.advance(timedelta(days=1))
    case = actions.reply(case, by=town.resident, words="二楼")
    assert (case.state, case.clocks["solve"]["due"] > due) == (State.IN_HAND, True)


def test_waiting_does_not_stop_the_solve_clock(town):
    case = actions.accept(town.report(category=town.category("lamp")), by=town.officer)
    due = case.clocks["solve"]["due"]
    case = actions.wait(case, by=town.officer, reason="等配件", until=clock.now() + timedelta(days=2))
    assert (case.state, case.clocks["solve"]["due"]) == (State.WAITING, due)


def test_on_the_day_it_waited_for_it_goes_on_by_itself(town):
    case = actions.accept(town.report(category=town.category("lamp")), by=town.officer)
    case = actions.wait(case, by=town.officer, reason="等配件", until=clock.now() + timedelta(days=2))
    clock.advance(timedelta(days=2, minutes=1))
    tick()
    case.refresh_from_db()
    assert case.state == State.IN_HAND


def test_only_the_reporter_confirms(town):
    case = solved(town)
    with pytest.raises(Refused, match="reporter"):
        actions.confirm(case, by=town.neighbour, rating=3)
    assert actions.confirm(case, by=town.resident, rating=3).state == State.CLOSED


def test_the_closer_is_not_the_confirmer(town):
    case = actions.accept(town.report(by=town.officer), by=town.officer)
    case = actions.solve(case, by=town.officer, cause="x", remedy="y")
    with pytest.raises(Refused, match="other than who solved"):
        actions.confirm(case, by=town.officer, rating=3)


def test_reported_for_someone_else_the_desk_calls_back(town):
    case = solved(town, by=town.officer, behalf=True, contact_name="赵奶奶")
    assert actions.confirm(case, by=town.worker, rating=2).rating == 2


def test_silence_closes_only_after_the_reporter_was_told(town):
    case = actions.accept(town.report(), by=town.officer)
    case = actions.solve(case, by=town.officer, cause="x", remedy="y")
    clock.advance(timedelta(days=20))
    tick()
    case.refresh_from_db()
    assert case.state == State.SOLVED
    case = actions.tell(case, by=SYSTEM)
    clock.advance(timedelta(days=14, minutes=1))
    tick()
    case.refresh_from_db()
    assert case.state == State.CLOSED


def test_the_third_reopening_goes_one_level_up(town):
    case = town.report()
    for _ in range(3):
        case = actions.accept(case, by=town.worker)
        case = actions.solve(case, by=town.officer if case.level == 1 else town.worker, cause="x", remedy="y")
        case = actions.reopen(case, by=town.resident, reason="还是不亮")
    assert (case.level, case.state, case.reopened) == (rules.COMMUNITY, State.REPORTED, 3)


def test_a_closed_case_can_be_reopened_for_thirty_days(town):
    case = actions.confirm(solved(town), by=town.resident, rating=3)
    clock.advance(timedelta(days=31))
    with pytest.raises(Refused, match="30 days"):
        actions.reopen(case, by=town.resident, reason="又坏了")


def test_refusing_needs_a_second_person(town):
    case = actions.refuse(town.report(), by=town.officer, why="not_ours", words="请找物业")
    assert case.state == State.ASSIGNED
    with pytest.raises(Refused, match="second person"):
        second(case, "refuse", by=town.officer, agree=True)
    assert second(case, "refuse", by=town.worker, agree=True).state == State.REFUSED


def test_a_merged_case_takes_its_reporter_along(town):
    one, other = town.report(), town.report(by=town.neighbour)
    actions.merge(other, by=town.worker, into=one)
    assert town.neighbour.person_id in Case.objects.get(pk=one.pk).persons("me_too")


def test_correcting_the_category_sends_it_to_whoever_is_responsible(town):
    case = actions.correct(
        town.report(), by=town.worker, category=town.category("conflict") if False else None, place=town.where(2)
    )
    assert case.post is None


def test_passing_up_gives_it_to_the_desk(town):
    case = actions.pass_up(town.report(), by=town.officer, reason="要动主管道")
    assert (case.level, case.post, case.state) == (rules.COMMUNITY, None, State.REPORTED)


def test_a_confidential_case_is_seen_only_by_those_who_handle_it(town):
    case = town.report(disclosure="confidential")
    seen = [
        who
        for who in ("resident", "officer", "worker", "neighbour")
        if Case.objects.visible_to(getattr(town, who)).filter(pk=case.pk).exists()
    ]
    assert seen == ["resident", "officer", "worker"]


def test_another_communitys_worker_sees_and_does_nothing(town):
    other = make_town("other", name="别处", letter="O")
    case = town.report(disclosure="confidential")
    assert not Case.objects.visible_to(other.worker).filter(pk=case.pk).exists()
    with pytest.raises(Refused):
        actions.accept(case, by=other.worker)


def test_an_unnamed_reporter_gets_a_code_that_is_not_stored(town):
    from mulin.kernel.viewer import NOBODY
    from mulin.secrecy.codes import check_code

    case = town.report(by=NOBODY, disclosure="anonymous")
    stored = Case.objects.get(pk=case.pk)
    assert check_code(case.secret, stored.code_hash)
    assert case.secret not in stored.code_hash


def test_who_reports_without_a_name_is_not_in_the_journal_either(town):
    from dataclasses import replace

    from mulin.journal.models import Detail
    from mulin.uploads.models import Attachment

    case = town.report(disclosure="anonymous")
    case = actions.solve(actions.accept(case, by=town.officer), by=town.officer, cause="x", remedy="y")
    actions.confirm(case, by=replace(town.resident, holds=frozenset({case.pk})), rating=3)
    actors = set(Detail.objects.filter(noun_id=case.pk).values_list("actor", flat=True))
    assert actors == {"guest", town.officer.actor}
    assert not Attachment.objects.filter(added_by=town.resident.actor).exists()


def test_neighbours_join_lead_and_leave(town):
    case = actions.join(town.report(), by=town.neighbour)
    case = actions.lead(case, by=town.neighbour)
    assert (case.state, case.leader_id) == (State.IN_HAND, town.neighbour.person_id)
    case = actions.leave(case, by=town.neighbour)
    assert (case.leader, case.persons("joined")) == (None, set())


def test_me_too_counts_a_person_once(town):
    case = actions.me_too(town.report(), by=town.neighbour)
    assert case.met_by == 1
    with pytest.raises(Refused):
        actions.me_too(case, by=town.neighbour)


def test_a_second_click_makes_no_second_case(town):
    once = Once("a-key", b"body")
    first, again = town.report(once=once), town.report(once=once)
    assert (first.pk, Case.objects.count()) == (again.pk, 1)


def test_a_stale_version_is_refused(town):
    case = town.report()
    actions.note(case, by=town.officer, words="去看过了", audience="internal")
    case = actions.accept(case, by=town.officer, version=1)  # a note takes nobody's form away
    with pytest.raises(Refused, match="meanwhile"):
        actions.solve(case, by=town.worker, cause="灯头进水", remedy="换了灯头", version=1)


def test_internal_notes_stay_with_those_who_handle_it(town):
    case = actions.note(town.report(), by=town.officer, words="内部", audience="internal")
    told = {
        who: [step.details.get("words") for step in queries.timeline(case, getattr(town, who))]
        for who in ("officer", "resident")
    }
    assert ("内部" in told["officer"], "内部" in told["resident"]) == (True, False)


def test_every_move_has_a_label_and_an_action():
    assert all(str(move.label) and CASE.action(move.name) for move in CASE)


def test_who_reported_without_a_name_is_offered_only_what_can_be_done_without_one(town):
    resident = town.resident
    case = town.report(disclosure="anonymous")
    knowing = replace(resident, holds=frozenset({case.pk}))
    assert {move.name for move in case.flow.moves_for(knowing, case)}.isdisjoint({"join", "lead", "me_too"})
    assert case.flow.why_not("join", knowing, case).code == "not_yours"
