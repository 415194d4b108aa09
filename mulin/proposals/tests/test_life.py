"""From a few words to everybody's judgement; and all the ways on which a proposal ends earlier."""

from datetime import timedelta

import pytest

from mulin.bodies.models import Use
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.notices import actions as posting
from mulin.notices.models import Notice
from mulin.votes import actions as voting
from mulin.votes.models import Vote

from .. import actions, queries
from ..figures import digest, shipped
from ..models import Proposal, Revision, Step, Supporter
from .walks import EVERYTHING, HANDS, again, settle, to_day


def test_a_proposal_is_lived_through_by_hands_to_its_judgement(plain, town):
    proposal = plain.under_way()
    done = plain.to_end(proposal)
    assert (done.state, done.cost_fen) == ("judged", 1_800_000)
    assert set(Step.objects.filter(proposal=done).values_list("state", flat=True)) == {"met"}


def test_a_council_with_a_mandate_decides_and_it_counts_against_the_mandate(stage):
    mandate = stage.mandate()
    done = stage.to_end(stage.under_way(EVERYTHING))
    assert done.state == "judged"
    vote = Step.objects.get(proposal=done, kind="vote")
    assert not vote.to_all
    assert vote.vote.outcome == "adopted"
    assert Use.objects.get(mandate=mandate).amount_fen == done.sum_fen


def test_what_a_council_rejects_is_not_adopted_and_nothing_more_opens(stage):
    stage.mandate()
    proposal = stage.under_way(EVERYTHING)
    done = stage.to_end(proposal, yes=False)
    assert done.state == "rejected"
    assert Step.objects.get(proposal=done, kind="carry_out").state == "waiting"


def test_beyond_the_mandate_all_residents_vote_and_the_step_says_so(stage):
    stage.mandate(most=100)
    step = stage.reach("vote")
    assert step.to_all
    assert "all residents" in step.why
    assert queries.ruleset(step).electorate == "residents"
    assert step.who == "Everyone here"


def test_the_template_is_copied_and_hashed_when_it_is_sent(plain, town):
    proposal = plain.sent("hands_in_a_grid")
    plan = shipped()["hands_in_a_grid"]
    assert proposal.template_hash == digest(plan.key, plan.steps)
    actions.copy_template(by=town.worker, community=town.community, key="hands_in_a_grid")
    own = queries.own_templates(town.community)["hands_in_a_grid"]
    actions.remove_step(own, by=town.worker, at=0)
    assert len(again(proposal).steps) == len(plan.steps)


def test_guests_and_strangers_propose_nothing(town):
    guest = Viewer(person_id=town.resident.person_id, community_id=town.community.pk, is_guest=True)
    for by in (guest, NOBODY):
        with pytest.raises(Refused) as refused:
            actions.pitch(by=by, community=town.community, title="x", wrong="y")
        assert refused.value.code == "not_yours"


def test_one_step_is_open_at_a_time_and_the_database_holds_it(plain):
    proposal = plain.under_way()
    assert Step.objects.filter(proposal=proposal, state="open").count() == 1
    assert [step.state for step in queries.steps_of(proposal)] == ["open", "waiting", "waiting", "waiting"]


def test_supporting_is_once_and_one_may_leave(plain, town):
    proposal = plain.sent()
    actions.support(proposal, by=town.neighbour)
    with pytest.raises(Refused):
        actions.support(again(proposal), by=town.neighbour)
    assert again(proposal).supporters == 1
    actions.leave(again(proposal), by=town.neighbour)
    assert again(proposal).supporters == 0
    with pytest.raises(Refused, match="did not bring it"):
        actions.support(again(proposal), by=town.resident)


def test_what_cannot_be_done_goes_back_and_may_go_on_once_with_supporters(plain, town):
    actions.set_numbers(by=town.worker, community=town.community, supporters=2)
    proposal = plain.sent()
    actions.review(proposal, by=town.worker, verdict="not_feasible", words="There is no room.")
    assert again(proposal).state == "returned"
    actions.support(again(proposal), by=town.neighbour)
    with pytest.raises(Refused, match="supporters"):
        actions.go_on(again(proposal), by=town.resident)
    actions.support(again(proposal), by=town.officer)
    actions.go_on(again(proposal), by=town.resident, reason="Many want it.")
    settle()
    assert again(proposal).state == "under_way"
    assert plain.step(proposal).kind == "consult"


def test_nobody_reviews_their_own_proposal(plain, town):
    proposal = plain.sent(by=town.worker)
    with pytest.raises(Refused, match="did not bring it"):
        actions.review(proposal, by=town.worker, verdict="feasible", words="Mine.")
    actions.review(proposal, by=town.worker_two, verdict="feasible", words="Fine.")


def test_merging_keeps_both_and_takes_the_supporters_over_who_may_leave(plain, town):
    one, other = plain.sent(title="A shed"), plain.sent(by=town.neighbour, title="A roof")
    actions.support(one, by=town.officer)
    actions.support(again(other), by=town.officer)
    actions.merge(again(one), by=town.worker, other=again(other), reason="The same place.")
    one, other = again(one), again(other)
    assert (one.state, one.merged_into_id, one.supporters) == ("merged", other.pk, 1)
    assert other.supporters == 2  # the officer once, and who brought the other
    assert Supporter.objects.filter(proposal=other, person=town.resident.person_id, merged=True).exists()
    actions.leave(other, by=town.resident)
    assert again(other).supporters == 1


def test_plan_and_budget_change_while_it_is_discussed_and_the_old_ones_stay(plain, town):
    proposal = plain.under_way()
    actions.revise(proposal, by=town.resident, plan="Twelve places.", budget=[], reason="Too dear.")
    assert again(proposal).plan == "Twelve places."
    assert Revision.objects.get(proposal=proposal).plan == "A roof for twenty."
    plain.pass_(plain.step(proposal))
    with pytest.raises(Refused, match="still discussed"):
        actions.revise(again(proposal), by=town.resident, plan="Two.", reason="x")


def test_a_withdrawn_notice_has_to_be_published_again(stage, town):
    step = stage.reach("publish")
    first = step.notice
    posting.withdraw(Notice.objects.for_list().get(pk=first.pk), by=SYSTEM, reason="A wrong sum.")
    settle()
    step = again(step)
    assert (step.state, step.notice_id) == ("open", None)
    actions.post(step, by=town.worker)
    assert again(step).notice_id not in (None, first.pk)
    stage.pass_(again(step))
    assert again(step).state == "met"


def test_a_void_vote_is_held_again(stage, town):
    stage.mandate()
    step = stage.reach("vote")
    actions.call_vote(step, by=town.worker)
    voting.call_off(Vote.objects.for_list().get(pk=again(step).vote_id), by=town.worker, reason="A wrong day.")
    settle()
    assert (again(step).state, again(step).vote_id) == ("open", None)
    stage.pass_(again(step))
    assert again(step).state == "met"


def test_without_its_budget_nothing_is_published(stage, town):
    way = [dict(step) for step in EVERYTHING]
    way[2] = {**way[2], "evidence": ["budget"]}
    proposal = stage.under_way(way, budget=False)
    for _ in range(2):
        stage.pass_(stage.step(proposal))
    step = stage.step(proposal)
    assert step.kind == "publish"
    assert step.notice_id is None
    with pytest.raises(Refused, match="budget"):
        actions.post(step, by=town.worker)
    actions.revise(again(proposal), by=town.resident, plan="x", budget=[{"what": "Wood", "fen": 5}], reason="Now known")
    actions.post(again(step), by=town.worker)


def test_a_show_of_hands_needs_two_and_more_than_half_of_those_present(plain, town):
    step = plain.reach("vote", HANDS)
    told = {"where": "Gate", "held_on": "2026-11-20", "present": 10, "yes": 5, "no": 2, "abstain": 3}
    actions.count_hands(step, by=town.officer, **told)
    assert again(step).state == "open"
    second(again(step), "count_hands", by=town.worker, agree=True)
    settle()
    assert again(step).state == "failed"
    assert again(step.proposal).state == "rejected"


def test_marks_are_hidden_until_the_days_are_over_and_small_counts_stay_hidden(plain, town):
    step = plain.reach("judge", HANDS)
    for by, mark in ((town.resident, 3), (town.neighbour, 1)):
        actions.rate(again(step), by=by, mark=mark)
    actions.rate(again(step), by=town.neighbour, mark=2)
    assert queries.judged(again(step)) == []
    assert again(step).result == {}
    plain.pass_(again(step))
    assert again(step).result == {"marks": {"3": 1, "2": 1, "1": 0}}
    assert {row["count"] for row in queries.judged(again(step))} == {"<5"}
    with pytest.raises(Refused):
        actions.rate(again(step), by=town.officer, mark=3)


def test_withdrawing_stops_the_open_step_and_is_not_possible_under_a_vote(stage, town):
    stage.mandate()
    step = stage.reach("vote")
    actions.call_vote(step, by=town.worker)
    with pytest.raises(Refused, match="no vote"):
        actions.withdraw(again(step.proposal), by=town.resident)
    other = stage.under_way(HANDS, title="Another")
    actions.withdraw(other, by=town.resident, reason="Done otherwise.")
    assert again(other).state == "withdrawn"
    assert not Step.objects.filter(proposal=other, state="open").exists()


def test_drafts_and_returned_ones_lapse_by_themselves(plain, town):
    draft = plain.draft()
    to_day(town, plain.today + timedelta(days=181))
    assert again(draft).state == "withdrawn"


def test_similar_proposals_are_found_before_one_is_sent(plain, town):
    plain.sent(title="北门建电动车充电棚", wrong="电动车在楼道里充电，怕起火。", by=town.neighbour)
    plain.sent(title="给老人开一个食堂", wrong="独居老人吃饭不方便。", by=town.neighbour)
    found = queries.alike(town.resident, town.community, "想在北门给电动车建一个充电的棚子")
    assert [row.title for row in found] == ["北门建电动车充电棚"]


def test_a_draft_is_its_proposers_alone(plain, town):
    draft = plain.draft()
    cast = (town.resident, town.neighbour, town.worker, NOBODY)
    assert [by for by in cast if Proposal.objects.visible_to(by).exists()] == [town.resident]
    assert draft.submitted_at is None
