"""Councils and committees on pages and over the API: everybody reads them, and moves are the same."""

import re
from datetime import timedelta

import pytest

from mulin.bodies.models import Body, Mandate
from mulin.bodies.tests.walks import GRANTED, SMALL, main, text
from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.people.queries import viewer_of

FOUND = {
    "kind": "council", "place": "community", "seats": "7", "founded_by": "Residents' meeting, no. 3", "once": "a",
}  # fmt: skip


# ---- the list ----


def test_an_empty_list_says_what_there_is(web, base):
    assert "There is no council or committee here yet" in main(web().get(base))


def test_the_list_is_everybodys_searched_and_filtered(web, hall, base):
    hall.in_office(kind=SMALL, seats=3, name="Supervisors")
    weak = hall.in_office(kind=SMALL, seats=5, members=3, name="Lane council")
    people.end(weak.sitting().first(), by=hall.town.worker, reason="x")
    page = main(web().get(base))
    assert ("3 of 3 seats filled" in page, "2 of 5 seats filled" in page, "Cannot decide now" in page) == (True,) * 3
    assert "Lane council" not in main(web().get(f"{base}?q=super")).split("ml-list")[1]
    assert "Supervisors" in main(web().get(f"{base}?kind={SMALL}&state=in_office"))
    assert "Nothing here fits" in main(web().get(f"{base}?kind=council"))
    assert "Nothing here fits" in main(web().get(f"{base}?state=ended"))
    assert "Supervisors" in main(web().get(f"{base}?kind=x&state=x&page=x"))
    assert "Found a council" not in page
    assert "Found a council" in main(web(hall.town.worker).get(base))


def test_pages_cost_few_statements(web, hall, base, django_assert_max_num_queries):
    for number in range(4):
        mandate = hall.granted(hall.in_office(kind=SMALL, seats=3, name=f"Body {number}"))
    client = web(hall.town.worker)
    pages = ((base, 16), (mandate.body.get_absolute_url(), 48), (mandate.get_absolute_url(), 26))
    for path, most in pages:
        client.get(path)
        with django_assert_max_num_queries(most):
            text(client.get(path))


# ---- founded and filled on pages ----


def test_a_keeper_founds_one_from_an_organisations_page(web, hall, base):
    organisation, keeper = hall.organisation("Lane council"), web(hall.town.worker)
    page = text(keeper.get(organisation.get_absolute_url()))
    new = f"{base}new/?from={organisation.pk}"
    assert new in page
    assert "bodies/new" not in text(web(hall.town.resident).get(organisation.get_absolute_url()))
    assert re.search(f'value="{organisation.pk}"[^>]* (selected|checked)', main(keeper.get(new)))
    answer = keeper.post(new, {**FOUND, "organisation": organisation.pk, "seats": "3"})
    assert (answer.status_code, "At least 5 seats" in answer.content.decode()) == (422, True)
    made = keeper.post(new, {**FOUND, "organisation": organisation.pk})
    assert made["Location"] == Body.objects.get().get_absolute_url()
    page = main(web().get(made["Location"]))
    assert page.count("Vacant") == 7
    assert "Of 7 seats, vacant ones counted, 5 must be there: at least 2/3." in page
    assert "Residents&#x27; meeting, no. 3" in page
    assert "Seats, rules and mandate" in text(web().get(organisation.get_absolute_url()))


def test_only_keepers_find_the_way_to_found_one(web, hall, base):
    for viewer in (hall.town.resident, hall.town.officer, None):
        assert web(viewer).get(f"{base}new/").status_code == 403
        assert web(viewer).post(f"{base}new/", FOUND).status_code == 403


def test_a_seat_is_offered_on_the_bodys_page_and_taken_there(web, hall):
    body, member = hall.found(kind=SMALL, seats=3), hall.signing_in("Du Wei")
    url, keeper = body.get_absolute_url(), web(hall.town.worker)
    seat = body.vacant_seats().first()
    person = Person.objects.get(pk=member.person_id)
    sent = {"seat": seat.pk, "person": person.pk, "once": "a"}
    assert web(hall.town.resident).post(f"{url}offer_seat/", sent).status_code == 403
    assert keeper.post(f"{url}offer_seat/", sent).status_code == 302
    assert "Du Wei" not in main(web().get(url))
    own = web(member)
    page = main(own.get(url))
    assert "You were offered a seat here." in page
    accept = page.split('action="')[1].split('"')[0]
    assert own.post(accept, {"once": "b"}).status_code == 302
    page = main(web().get(url))
    assert ("Du Wei" in page, page.count("<b>Vacant</b>")) == (True, 2)
    again_sent = {**sent, "seat": body.vacant_seats().first().pk, "once": "c"}
    assert keeper.post(f"{url}offer_seat/", again_sent).status_code == 422


def test_who_cannot_decide_stands_on_the_page_with_the_reason(web, hall):
    body = hall.in_office(kind=SMALL, seats=5, members=3)
    assert "can decide" in main(web().get(body.get_absolute_url()))
    people.end(body.sitting().first(), by=hall.town.worker, reason="x")
    page = main(web().get(body.get_absolute_url()))
    assert "It has 2 members; such a body has 3 at least." in page


def test_terms_that_end_are_said_ahead(web, hall):
    body = hall.found(kind=SMALL, seats=3)
    today = today_in(hall.town.community)
    hall.seat(body, ends_on=today + timedelta(days=60))
    hall.seat(body, ends_on=today + timedelta(days=300))
    assert "1 term ends within 90 days with nobody to follow" in main(web().get(body.get_absolute_url()))


def test_new_rules_wait_for_a_second_person_and_old_ones_stay_on_the_page(web, hall):
    body = hall.found(kind=SMALL, seats=3)
    url, keeper, other = body.get_absolute_url(), web(hall.town.worker), web(hall.town.worker_two)
    sent = {"seats": "5", "reason": "Two more grids", "quorum": "2/3", "quorum_how": "at_least", "once": "a"}
    bad = keeper.post(f"{url}change_rules/", {**sent, "quorum": "0.6667"})
    assert (bad.status_code, "such as 2/3" in bad.content.decode()) == (422, True)
    assert keeper.post(f"{url}change_rules/", sent).status_code == 302
    assert "Waits for a second person" in main(other.get(url))
    assert "Waits for a second person" not in main(web().get(url))
    assert other.post(f"{url}change_rules/agree/", {"agree": "yes"}).status_code == 302
    page = main(web().get(url))
    assert "Of 5 seats, vacant ones counted, 4 must be there: at least 2/3." in page
    assert "Of 3 seats, vacant ones counted, 2 must be there: more than 1/2." in page
    assert "Two more grids" in page


# ---- mandates ----


def test_would_it_be_within_the_mandate_is_answered_on_the_page(web, hall):
    body = hall.granted(hall.in_office(kind=SMALL, seats=3)).body
    url, resident = body.get_absolute_url(), web(hall.town.resident)
    assert "Would this be within it?" in main(resident.get(url))
    assert "Would this be within it?" not in main(web().get(url))
    page = main(resident.get(f"{url}?matter=public_works&amount=30,000"))
    assert "Within the mandate: up to 30,000 yuan each time" in page
    page = main(resident.get(f"{url}?matter=public_works&amount=30000.01"))
    assert "The matter goes to all residents." in page
    assert "No mandate in force is about: Parking and ways." in main(resident.get(f"{url}?matter=parking"))
    for odd in ("matter=war", "matter=events&amount=x", "matter=events&amount=1e99", "matter=events&amount=NaN"):
        assert "Would this be within it?" in main(resident.get(f"{url}?{odd}"))


def test_a_mandate_is_proposed_granted_used_and_revoked_on_pages(web, hall, base):
    body = hall.in_office(kind=SMALL, seats=3)
    keeper, other = web(hall.town.worker), web(hall.town.worker_two)
    assert "It has no mandate" in main(web().get(body.get_absolute_url()))
    new = f"{base}mandates/new/?body={body.pk}"
    today = today_in(hall.town.community)
    sent = {
        "body": body.pk, "year": "100 000", "starts_on": today, "ends_on": today + timedelta(days=99), "once": "a",
    }  # fmt: skip
    answer = keeper.post(new, sent)
    assert (answer.status_code, "Name one matter at least" in answer.content.decode()) == (422, True)
    made = keeper.post(new, {**sent, "limit_public_works": "30000", "limit_events": "0", "once": "b"})
    mandate = Mandate.objects.get()
    url = mandate.get_absolute_url()
    assert made["Location"] == url
    page = main(web().get(url))
    assert ("Only proposed" in page, "up to 30,000 yuan each time" in page, "100,000 yuan" in page) == (True,) * 3
    assert keeper.post(f"{url}grant/", {**GRANTED, "granted_ref": "No. 5"}).status_code == 302
    assert other.post(f"{url}grant/agree/", {"agree": "yes"}).status_code == 302
    done = {"matter": "public_works", "what": "A ramp at no. 3", "amount": "12000", "once": "c"}
    assert keeper.post(f"{url}use/", {**done, "amount": "30001"}).status_code in (409, 422)
    assert keeper.post(f"{url}use/", done).status_code == 302
    page = main(web().get(url))
    assert ("A ramp at no. 3" in page, "12,000 yuan decided, 88,000 left" in page, "No. 5" in page) == (True,) * 3
    assert "A ramp at no. 3" in main(web().get(body.get_absolute_url()))
    assert keeper.post(f"{url}revoke/", {"ended_by": "The meeting", "reason": "New rules"}).status_code == 302
    assert other.post(f"{url}revoke/agree/", {"agree": "yes"}).status_code == 302
    assert "New rules" in main(web().get(url))
    assert "Mandates before" in main(web().get(body.get_absolute_url()))


def test_who_has_no_part_in_it_proposes_no_mandate(web, hall, base):
    body = hall.in_office(kind=SMALL, seats=3)
    for viewer in (hall.town.resident, None):
        assert web(viewer).post(f"{base}mandates/new/", {"body": body.pk}).status_code in (403, 404)


# ---- tables ----


@pytest.mark.parametrize("path", ["seats.csv?q=council", "{body}/seats.csv"])
def test_who_sits_where_is_a_table_for_everyone(web, hall, base, path):
    body = hall.in_office(kind=SMALL, seats=5, members=3, name="=Council")
    rows = web().get(base + path.format(body=body.pk)).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Body,Kind,Seat,Title,Place,Holder,First day,First day without it,Vacant since"
    assert len(rows) == 6
    assert "Member 01" in rows[1]
    assert rows[1].startswith("'=Council,Supervision committee,1,")
    assert "139" not in rows[1]
    assert web().get(base + path.format(body=body.pk).replace("csv", "xlsx")).content[:2] == b"PK"
    assert web().get(base + path.format(body=body.pk).replace("csv", "pdf")).status_code == 404


# ---- programs ----


def callers(town):
    return [Caller(town, who) for who in (town.worker, town.worker_two, town.resident, None)]


def test_over_rest_the_same_moves(hall):
    town = hall.town
    keeper, other, resident, nobody = callers(town)
    organisation = hall.organisation("Supervisors")
    given = {"organisation": str(organisation.pk), "kind": SMALL, "place": "community", "seats": 3, "founded_by": "x"}
    assert resident.post("/bodies", given).status_code == 403
    assert keeper.post("/bodies", {**given, "seats": 2}).status_code == 422
    made = keeper.post("/bodies", given)
    assert made.status_code == 201, made.content
    own = f"/bodies/{made.json()['id']}"
    for _number in range(3):
        seat = next(row for row in nobody.get(f"{own}/seats").json() if not row["holder"])
        person = hall.person()
        assert keeper.post(f"{own}/offer_seat", {"seat": seat["id"], "person": str(person.pk)}).status_code == 200
        term = person.terms.get(post=seat["post"])
        people.accept(term, by=viewer_of(term.person))
    shown = keeper.post(f"{own}/take_office", {"term_by": "Elected"}).json()
    assert (shown["state"], shown["filled"], shown["can_decide"]) == ("in_office", 3, True)
    assert (shown["quorum"]["least"], shown["decision"]["least"], shown["decision"]["of"]) == (2, 2, "seats")
    assert [row["number"] for row in nobody.get(f"{own}/seats").json()] == [1, 2, 3]
    assert keeper.post(f"{own}/change_rules", {"seats": 5, "reason": "x"}).status_code in (200, 202)
    assert other.post(f"{own}/change_rules/agree", {"agree": True}).json()["seats"] == 5
    assert [row["number"] for row in nobody.get(f"{own}/rules").json()] == [2, 1]
    assert len(nobody.get("/bodies?kind=council").json()["items"]) == 0
    assert len(nobody.get("/bodies?q=super").json()["items"]) == 1


def test_over_rest_mandates_have_the_same_moves(hall):
    keeper, other, resident, nobody = callers(hall.town)
    body = hall.in_office(kind=SMALL, seats=3)
    own, today = f"/bodies/{body.pk}", today_in(hall.town.community)
    told = {
        "body": str(body.pk), "year": 5000, "limit_events": 500, "starts_on": str(today),
        "ends_on": str(today + timedelta(days=30)),
    }  # fmt: skip
    mandate = keeper.post("/mandates", told).json()
    assert mandate["matters"] == [{"key": "events", "name": "Events", "most_fen": 50_000}]
    assert keeper.post(f"/mandates/{mandate['id']}/grant", GRANTED).status_code in (200, 202)
    assert other.post(f"/mandates/{mandate['id']}/grant/agree", {"agree": True}).json()["state"] == "in_force"
    assert nobody.get(f"{own}/within?matter=events&amount_fen=50000").json()["ok"] is True
    assert nobody.get(f"{own}/within?matter=events&amount_fen=50001").json()["ok"] is False
    assert nobody.get(f"{own}/within?matter=war").status_code == 400
    assert resident.post(f"/mandates/{mandate['id']}/use", {"matter": "events", "what": "x"}).status_code == 403
    assert keeper.post(f"/mandates/{mandate['id']}/use", {"matter": "events", "what": "Tea"}).status_code == 200
    assert nobody.get(f"/mandates/{mandate['id']}/uses").json()[0]["what"] == "Tea"
    assert len(nobody.get(f"/mandates?body={body.pk}").json()["items"]) == 1


def test_a_stranger_of_another_community_sees_nothing(web, hall, base):
    mandate, elsewhere = hall.granted(hall.in_office(kind=SMALL, seats=3)), make_town("other")
    slug = hall.town.community.slug
    for noun in (mandate, mandate.body):
        path = noun.get_absolute_url().replace(f"/{slug}/", "/other/")
        assert web(elsewhere.worker).get(path).status_code == 404
        assert web(elsewhere.worker).post(f"{path}withdraw/", {}).status_code == 404
