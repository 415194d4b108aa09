"""The stories of keepers, members, groups, talents and signs, each through the pages and over the API."""

from datetime import timedelta

import pytest

from mulin.kernel import clock
from mulin.kernel.worker import drain, tick
from mulin.participation import queries
from mulin.participation.models import Affiliation, Claim
from mulin.participation.tests.walks import organisation
from mulin.territory.tests.factories import entrances

from .conftest import done

pytestmark = pytest.mark.usefixtures("english")


def later(days):
    clock.advance(timedelta(days=days))
    tick()
    drain()


@pytest.mark.story("B16")
def test_a_neighbour_keeps_the_stairs_for_a_term_and_another_follows(town, door):
    desk, wang, zhao = door(town, town.worker), door(town, town.resident), door(town, town.neighbour)
    place = entrances(town.community)[0]
    asked = {"title": "Keep the stairs", "place": f"entrance:{place.pk}", "duties": "Sweep", "term_days": "90"}
    claim = desk.make("claims", begin_days=14, **asked)
    assert done(wang.move(claim, "claim", "claims"))
    assert not done(zhao.move(claim, "claim", "claims"))
    assert done(wang.move(claim, "keep", "claims"))
    assert done(zhao.move(claim, "join", "claims", role="stand_in"))
    assert "Wang" in zhao.sees(claim, "claims")
    assert "Wang" not in door(town).sees(claim, "claims")
    told = queries.keepers_of(town.resident, town.community, [place.pk])[place.pk][0]
    assert (told.holder.name, told.parties_now[0].person.name) == ("Wang", "Zhao")
    later(61)  # thirty days before its end
    qian = door(town, town.worker_two)
    assert done(qian.move(claim, "be_next", "claims"))
    later(30)
    row = Claim.objects.get(pk=claim)
    assert (row.state, row.holder_id) == ("claimed", town.worker_two.person_id)


@pytest.mark.story("H13")
def test_a_member_says_so_is_placed_moves_on_and_is_counted_once(town, door):
    first = organisation(town, "Third grid", "party_branch", town.worker_two)
    other = organisation(town, "Fifth grid", "party_branch", town.officer)
    wang, contact, next_one = (door(town, who) for who in (town.resident, town.worker_two, town.officer))
    made = wang.make("affiliations", kind="party_branch")  # which branch it is, the member does not know
    assert queries.coverage_of(town.community)
    assert done(wang.move(made, "place", "affiliations", organisation=str(first.pk)))
    assert door(town, town.neighbour).status(made, "affiliations") == 404
    assert done(contact.move(made, "approve", "affiliations"))
    assert done(wang.move(made, "transfer", "affiliations", organisation=str(other.pk)))
    moved = Affiliation.objects.get(state="declared")
    assert not done(contact.move(moved.pk, "approve", "affiliations"))
    assert done(next_one.move(moved.pk, "approve", "affiliations"))
    states = Affiliation.objects.order_by("created_at").values_list("organisation__name", "state")
    assert list(states) == [("Third grid", "moved"), ("Fifth grid", "active")]


@pytest.mark.story("H14")
def test_a_talent_is_offered_found_and_taken_back(town, door):
    wang, zhao = door(town, town.resident), door(town, town.neighbour)
    made = wang.make("talents", title="Calligraphy", kind="craft", words="Saturdays", audience="community")
    listed = "take-part/talents/" if hasattr(zhao, "send") else "talents"
    assert "Calligraphy" in zhao.open(f"{listed}?q=calli").content.decode()
    assert "Calligraphy" not in door(town).open(f"{listed}?q=calli").content.decode()
    assert not done(zhao.move(made, "unshare", "talents"))
    assert done(wang.move(made, "unshare", "talents"))
    assert zhao.status(made, "talents") == 404


@pytest.mark.story("H14")
def test_a_retired_man_founds_a_group_and_leads_it_once_it_is_registered(town, door):
    wang, desk, guest = door(town, town.resident), door(town, town.worker), door(town)
    asked = {"kind": "interest_group", "name": "Calligraphy", "about": "Every Saturday in the activity room."}
    made = wang.make("organisations", **asked)
    assert guest.status(made, "organisations") == 404
    assert not done(wang.move(made, "register", "organisations"))
    assert done(desk.move(made, "register", "organisations"))
    assert "Every Saturday" in guest.sees(made, "organisations")
    zhao = door(town, town.neighbour)
    zhao.make("affiliations", organisation=made)
    assert Affiliation.objects.get().person_id == town.neighbour.person_id
    assert "Wang" in zhao.sees(made, "organisations")


@pytest.mark.story("B6")
def test_a_sign_is_put_up_and_taken_down_by_oneself_alone(town, door):
    wang, zhao, desk = door(town, town.resident), door(town, town.neighbour), door(town, town.worker)
    made = wang.make("signs", kind="volunteer", scope="person", on_page=True)
    assert "Volunteer" in zhao.sees(made, "signs")
    for other in (zhao, desk):
        assert not done(other.move(made, "take_down", "signs"))
    assert done(wang.move(made, "take_down", "signs"))
    assert zhao.status(made, "signs") == 404


@pytest.mark.story("B1")
def test_a_grid_has_its_posts_and_shows_which_are_vacant(town, door):
    desk, guest = door(town, town.worker), door(town)
    grid = town.where().grid
    for key in ("group_lead", "mediator", "safety", "sanitation", "supervisor"):
        desk.make("posts", kind=str(town.kinds[key].pk), place=f"grid:{grid.pk}")
    is_web = hasattr(desk, "send")
    vacant = guest.open("people/?vacant=1" if is_web else f"posts?vacant=true&place={grid.pk}")
    if is_web:
        assert vacant.content.decode().count("Vacant") >= 5
    else:
        assert len(vacant.json()["items"]) == 5
