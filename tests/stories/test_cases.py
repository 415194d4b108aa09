"""The stories of reporting a problem, walked through as their people."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.cases.rules import COMMUNITY, TOP
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import drain
from mulin.people import actions as people

from .conftest import done


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


@pytest.mark.story("E1")
def test_a_resident_scans_says_follows_every_step_and_rates(town, door, state):
    resident, officer = door(town, town.resident), door(town, town.officer)
    case = resident.report("楼道的灯不亮，老人看不清台阶。")
    assert "楼道的灯不亮" in resident.sees(case)
    assert done(officer.move(case, "accept"))
    assert done(officer.move(case, "solve", cause="灯头进水", remedy="换了灯头"))
    seen = resident.sees(case)
    assert "换了灯头" in seen
    assert done(resident.move(case, "confirm", rating=3, words="谢谢"))
    assert (state(case).state, state(case).rating) == (State.CLOSED, 3)


@pytest.mark.story("H1")
def test_a_wet_wall_goes_from_the_grid_to_the_community_and_its_cause_is_found(town, door, state):
    kindergarten, officer, deputy = door(town, town.resident), door(town, town.officer), door(town, town.worker)
    case = kindergarten.report("连下几天雨，幼儿园的墙渗水。")
    assert state(case).post == town.officer_post
    assert done(officer.move(case, "accept"))
    assert done(officer.move(case, "note", words="看过了，不是表面的事。", audience="reporter"))
    assert done(officer.move(case, "pass_up", reason="要动落水管"))
    assert state(case).level == COMMUNITY
    assert done(deputy.move(case, "accept"))
    assert done(deputy.move(case, "solve", cause="落水管破了，淤泥堵塞", remedy="换管清淤"))
    seen = kindergarten.sees(case)
    assert "落水管破了" in seen
    assert "不是表面的事" in seen
    assert done(kindergarten.move(case, "confirm", rating=3))
    assert (state(case).cause, state(case).state) == ("落水管破了，淤泥堵塞", State.CLOSED)


@pytest.mark.story("B3")
def test_small_matters_stay_in_the_grid_and_what_waits_too_long_goes_up(town, door, state):
    resident, officer = door(town, town.resident), door(town, town.officer)
    small, slow = resident.report("楼道灯坏了"), resident.report("楼道的灯一闪一闪")
    assert done(officer.move(small, "accept"))
    clock.advance(timedelta(minutes=31))
    drain()
    assert (state(small).level, state(slow).level) == (1, COMMUNITY)
    clock.advance(timedelta(minutes=31))
    drain()
    assert state(slow).level == TOP
    desk = door(town, town.worker)
    assert done(desk.move(slow, "accept"))


def slips_of(anyone, case):
    """Say which of the five slips anybody reads as done: ordered, sent out, taken on, judged, shown."""
    if hasattr(anyone, "headers"):
        told = anyone.open(f"cases/{case}").json()
        closed = told["closed_at"]
        return [bool(each) for each in (told["happened_at"], told["post"], told["accepted_at"], told["rating"], closed)]
    slips = re.findall(r'<li class="(done|now|todo)".*?>(.*?)</li>', anyone.sees(case).partition("ml-slips")[2])[:5]
    return [where == "done" or (where == "now" and "waits" not in words) for where, words in slips]


@pytest.mark.story("Y8")
def test_residents_order_the_community_sends_a_team_takes_residents_judge_and_all_is_shown(town, door, state):
    resident, officer, anyone = door(town, town.resident), door(town, town.officer), door(town)
    case = resident.report("楼道的灯不亮")
    assert state(case).is_public
    assert slips_of(anyone, case) == [True, True, False, False, False]
    assert done(officer.move(case, "accept"))
    assert slips_of(anyone, case) == [True, True, True, False, False]
    assert done(officer.move(case, "solve", cause="灯头进水", remedy="换了灯头"))
    assert done(resident.move(case, "confirm", rating=3))
    assert slips_of(anyone, case) == [True] * 5


@pytest.mark.story("Y5")
def test_the_lead_of_the_building_leads_and_neighbours_join(town, door, state):
    building = town.where().building
    post = people.add_post(
        by=SYSTEM,
        community=town.community,
        kind=town.kinds["building_lead"],
        place_kind="building",
        place_id=building.pk,
    )
    lead = town.holder("Liu", "liu", post)
    resident, neighbour, leader = door(town, town.resident), door(town, town.neighbour), door(town, lead)
    case = resident.report("楼下停车把路堵了")
    assert done(neighbour.move(case, "me_too"))
    assert done(leader.move(case, "lead"))
    assert done(neighbour.move(case, "join"))
    assert state(case).state == State.IN_HAND
    assert done(leader.move(case, "solve", cause="车位不够", remedy="大家商量画了临时车位"))
    assert done(resident.move(case, "confirm", rating=2))
    assert state(case).met_by == 1


@pytest.mark.story("E1", "E2")
def test_a_guest_without_a_name_follows_with_a_code(town, state):
    client = Client()
    slug, code = town.community.slug, town.code(0)
    answer = client.post(
        f"/{slug}/report/?e={code}",
        {"words": "灯坏了", "e": code, "disclosure": "anonymous", "checked": "yes", "once": "a"},
        follow=True,
    )
    assert answer.status_code == 200
    drain()
    case = Case.objects.get()
    stranger = Client()
    assert "灯坏了" not in stranger.get(f"/{slug}/cases/{case.pk}/").content.decode()
    assert "灯坏了" in client.get(f"/{slug}/cases/{case.pk}/").content.decode()
    secret = re.search(r'<b class="ml-num"[^>]*>([^<]+)</b>', answer.content.decode())[1]
    wrong = stranger.post(f"/{slug}/cases/follow/", {"number": case.number, "code": "WRONGXYZ"})
    assert wrong.status_code in (200, 422)
    stranger.post(f"/{slug}/cases/follow/", {"number": case.number, "code": secret})
    assert "灯坏了" in stranger.get(f"/{slug}/cases/{case.pk}/").content.decode()
