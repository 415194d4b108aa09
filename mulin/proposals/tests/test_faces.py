"""Stories through pages and API, by whom they are told; what the pages show and to whom."""

import json

import pytest

from mulin.kernel.models import Link
from mulin.news.models import Notification

from .. import actions
from ..models import Proposal, Sitting, Step, Template
from .walks import EVERYTHING, GIVEN, HANDS, again, main, settle, text


def api(town, path):
    return f"/api/v1/{town.community.slug}/{path}"


def call(client, town, path, **data):
    return client.post(api(town, path), json.dumps(data), content_type="application/json")


@pytest.mark.story("B8")
def test_neighbours_propose_discuss_decide_do_and_judge_on_pages(plain, town, web, base):
    plain.way(HANDS, "ours")
    resident, worker, officer = web(town.resident), web(town.worker), web(town.officer)
    sent = resident.post(f"{base}new/", {**GIVEN, "place": "community"})
    assert sent.status_code == 302
    proposal = Proposal.objects.get()
    url = proposal.get_absolute_url()
    assert web(town.neighbour).get(url).status_code == 404
    resident.post(f"{url}amend/", {**GIVEN, "plan": "A roof.", "budget": "Wood 100", "place": "community"})
    assert resident.post(f"{url}submit/", {"template": "ours", "matter": "public_works"}).status_code == 302
    assert "Who stands behind it" in main(web().get(url))
    web(town.neighbour).post(f"{url}support/", {})
    worker.post(f"{url}review/", {"verdict": "feasible", "words": "It fits."})
    settle()
    page = main(resident.get(url))
    assert "The whole way" in page
    assert "1 supporter" in page
    plain.pass_(plain.step(proposal))
    step = plain.step(proposal).get_absolute_url()
    hands = {"where": "Gate", "held_on": "2026-11-24", "present": 9, "yes": 8, "no": 1, "abstain": 0}
    assert officer.post(f"{step}count_hands/", hands).status_code == 302
    assert "waits for" in main(worker.get(step)) or "agree" in main(worker.get(step))
    worker.post(f"{step}count_hands/agree/", {"agree": "yes"})
    settle()
    assert again(proposal).state == "adopted"
    work = plain.step(proposal).get_absolute_url()
    worker.post(f"{work}entrust/", {"carrier": "desk"})
    worker.post(f"{work}report_on/", {"words": "Half of it."})
    worker.post(f"{work}conclude/", {"words": "It stands.", "cost": "120.00", "measured": "20 places"})
    settle()
    assert again(proposal).state == "carried_out"
    judge = plain.step(proposal).get_absolute_url()
    resident.post(f"{judge}rate/", {"mark": "3", "words": "Dry now."})
    plain.pass_(plain.step(proposal))
    assert again(proposal).state == "judged"
    assert "a tenth more" in main(web().get(url))


@pytest.mark.story("B8")
def test_neighbours_propose_and_decide_through_the_api(plain, town, web):
    plain.way(HANDS, "ours")
    resident, worker = web(town.resident), web(town.worker)
    made = call(resident, town, "proposals", **GIVEN, place="community")
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert web(town.neighbour).get(api(town, f"proposals/{key}")).status_code == 404
    assert call(resident, town, f"proposals/{key}/submit", template="ours", matter="events").status_code == 200
    assert call(worker, town, f"proposals/{key}/review", verdict="feasible", words="Yes.").status_code == 200
    settle()
    shown = web().get(api(town, f"proposals/{key}")).json()
    assert (shown["state"], shown["brought_by"]) == ("under_way", "W***")
    steps = web().get(api(town, f"proposal-steps?proposal={key}")).json()["items"]
    assert {step["kind"] for step in steps} == {"consult", "vote", "carry_out", "judge"}
    plain.to_end(Proposal.objects.get())
    assert web().get(api(town, f"proposals/{key}")).json()["state"] == "judged"
    ways = web().get(api(town, "proposal-ways")).json()
    assert next(way for way in ways if way["key"] == "courtyard_council")["problems"]


FIVE = (
    {"kind": "meet", "zh": "两委商议", "actor": "body:council", "days": 15, "evidence": ["minutes"]}, *HANDS[1:],
)  # fmt: skip


@pytest.mark.story("B10")
def test_the_supervisors_objection_stops_a_step_until_answered_on_pages(stage, town, web):
    step = stage.reach("meet", FIVE)
    url = step.get_absolute_url()
    watcher, worker = web(stage.watchers[0]), web(town.worker)
    assert web(town.neighbour).post(f"{url}object_to/", {"words": "No"}).status_code == 403
    watcher.post(f"{url}object_to/", {"words": "Three members have a share in the firm."})
    assert again(step).state == "objected"
    page = main(web().get(url))
    assert "Three members have a share in the firm." in page
    minutes = {"held_on": "2026-11-23", "where": "Hall", "words": "Talked.", "decision": "agreed"}
    assert worker.post(f"{url}conclude/", minutes).status_code == 409
    assert watcher.post(f"{url}answer/", {"words": "Never mind."}).status_code == 403
    worker.post(f"{url}answer/", {"words": "They did not vote."})
    assert again(step).state == "open"
    assert worker.post(f"{url}conclude/", minutes).status_code == 302
    settle()
    assert again(step).state == "met"
    assert "They did not vote." in main(web().get(url))


@pytest.mark.story("B10")
def test_the_supervisors_objection_stops_a_step_through_the_api(stage, town, web):
    step = stage.reach("meet", FIVE)
    watcher, worker = web(stage.watchers[0]), web(town.worker)
    assert call(watcher, town, f"proposal-steps/{step.pk}/object_to", words="Look again.").status_code == 200
    refused = call(worker, town, f"proposal-steps/{step.pk}/conclude", words="x")
    assert refused.status_code == 409
    assert call(worker, town, f"proposal-steps/{step.pk}/answer", words="We did.").status_code == 200
    assert web().get(api(town, f"proposal-steps/{step.pk}")).json()["state"] == "open"


@pytest.mark.story("C5")
def test_a_courtyard_talks_publishes_pitches_and_the_council_votes_on_pages(stage, town, web, base):
    stage.mandate()
    one = stage.under_way("courtyard_council", budget=False, title="The back gate")
    other = stage.under_way("courtyard_council", budget=False, title="A bench", by=town.neighbour)
    resident, worker = web(town.resident), web(town.worker)
    plan = {"plan": "A new gate.", "budget": "Gate 9000", "money": "Common funds", "opinion": "Most want it.",
            "asked": 90, "agreed": 71, "reason": "Three months of talks."}  # fmt: skip
    assert resident.post(f"{one.get_absolute_url()}revise/", plan).status_code == 302
    web(town.neighbour).post(f"{other.get_absolute_url()}revise/", {**plan, "budget": "Bench 300"})
    for _ in range(2):
        for proposal in (one, other):
            stage.pass_(stage.step(proposal)) if stage.step(proposal).kind != "meet" else None
    pitches = [stage.step(proposal) for proposal in (one, other)]
    assert {step.kind for step in pitches} == {"meet"}
    answer = worker.post(f"{base}sittings/new/", {
        "body": stage.council.pk, "held_on": stage.today.isoformat(), "where": "Hall", "minutes": 12,
        "steps": [step.pk for step in pitches],
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    page = main(web().get(Sitting.objects.get().get_absolute_url()))
    assert all(told in page for told in ("9,000.00", "Common funds", "Most want it.", "71 of 90", "A bench"))
    for step in pitches:
        stage.pass_(again(step))
    vote = stage.step(one)
    assert vote.kind == "vote"
    assert worker.post(f"{vote.get_absolute_url()}call_vote/", {}).status_code == 302
    called = again(vote).vote
    assert (called.rules["key"], called.body_id) == ("council-2/3", stage.council.pk)


@pytest.mark.story("C5")
def test_two_thirds_of_all_seats_adopt_a_courtyards_proposal_through_the_api(stage, town, web):
    stage.mandate()
    proposal = stage.under_way("courtyard_council", budget=False)
    told = {"plan": "A gate.", "budget": "Wood 12000.50", "reason": "Talked over."}
    assert call(web(town.resident), town, f"proposals/{proposal.pk}/revise", **told).status_code == 200
    for _ in range(3):
        stage.pass_(stage.step(proposal))
    step = stage.step(proposal)
    assert call(web(town.worker), town, f"proposal-steps/{step.pk}/call_vote").status_code == 200
    shown = web().get(api(town, f"proposal-steps/{step.pk}")).json()
    assert shown["vote_id"]
    assert not shown["to_all"]


def test_the_board_has_tabs_search_and_empty_states(plain, town, web, base):
    assert "You can be the first" in main(web().get(base))
    plain.under_way(title="A shed")
    draft = plain.draft(title="Hidden draft")
    page = main(web().get(base))
    assert "A shed" in page
    assert "Hidden draft" not in page
    assert "A shed" in main(web().get(base, {"q": "shed", "matter": "public_works"}))
    assert "Try fewer words" in main(web().get(base, {"q": "elephants"}))
    assert "none of these yet" in main(web().get(base, {"tab": "decided"}))
    assert "Hidden draft" in main(web(town.resident).get(f"{base}mine/"))
    assert "wait" in main(web(town.worker).get(f"{base}mine/"))
    assert draft.state == "draft"


def test_a_case_leads_to_a_proposal_and_each_shows_the_other(plain, town, web, base):
    case = town.report()
    resident = web(town.resident)
    assert "Make a proposal of this" in text(resident.get(case.get_absolute_url()))
    resident.post(f"{base}new/?case={case.pk}", {**GIVEN, "place": "community", "case": str(case.pk)})
    proposal = Proposal.objects.get()
    assert Link.objects.filter(source_id=case.pk, target_id=proposal.pk, kind="origin").exists()
    assert case.get_absolute_url() in main(resident.get(proposal.get_absolute_url()))


def test_ways_are_read_by_all_and_changed_by_those_who_set_up(plain, town, web, base):
    assert "Courtyard council" in main(web().get(f"{base}ways/"))
    assert "no such council" in main(web().get(f"{base}ways/courtyard_council/"))
    worker = web(town.worker)
    assert web(town.resident).get(f"{base}ways/numbers/").status_code == 404
    worker.post(f"{base}ways/plain_five/copy/")
    row = Template.objects.get()
    step = {"zh": "监督", "kind": "object", "actor": "supervisors", "days": 3, "rules": ""}
    assert worker.post(f"{base}ways/plain_five/steps/new/", step).status_code == 302
    worker.post(f"{base}ways/plain_five/steps/5/up/")
    page = main(worker.get(f"{base}ways/plain_five/"))
    assert "no supervision committee" in page
    worker.post(f"{base}ways/plain_five/steps/4/out/")
    assert "can be gone to its end" in main(worker.get(f"{base}ways/plain_five/"))
    bad = worker.post(f"{base}ways/plain_five/steps/0/", {**step, "days": 999})
    assert bad.status_code == 422
    assert worker.post(f"{base}ways/plain_five/edit/", {"zh": "五步"}).status_code == 302
    worker.post(f"{base}ways/plain_five/retire/")
    row.refresh_from_db()
    assert (row.zh, row.retired) == ("五步", True)
    assert worker.post(f"{base}ways/numbers/", {"supporters": "7"}).status_code == 302


def test_a_neighbours_name_is_plain_here_and_masked_outside(plain, town, web):
    proposal = plain.sent()
    assert "Wang" in main(web(town.neighbour).get(proposal.get_absolute_url()))
    assert "Wang" not in main(web().get(proposal.get_absolute_url()))


def test_the_page_costs_few_statements(stage, town, web, django_assert_max_num_queries):
    proposal = stage.under_way(EVERYTHING)
    client = web()
    client.get(proposal.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(proposal.get_absolute_url())


def test_who_is_concerned_hears_of_it(plain, town):
    proposal = plain.sent()
    actions.support(proposal, by=town.neighbour)
    actions.merge(again(proposal), by=town.worker, other=plain.sent(by=town.officer, title="B"), reason="Same.")
    settle()
    told = Notification.objects.filter(noun_id=proposal.pk, account=town.neighbour.account_id)
    assert told.exists()
    assert Step.objects.count() == 0


def test_a_step_that_asks_for_pictures_is_not_ended_without_one(stage, town, web):
    way = [{**EVERYTHING[1], "evidence": ["minutes", "photos"]}, *HANDS[1:]]
    step = stage.reach("meet", way)
    told = {"held_on": stage.today.isoformat(), "where": "Hall", "words": "Talked.", "decision": "agreed"}
    assert web(town.worker).post(f"{step.get_absolute_url()}conclude/", told).status_code == 422
    assert again(step).state == "open"
