"""How the laws of every flow walk through the lives of homes."""

from mulin.households import actions
from mulin.households.tests.factories import BORN, Homes
from mulin.kernel import clock
from mulin.kernel.viewer import NOBODY
from mulin.people.figures import today_in

ANSWERS = {
    "entrance": "",
    "share": "1/2",
    "door": "301",
    "owner_name": "新业主",
    "owner_phone": "13911112222",
    "organisation": "",
}


def household_walk(town, pick):
    homes = Homes(town)
    homes.door("301")
    members = pick([[], [town.resident], [town.resident, town.neighbour]])
    home = homes.home(0, *members)
    if pick([True, False]):
        homes.declare(town.officer)
    return home, [NOBODY]


def membership_walk(town, pick):
    homes = Homes(town)
    home = homes.home(0, town.neighbour)
    if pick([True, False]):
        return homes.admit(home, name="奶奶", relation="grandparent"), [NOBODY]
    if pick([True, False]):
        said = homes.declare(town.resident, is_second=pick([True, False]))
        clock.set(pick([clock.now(), said.rings_at]))
        return said, [NOBODY]
    homes.home(1, town.resident)  # another home before
    return homes.declare(town.resident), [NOBODY]


def guardian_walk(town, pick):
    homes = Homes(town)
    home = homes.home(0, town.resident)
    turns = today_in(town.community).replace(month=1, day=1)
    child = homes.someone("小王", born_on=turns.replace(year=turns.year - pick([5, 15, 17])))
    named = actions.name(
        by=homes.keeper, community=town.community, child=child, guardian=homes.person(town.resident)
    )  # fmt: skip
    if pick([True, False]):
        other = homes.someone("祖母", born_on=BORN)
        second = actions.name(by=homes.keeper, community=town.community, child=child, guardian=other)
        actions.consent(second, by=homes.keeper, words="同意", how="paper")
        homes.admit(home, person=child)
    return named, [NOBODY]


def ownership_walk(town, pick):
    homes = Homes(town)
    organisation = {"organisation": homes.firm()} if pick([True, False]) else {}
    owned = homes.own(share=pick([(1, 1), (1, 2)]), is_delivered=pick([True, False]), **organisation)
    if pick([True, False]):
        homes.give(owned, homes.person(town.neighbour))
    return owned, [NOBODY]


def proxy_walk(town, pick):
    homes = Homes(town)
    owned = homes.own(person=homes.person(town.resident))
    given = homes.give(
        owned, homes.person(town.neighbour), by=pick([town.resident, homes.keeper]), days=pick([1, 9, 60]),
        is_for_all=pick([True, False]),
    )  # fmt: skip
    if pick([True, False]):
        clock.set(given.rings_at)
    return given, [NOBODY]


WALKS = {
    "households.Household": household_walk, "households.Membership": membership_walk,
    "households.Guardian": guardian_walk, "households.Ownership": ownership_walk, "households.Proxy": proxy_walk,
}  # fmt: skip
