"""A lift for one building: checked, discussed in the council, supervised, and voted on by those who live there."""

from datetime import timedelta

import pytest

from mulin.households.tests.factories import Homes
from mulin.votes import actions as voting
from mulin.votes.models import Vote

from ..models import Proposal
from .test_faces import api, call
from .walks import GIVEN, again, main, settle, to_day

WAY = "courtyard_council"
PLAN = {"title": "A lift", "plan": "A lift at the stairs.", "budget": "Lift 400000"}


def _talked_over(stage, proposal):
    """Let the desk's word be followed, the talks be had and the plan be published."""
    settle()
    for _ in range(2):
        stage.pass_(stage.step(proposal))


def _of_one_building(stage, town):
    """A lift for one building: its floors are lived in, and no council may decide it alone."""
    homes = Homes(town)
    homes.home(0, town.resident)
    homes.home(1, town.neighbour)
    stage.mandate(most=100)
    return f"building:{homes.doors[0].entrance.building_id}"


@pytest.mark.story("L8")
def test_a_lift_is_checked_discussed_supervised_and_voted_on_by_those_concerned_on_pages(stage, town, web, base):
    place = _of_one_building(stage, town)
    resident, worker, watcher = web(town.resident), web(town.worker), web(stage.watchers[0])
    assert resident.post(f"{base}new/", {**GIVEN, "title": "A lift", "place": place}).status_code == 302
    proposal = Proposal.objects.get()
    url = proposal.get_absolute_url()
    resident.post(
        f"{url}amend/", {**GIVEN, "title": "A lift", "plan": "A lift.", "budget": "Lift 400000", "place": place}
    )
    assert resident.post(f"{url}submit/", {"template": WAY, "matter": "public_works"}).status_code == 302
    assert worker.post(f"{url}review/", {"verdict": "feasible", "words": "The stairs allow it."}).status_code == 302
    _talked_over(stage, proposal)
    meet = stage.step(proposal).get_absolute_url()
    assert watcher.post(f"{meet}object_to/", {"words": "Ask the ground floor, too."}).status_code == 302
    assert worker.post(f"{meet}answer/", {"words": "They were asked."}).status_code == 302
    minutes = {"held_on": stage.today.isoformat(), "where": "Hall", "words": "Talked.", "decision": "agreed"}
    assert worker.post(f"{meet}conclude/", minutes).status_code == 302
    settle()
    step = stage.step(proposal)
    assert "all residents" in main(web().get(step.get_absolute_url()))
    assert worker.post(f"{step.get_absolute_url()}call_vote/", {}).status_code == 302
    vote = Vote.objects.for_list().get(pk=again(step).vote_id)
    assert vote.entries.count() == 2
    to_day(town, vote.opens_on)
    for viewer in (town.resident, town.neighbour):
        voting.cast(Vote.objects.for_list().get(pk=vote.pk), by=viewer, choice="yes")
    to_day(town, vote.closes_on + timedelta(days=1))
    to_day(town, Vote.objects.get(pk=vote.pk).challenge_until + timedelta(days=1))
    assert again(proposal).state == "adopted"


@pytest.mark.story("L8")
def test_those_who_live_in_a_building_vote_on_its_lift_through_the_api(stage, town, web):
    place = _of_one_building(stage, town)
    resident, worker = web(town.resident), web(town.worker)
    key = call(resident, town, "proposals", **{**GIVEN, "title": "A lift"}, place=place).json()["id"]
    assert call(resident, town, f"proposals/{key}/amend", **GIVEN | PLAN, place=place).status_code == 200
    assert call(resident, town, f"proposals/{key}/submit", template=WAY, matter="public_works").status_code == 200
    assert call(worker, town, f"proposals/{key}/review", verdict="feasible", words="Yes.").status_code == 200
    proposal = Proposal.objects.get()
    _talked_over(stage, proposal)
    meet = f"proposal-steps/{stage.step(proposal).pk}"
    assert call(web(stage.watchers[0]), town, f"{meet}/object_to", words="And the noise?").status_code == 200
    assert call(worker, town, f"{meet}/answer", words="It stands outside.").status_code == 200
    stage.pass_(stage.step(proposal))
    step = stage.step(proposal)
    assert call(worker, town, f"proposal-steps/{step.pk}/call_vote").status_code == 200
    shown = web().get(api(town, f"proposal-steps/{step.pk}")).json()
    assert (bool(shown["vote_id"]), shown["to_all"]) == (True, True)
