"""The story of a compound where most came from elsewhere: who lives here is a resident, whoever owns may vote."""

import pytest

from mulin.households import queries
from mulin.households.models import Membership, Ownership
from mulin.households.tests.factories import Homes
from mulin.people.figures import masked, today_in

from .conftest import Web, done

pytestmark = pytest.mark.usefixtures("english")


def at(homes, number, **more):
    return {"building": str(homes.house.pk), "entrance": "", "door": homes.doors[number].name, **more}


@pytest.mark.story("C11")
def test_who_lives_here_is_a_resident_and_only_owners_stand_on_the_roll(town, door):
    homes = Homes(town)
    desk, wang, zhao = door(town, town.worker), door(town, town.resident), door(town, town.neighbour)
    for who in (wang, zhao):  # a family from another province, in a rented flat
        said = who.make("declarations", **at(homes, 0, relation="tenant"))
        assert not done(who.move(said, "confirm", "declarations" if door is Web else "memberships"))
        assert done(desk.move(said, "confirm", "memberships"))
    owned = desk.make(
        "ownerships", at=f"households/doors/{homes.doors[0].pk}/owner/", share="1", is_delivered=True,
        owner_name="王业主", owner_phone="13911112222", **({} if door is Web else at(homes, 0)),
    )  # fmt: skip

    board = queries.board(homes.house)
    assert (board.counts["people"], board.counts["lived_in"]) == (2, 1)
    roll = queries.owners_roll(town.community, today_in(town.community))
    assert [(row.owner_name, row.door.split()[-1]) for row in roll] == [("王业主", str(homes.doors[0]).split()[-1])]
    owner = Ownership.objects.get(pk=owned).person
    assert owner.pk not in {town.resident.person_id, town.neighbour.person_id}
    assert not Membership.objects.filter(person=owner).exists()

    seen = counted(desk, homes)
    assert seen["people"] == 2
    assert seen["owners"] == ["王业主"]
    for who in (wang, zhao):
        assert who.status(owned, "ownerships") == 404


def counted(desk, homes):
    """Return how many live behind the first door, and whom the roll names there, as the desk sees both."""
    if isinstance(desk, Web):
        page = desk.open(f"households/buildings/{homes.house.pk}/").content.decode()
        roll = desk.open("households/owners/").content.decode()
        owners = [name for name in ("王业主", "Wang", "Zhao") if masked(name) in roll]  # as in every list
        return {"people": 2 if "2 persons" in page else None, "owners": owners}
    homes_shown = desk.open(f"households?door={homes.doors[0].name}").json()["items"]
    roll = desk.open("ownerships").json()["items"]
    full = [desk.open(f"ownerships/{row['id']}").json()["owner"] for row in roll]
    return {"people": sum(row["members"] for row in homes_shown), "owners": full}


@pytest.mark.story("C11")
def test_an_owner_who_moves_in_is_both_and_one_who_moves_out_stays_on_the_roll(town, door):
    homes = Homes(town)
    desk, wang = door(town, town.worker), door(town, town.resident)
    homes.own(0, person=homes.person(town.resident))
    said = wang.make("declarations", **at(homes, 0, relation="head"))
    assert done(desk.move(said, "confirm", "memberships"))
    assert queries.board(homes.house).counts["people"] == 1
    assert done(wang.move(said, "leave", "memberships"))
    assert queries.board(homes.house).counts["people"] == 0
    roll = queries.owners_roll(town.community, today_in(town.community))
    assert [row.owner for row in roll] == [town.resident.person_id]


@pytest.mark.story("C11")
def test_nothing_asks_where_somebody_is_registered(town, door):
    who = door(town, town.resident)
    if door is Web:
        asked = (
            who.open("households/declare/").content.decode() + who.open("take-part/registrations/new/").content.decode()
        )
        assert 'name="relation"' in asked
    else:
        asked = who.client.get("/api/v1/openapi.json").content.decode()
        assert '"relation"' in asked
    for word in ("hukou", "户籍", "registered_at", "native_place"):
        assert word not in asked
