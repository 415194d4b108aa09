"""What nobody may do to get their way, and ways on which a proposal must not get stuck."""

import pytest

from mulin.kernel.refusals import Refused

from .. import actions
from ..forms.proposals import Merge
from ..models import Step
from .walks import BUDGET, EVERYTHING, HANDS, again, settle


def test_supervisors_do_not_answer_themselves(stage, town):
    step = stage.reach("object")
    actions.object_to(step, by=stage.watchers[0], words="Look again.")
    with pytest.raises(Refused):
        actions.answer(again(step), by=stage.watchers[1], words="All is well.")
    actions.answer(again(step), by=town.worker, words="We did.")


def test_what_others_support_is_not_exchanged_after_it_came_back(plain, town):
    proposal = plain.sent()
    actions.review(proposal, by=town.worker, verdict="not_feasible", words="No room.")
    with pytest.raises(Refused):
        actions.amend(again(proposal), by=town.resident, title="A car park", wrong="Something else.")
    actions.revise(again(proposal), by=town.resident, plan="Smaller.", budget=BUDGET, reason="There is room for this.")
    assert again(proposal).plan == "Smaller."


def test_a_vote_that_waits_for_its_budget_gets_it_and_the_mandate_is_looked_at_again(stage, town):
    stage.mandate(most=100)
    way = [{**row, "evidence": ["budget"]} if row["kind"] == "vote" else row for row in EVERYTHING]
    step = stage.reach("vote", way, budget=False)
    assert not step.to_all
    actions.revise(again(step.proposal), by=town.resident, plan="A roof.", budget=BUDGET, reason="Now known.")
    with pytest.raises(Refused, match="Nobody would be on the roll"):  # of the residents: none is entered here
        actions.call_vote(again(step), by=town.worker)


def test_a_meeting_after_the_work_that_says_no_leads_to_the_judgement_all_the_same(stage, town):
    way = [*HANDS[:3], {**EVERYTHING[1]}, HANDS[3]]
    step = stage.reach("meet", way)
    told = {"words": "It leaks.", "held_on": stage.today.isoformat(), "where": "Hall", "decision": "not_agreed"}
    actions.conclude(step, by=town.worker, **told)
    settle()
    assert again(step).state == "failed"
    assert Step.objects.get(proposal=step.proposal_id, state="open").kind == "judge"


def test_nobody_at_the_desk_merges_others_into_their_own(plain, town):
    own, other = plain.sent(by=town.worker, title="Mine"), plain.sent(title="Theirs")
    form = Merge(by=town.worker, noun=again(other), data={"other": str(own.pk), "reason": "Same."})
    assert "other" in form.errors
