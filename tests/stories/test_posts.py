"""The story of two leads and four members in each grid, as those who keep the posts live it."""

import json

import pytest
from django.test import Client

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.worker import tick
from mulin.people import actions
from mulin.people.models import AccessLine, Person, Post, Term
from mulin.people.queries import viewer_of
from mulin.territory.tests.factories import entrances, grids

pytestmark = pytest.mark.usefixtures("english")


class Desk:
    """Someone with a browser, at the pages of people."""

    def __init__(self, town, viewer):
        self.client, self.base = Client(headers={"Accept-Language": "en"}), f"/{town.community.slug}/people/"
        sign_in(self.client, Person.objects.get(pk=viewer.person_id))

    def get(self, path=""):
        answer = self.client.get(self.base + path, follow=True)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def post(self, path, **asked):
        answer = self.client.post(self.base + path, {"once": path, **asked})
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]


def say_phone(town, who, number):
    """Give someone a number, so that they can be found by name and number."""
    person = Person.objects.get(pk=who.person_id)
    return actions.correct(person, by=town.worker, phone=number)


@pytest.mark.story("B1")
def test_the_desk_opens_a_post_sees_it_vacant_fills_it_and_hands_it_over(town):
    desk, wang, zhao = Desk(town, town.worker), Desk(town, town.resident), Desk(town, town.neighbour)
    say_phone(town, town.resident, "13900000001")
    say_phone(town, town.neighbour, "13900000002")
    door = entrances(town.community)[0]
    desk.post("posts/new/", kind=town.kinds["entrance_lead"].pk, place=f"entrance:{door.pk}")
    post = Post.objects.get(place_id=door.pk)
    assert "Vacant" in Client(headers={"Accept-Language": "en"}).get(desk.base + "?vacant=1").content.decode()

    desk.post(f"posts/{post.pk}/offer/", post=post.pk, name="Wang", phone="13900000001")
    term = Term.objects.get(post=post)
    wang.post(f"terms/{term.pk}/accept/")
    assert viewer_of(Person.objects.get(name="Wang")).can("cases.lead")

    desk.post(f"terms/{term.pk}/hand_over/", name="Zhao", phone="13900000002")
    following = Term.objects.get(post=post, person__name="Zhao")
    zhao.post(f"terms/{following.pk}/accept/")
    assert following.starts_on == term.ends_on
    guest = Client(headers={"Accept-Language": "en"}).get(desk.base).content.decode()
    assert "then Zhao, from" in guest
    assert "1390000" not in guest

    clock.set(clock.now().replace(year=clock.now().year + 1, month=12, day=31))
    tick()
    assert not viewer_of(Person.objects.get(name="Wang")).can("cases.lead")
    assert viewer_of(Person.objects.get(name="Zhao")).can("cases.lead")
    page = desk.get(f"posts/{post.pk}/")
    assert page.index("Zhao") < page.index("Wang")


@pytest.mark.story("B1")
def test_a_program_opens_fills_and_counts_the_posts_of_every_grid(town):
    desk, wang = Caller(town, town.worker), Caller(town, town.resident)
    grid = grids(town.community)[0]
    for key in ("group_lead", "mediator", "safety", "sanitation", "supervisor"):
        made = desk.post("/posts", {"kind": str(town.kinds[key].pk), "place": f"grid:{grid.pk}"})
        assert made.status_code == 201, made.content
        assert made.json()["vacant_since"]
    post = made.json()
    vacant = desk.get(f"/posts?vacant=true&place={grid.pk}").json()["items"]
    assert len(vacant) == 5
    asked = {"post": post["id"], "person": str(town.resident.person_id)}
    term = desk.post("/terms", asked)
    assert term.status_code == 201, term.content
    assert wang.post(f"/terms/{term.json()['id']}/accept").json()["state"] == "held"
    shown = Caller(town).get(f"/posts/{post['id']}").json()
    assert (shown["holders"], shown["vacant_since"], shown["moves"]) == (["Wang"], None, [])
    kinds = {
        row["key"]: (row["posts"], row["filled"], row["vacant"]) for row in desk.get("/post-kinds").json()["items"]
    }
    assert (kinds["supervisor"], kinds["mediator"], kinds["auditor"]) == ((1, 1, 0), (1, 0, 1), (0, 0, 0))
    assert desk.post(f"/posts/{post['id']}/close").status_code == 409
    assert desk.post(f"/posts/{post['id']}/rename", {"title": "Watcher"}).json()["title"] == "Watcher"
    assert wang.post("/posts", {"kind": str(town.kinds["safety"].pk), "place": "community"}).status_code == 403


@pytest.mark.story("H14")
def test_a_retired_man_founds_a_calligraphy_society_and_the_desk_registers_it(town):
    wang, desk = Caller(town, town.resident), Desk(town, town.worker)
    asked = {"kind": "interest_group", "name": "Calligraphy", "about": "Every Saturday in the activity room."}
    made = wang.post("/organisations", asked)
    assert made.status_code == 201, made.content
    assert made.json()["contact"] == "Wang"
    assert Caller(town).get("/organisations").json()["items"] == []
    desk.post(f"organisations/{made.json()['id']}/register/")
    assert [row["name"] for row in Caller(town).get("/organisations?kind=interest_group").json()["items"]] == [
        "Calligraphy"
    ]
    assert "Every Saturday" in desk.get(f"organisations/{made.json()['id']}/")


def test_the_register_over_rest_asks_for_two_things_and_notes_who_looked(town):
    say_phone(town, town.resident, "13900000001")
    desk = Caller(town, town.worker)
    assert desk.get("/persons?name=Wang").status_code == 422
    found = desk.get("/persons?name=Wang&phone=13900000001").json()["items"]
    assert [(one["name"], one["phone"]) for one in found] == [("Wang", "139****0001")]
    assert not AccessLine.objects.exists()
    assert desk.get(f"/persons/{town.resident.person_id}").json()["has_account"]
    assert AccessLine.objects.get().subject_id == town.resident.person_id
    made = desk.post("/persons", {"name": "Sun", "phone": "13900000003", "kind": "resident"})
    assert made.status_code == 201, made.content
    corrected = desk.post(f"/persons/{made.json()['id']}/correct", {"name": "Sun Lihua"})
    assert corrected.json()["name"] == "Sun Lihua", json.dumps(corrected.json())
    assert Caller(town, town.officer).get("/persons?name=Wang&phone=13900000001").json()["items"] == []
