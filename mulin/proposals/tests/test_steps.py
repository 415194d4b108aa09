"""Steps one by one: objections, meetings, work by others, votes by a body's own rules, reminders, pictures."""

from datetime import timedelta

import pytest

from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.news.models import Notification
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.votes import actions as voting
from mulin.votes.models import Vote

from .. import actions, queries
from ..flow import STEP
from .walks import EVERYTHING, HANDS, again, main, settle, to_day


def test_a_notice_that_settles_under_an_objection_counts_once_it_is_answered(stage, town):
    step = stage.reach("publish")
    actions.object_to(step, by=stage.watchers[0], words="Where is the third offer?")
    to_day(town, again(step).notice.ends_on + timedelta(days=1))
    assert (again(step).notice.state, again(step).state) == ("settled", "objected")
    actions.answer(again(step), by=town.worker, words="It hangs beside it now.")
    settle()
    assert again(step).state == "met"


def test_the_days_that_a_step_stood_still_are_added(stage, town):
    step = stage.reach("object")
    last = step.ends_on
    actions.object_to(step, by=stage.watchers[1], words="One moment.")
    to_day(town, stage.today + timedelta(days=2))
    actions.answer(again(step), by=town.worker, words="Here.")
    assert again(step).ends_on == last + timedelta(days=2)


def test_only_supervisors_object_and_who_objected_does_not_answer(stage, town):
    step = stage.reach("meet")
    with pytest.raises(Refused, match="committee that supervises"):
        actions.object_to(step, by=town.worker, words="x")
    actions.object_to(step, by=stage.watchers[0], words="x")
    with pytest.raises(Refused, match="not whoever objected"):
        actions.answer(again(step), by=stage.watchers[0], words="x")
    actions.answer(again(step), by=stage.seats[0], words="The members who sit there answer.")


def test_a_meeting_that_says_no_ends_the_proposal(stage, town):
    step = stage.reach("meet")
    actions.conclude(step, by=stage.seats[0], words="No.", held_on="2026-11-23", where="Hall", decision="not_agreed")
    settle()
    assert (again(step).state, again(step.proposal).state) == ("failed", "rejected")


def test_an_organisation_carries_it_out_and_says_how_far_it_is(plain, town):
    step = plain.reach("carry_out", HANDS)
    with pytest.raises(Refused, match="Needed first"):
        actions.report_on(step, by=town.worker, words="x")
    contact = Person.objects.get(pk=town.neighbour.person_id)
    firm = people.add_organisation(
        by=SYSTEM, community=town.community, kind="firm", name="Wood and Roof", contact=contact
    )
    actions.entrust(again(step), by=town.worker, carrier=str(firm.pk))
    settle()
    assert Notification.objects.filter(noun_id=step.pk, account=town.neighbour.account_id).exists()
    actions.report_on(again(step), by=town.neighbour, words="Half of it stands.")
    with pytest.raises(Refused):
        actions.conclude(again(step), by=town.resident, words="x", cost=1)
    actions.conclude(again(step), by=town.neighbour, words="It stands.", cost=20000)
    settle()
    done = again(step.proposal)
    assert (done.state, done.cost_fen, done.costs_more) == ("carried_out", 2_000_000, True)


@pytest.mark.parametrize(("yes", "state"), [(3, "rejected"), (4, "adopted")])
def test_two_thirds_of_all_seats_and_not_of_those_who_vote(stage, town, yes, state):
    stage.mandate()
    step = stage.reach("vote")
    actions.call_vote(step, by=town.worker)
    vote = Vote.objects.for_list().get(pk=again(step).vote_id)
    to_day(town, vote.opens_on)
    for viewer in stage.seats[:yes]:
        voting.cast(Vote.objects.for_list().get(pk=vote.pk), by=viewer, choice="yes")
    to_day(town, vote.closes_on + timedelta(days=1))
    to_day(town, Vote.objects.get(pk=vote.pk).challenge_until + timedelta(days=1))
    assert again(step.proposal).state == state


def test_a_body_without_a_pack_votes_by_its_own_rules(stage):
    stage.mandate()
    way = [{**row, "rules": "body"} if row["kind"] == "vote" else row for row in EVERYTHING]
    step = stage.reach("vote", way)
    rules, own = queries.ruleset(step), again(stage.council).rules
    assert rules.key in ("body", again(stage.council).pack)
    assert rules.passes[0].num * own.decision.den == rules.passes[0].den * own.decision.num


def test_who_has_to_act_is_told_again_when_the_day_is_over(stage, town):
    step = stage.reach("meet")
    before = Notification.objects.filter(noun_id=step.pk).count()
    to_day(town, step.ends_on + timedelta(days=2))
    assert again(step).state == "open"
    assert Notification.objects.filter(noun_id=step.pk).count() > before


def test_pictures_are_shown_and_the_step_page_is_everybodys(stage, town, web):
    stage.mandate()
    step = stage.reach("meet")
    stage.pass_(step)
    page = main(web().get(step.get_absolute_url()))
    assert "Talked over." in page
    source = page.split('class="ml-photo" src="')[1].split('"')[0]
    picture = web().get(source)
    picture.close()
    assert picture["Content-Type"] == "image/jpeg"


def test_every_move_of_a_step_has_its_action():
    assert all(STEP.action(move.name) for move in STEP)
