"""What nobody may do to get their way, and ways on which a proposal must not get stuck."""

import pytest

from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.models import Person

from .. import actions, queries
from ..forms.proposals import Amend, Merge
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


def test_what_is_known_of_someone_tells_mark_and_words_of_their_judgement(plain, town):
    step = plain.reach("judge", HANDS)
    actions.rate(step, by=town.neighbour, mark=3, words="Dry now.")
    told = queries.tell_rated(town.neighbour.account_id)
    assert [row[2] for row in told] == [f"{step} / Good / Dry now."]


def test_who_is_under_fourteen_proposes_nothing_since_names_are_shown(plain, town, monkeypatch):
    draft = plain.draft()
    monkeypatch.setattr("mulin.comments.actions.writing.is_under_age", lambda born, day: True)
    with pytest.raises(Refused, match="Names are shown from fourteen on"):
        plain.draft(title="Another")
    with pytest.raises(Refused, match="Names are shown from fourteen on"):
        actions.submit(again(draft), by=town.resident, template="hands_in_a_grid", matter="public_works")


@pytest.mark.parametrize("as_firm", [True, False])
def test_nobody_judges_their_own_work_but_who_brought_it_may(plain, town, as_firm):
    step = plain.reach("carry_out", HANDS)
    contact = Person.objects.get(pk=town.neighbour.person_id)
    told = {"kind": "firm", "name": "Wood and Roof", "contact": contact}
    firm = people.add_organisation(by=SYSTEM, community=town.community, **told)
    actions.entrust(step, by=town.worker, carrier=str(firm.pk) if as_firm else "proposer")
    actions.conclude(again(step), by=town.worker, words="It stands.", cost=5)
    settle()
    judge = plain.step(step.proposal)
    barred, free = (town.neighbour, town.resident) if as_firm else (town.resident, town.neighbour)
    with pytest.raises(Refused, match="did not carry it out"):
        actions.rate(judge, by=barred, mark=3)
    actions.rate(again(judge), by=free, mark=3)


@pytest.mark.parametrize("kind", ["consult", "meet"])
def test_the_desk_does_not_end_what_is_said_of_its_own_proposal(stage, town, kind):
    way = [{**EVERYTHING[0], "actor": "desk"} if kind == "consult" else EVERYTHING[1], *HANDS[1:]]
    step = stage.reach(kind, way, by=town.worker_two)
    told = {"words": "All for it.", "held_on": "2026-11-23", "where": "Hall", "decision": "agreed"}
    if kind == "consult":
        stage._over(step)
    with pytest.raises(Refused, match="not by whoever brought"):
        actions.conclude(again(step), by=town.worker_two, **told)
    actions.conclude(again(step), by=town.worker, **told)


def test_who_brought_it_ends_a_talk_where_the_way_says_so_at_the_desk_too(plain, town):
    step = plain.reach("consult", [EVERYTHING[0], *HANDS[1:]], by=town.worker_two)
    plain._over(step)
    actions.conclude(again(step), by=town.worker_two, words="Most are for it.")
    assert again(step).state == "met"


@pytest.mark.parametrize("field", ["title", "money", "budget"])
def test_an_identity_number_is_refused_where_it_is_written_not_where_it_would_be_posted(plain, town, field):
    said = {"title": "A roof", "wrong": "It rains.", "budget": "Lamps 10", "money": "Ours"}
    form = Amend(
        {**said, field: f"{said[field].split()[0]} 110101199003078515 10"}, noun=plain.draft(), by=town.resident
    )
    assert not form.is_valid()
    assert "never published" in form.errors[field][0]
