"""Homes through pages and API: what residents do, what keepers see, and who leaves a line of access."""

import re
from datetime import date

import pytest
from django.test import Client

from mulin.cases.tests.browsing import cookie_of
from mulin.cases.tests.callers import Caller
from mulin.households.models import Membership, Ownership, Proxy
from mulin.people.models import AccessLine


@pytest.fixture
def go(homes):
    """Open or send a page of homes as someone, in English."""

    def visit(path, by=None, data=None):
        client = Client()
        client.cookies["language"] = "en"
        if by:
            client.cookies["mulin"] = cookie_of(by)
        url = f"/{homes.community.slug}/households/{path}"
        return client.get(url) if data is None else client.post(url, data)

    return visit


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def door(homes, number=0, **more):
    return {"building": str(homes.house.pk), "entrance": "", "door": homes.doors[number].name, **more}


@pytest.mark.story("C11")
def test_a_resident_says_on_the_phone_where_they_live_and_the_household_confirms(homes, go):
    homes.home(0, homes.resident)
    sent = go("declare/", by=homes.neighbour, data=door(homes, relation="tenant", once="1"))
    said = Membership.objects.get(person=homes.neighbour.person_id)
    assert (sent.status_code, said.state) == (302, "declared")
    page = text(go("mine/", by=homes.resident))
    assert "Zhao says: I live with you." in page
    go(f"members/{said.pk}/confirm/", by=homes.resident, data={"version": said.version})
    assert Membership.objects.get(pk=said.pk).state == "member"
    assert "Zhao" in text(go("mine/", by=homes.resident))


@pytest.mark.story("C11")
def test_a_program_says_for_a_resident_where_they_live(homes):
    answer = Caller(homes.town, homes.resident).post("/declarations", door(homes, relation="tenant"))
    assert (answer.status_code, answer.json()["state"]) == (201, "declared")
    keeper = Caller(homes.town, homes.keeper)
    assert keeper.post(f"/memberships/{answer.json()['id']}/confirm").json()["state"] == "member"


def test_a_wrong_door_is_said_beside_the_field(homes, go):
    sent = go("declare/", by=homes.neighbour, data=door(homes, relation="tenant") | {"door": "909"})
    assert sent.status_code == 422
    assert "There is no such door in this building" in text(sent)


def test_my_household_is_empty_with_one_thing_to_do(homes, go):
    assert "You have not said yet where you live" in text(go("mine/", by=homes.resident))
    assert go("mine/").status_code == 302


def test_a_parent_adds_a_child_with_consent_on_one_page(homes, go):
    home = homes.home(0, homes.resident)
    child = {"name": "小王", "born_on": "2019-05-01", "relation": "child"}
    refused = go(f"{home.pk}/add/", by=homes.resident, data=child)
    assert "only when a guardian agrees" in text(refused)
    assert go(f"{home.pk}/add/", by=homes.resident, data=child | {"consent": "我同意"}).status_code == 302
    assert "小王" in text(go(f"{home.pk}/", by=homes.resident))


def test_whoever_keeps_the_list_leaves_a_line_with_each_member(homes, go):
    home = homes.home(0, homes.resident, homes.neighbour)
    go(f"doors/{homes.doors[0].pk}/", by=homes.keeper)
    assert not AccessLine.objects.exists()
    go(f"{home.pk}/", by=homes.keeper)
    go(f"{home.pk}/", by=homes.keeper)
    assert set(AccessLine.objects.values_list("subject", flat=True)) == {
        homes.resident.person_id, homes.neighbour.person_id,
    }  # fmt: skip
    assert AccessLine.objects.count() == 2


def test_ones_own_household_leaves_a_line_with_the_others(homes, go):
    homes.home(0, homes.resident, homes.neighbour)
    assert "You can see who looked" in text(go("mine/", by=homes.resident))
    assert list(AccessLine.objects.values_list("subject", flat=True)) == [homes.neighbour.person_id]


def test_what_is_not_ones_own_is_not_there(homes, go):
    home = homes.home(0, homes.resident)
    owned = homes.own()
    for path in (f"{home.pk}/", "owners/", f"buildings/{homes.house.pk}/", f"doors/{homes.doors[0].pk}/",
                 f"ownerships/{owned.pk}/", f"members/{Membership.objects.get().pk}/"):  # fmt: skip
        assert go(path, by=homes.neighbour).status_code == 404, path


def test_the_board_shows_doors_and_counts_and_no_names(homes, go):
    homes.home(0, homes.resident, homes.neighbour)
    homes.own(1)
    page = text(go(f"buildings/{homes.house.pk}/", by=homes.keeper))
    assert "2 persons" in page
    assert "Not delivered" in page
    assert "Wang" not in page
    assert "王业主" not in page
    assert "1号楼" in text(go("", by=homes.keeper))


def test_a_door_is_found_by_its_number(homes, go):
    assert "102" in text(go("?q=1号楼+10", by=homes.keeper))
    assert "No door begins so" in text(go("?q=999", by=homes.keeper))


def test_the_keeper_registers_an_owner_and_reads_the_roll(homes, go):
    at = f"doors/{homes.doors[0].pk}/"
    sent = go(f"{at}owner/", by=homes.keeper, data={"owner_name": "王业主", "share": "1/2", "is_delivered": "on"})
    assert sent.status_code == 302
    refused = go(f"{at}owner/", by=homes.keeper, data={"owner_name": "李业主", "share": "2/3"})
    assert "Free is: 1/2" in text(refused)
    page = text(go("owners/", by=homes.keeper))
    assert "王**" in page
    assert "王业主" not in page
    assert "89.50" in page
    assert "王业主" in text(go(at, by=homes.keeper))


def test_an_owner_gives_a_proxy_by_name_and_number(homes, go):
    owned = homes.own(person=homes.person(homes.resident))
    homes.someone("赵代表", phone="13900000009")
    given = {"holder_name": "赵代表", "holder_phone": "13900000009", "starts_on": "2030-01-01", "ends_on": "2030-06-01",
             "matters": "业主大会"}  # fmt: skip
    wrong = go(f"ownerships/{owned.pk}/proxy/", by=homes.resident, data=given | {"holder_name": "钱代表"})
    assert "Nobody whom you can name has this name and number" in text(wrong)
    assert go(f"ownerships/{owned.pk}/proxy/", by=homes.resident, data=given).status_code == 302
    assert "赵代表 speaks for you" in text(go("mine/", by=homes.resident))
    proxy = Proxy.objects.get()
    go(f"proxies/{proxy.pk}/revoke/", by=homes.resident, data={})
    assert Proxy.objects.get().state == "ended"


def test_every_page_of_a_home_opens_for_its_people(homes, go):
    home = homes.home(0, homes.resident)
    homes.admit(home, by=homes.resident, name="小王", born_on=date(2020, 1, 1), relation="child",
                consent="同意")  # fmt: skip
    owned = homes.own(person=homes.person(homes.resident))
    proxy = homes.give(owned, homes.person(homes.neighbour))
    guardian = homes.person(homes.resident).wards.get()
    child = Membership.objects.get(person__name="小王")
    paths = [f"members/{row.pk}/" for row in Membership.objects.all()]
    paths += [f"guardians/{guardian.pk}/", f"ownerships/{owned.pk}/", f"ownerships/{owned.pk}/proxy/",
              f"proxies/{proxy.pk}/", f"{home.pk}/relocate/", "declare/", "mine/"]  # fmt: skip
    for path in paths:
        assert go(path, by=homes.resident).status_code == 200, path
    for path in (f"doors/{homes.doors[0].pk}/household/", f"doors/{homes.doors[1].pk}/owner/",
                 f"ownerships/{owned.pk}/transfer/", f"{home.pk}/add/",
                 f"members/{child.pk}/guardian/"):  # fmt: skip
        assert go(path, by=homes.keeper).status_code == 200, path


# The API.


def test_who_may_not_make_one_hears_so_before_the_answers_are_read(homes):
    assert Caller(homes.town, homes.resident).post("/ownerships", {"share": "x"}).status_code == 403
    assert Caller(homes.town, homes.keeper).post("/ownerships", {"share": "x"}).status_code == 422


def test_lists_mask_names_and_one_shows_them_with_a_line(homes):
    homes.home(0, homes.resident)
    keeper = Caller(homes.town, homes.keeper)
    listed = keeper.get("/memberships").json()["items"]
    assert [row["name"] for row in listed] == ["W***"]
    assert not AccessLine.objects.exists()
    assert keeper.get(f"/memberships/{listed[0]['id']}").json()["name"] == "Wang"
    assert AccessLine.objects.count() == 1


def test_a_program_forms_a_household_and_registers_an_owner(homes):
    keeper = Caller(homes.town, homes.keeper)
    home = keeper.post("/households", door(homes, label="左"))
    assert (home.status_code, home.json()["members"]) == (201, 0)
    added = keeper.post("/memberships", {"household": home.json()["id"], "name": "李奶奶", "relation": "head"})
    assert (added.status_code, added.json()["name"]) == (201, "李奶奶")
    owned = keeper.post("/ownerships", door(homes, owner_name="王业主", share="50%"))
    assert (owned.status_code, owned.json()["numerator"], owned.json()["denominator"]) == (201, 1, 2)
    assert keeper.get("/households?door=101").json()["items"][0]["members"] == 1
    assert keeper.get("/households?door=999").json()["items"] == []


def test_a_repeated_call_adds_nobody_twice(homes):
    keeper, home = Caller(homes.town, homes.keeper), homes.home(0)
    body = {"household": str(home.pk), "name": "李奶奶", "relation": "head"}
    answers = [keeper.post("/memberships", body, Idempotency_Key="one") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert Membership.objects.count() == 1


def test_a_stranger_gets_empty_lists_and_404(homes):
    home = homes.home(0, homes.resident)
    owned = homes.own()
    stranger = Caller(homes.town, homes.neighbour)
    for name in ("households", "memberships", "guardians", "ownerships", "proxies"):
        assert stranger.get(f"/{name}").json()["items"] == []
    assert stranger.get(f"/households/{home.pk}").status_code == 404
    assert stranger.post(f"/ownerships/{owned.pk}/end").status_code == 404
    assert stranger.post("/households", door(homes)).status_code == 403
    assert Ownership.objects.get().state == "registered"


def test_what_is_known_of_someone_is_told(homes):
    from mulin.privacy.queries import known

    homes.home(0, homes.resident)
    owned = homes.own(person=homes.person(homes.resident))
    homes.give(owned, homes.person(homes.neighbour))
    models = {model for model, _title, _rows in known(homes.resident.account_id)}
    assert {"households.Membership", "households.Ownership", "households.Proxy"} <= models


def test_nobody_learns_by_a_proxy_who_is_known_here(homes):
    homes.someone("王建国", phone="13900000001")
    asked = {"holder_name": "王建国", "starts_on": "2030-01-01", "ends_on": "2030-02-01", "matters": "All"}
    answers = [
        Caller(homes.town, by).post("/proxies", {**asked, "holder_phone": phone})
        for by in (None, homes.resident) for phone in ("13900000001", "13900000002")
    ]  # fmt: skip
    assert {each.status_code for each in answers} == {422}
    assert all("holder_phone" not in each.content.decode() for each in answers)
