"""Rolls and proxies: who counts with what, who may cast for whom, and what the rules forbid."""

import pytest

from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.queries import viewer_of
from mulin.votes import actions
from mulin.votes.figures import least, masked_unit
from mulin.votes.models import Ballot, RollOwner
from mulin.votes.queries import Gauge, quorum
from mulin.votes.tests.walks import again, until_day


def heads(vote):
    return list(vote.entries.order_by("key").values_list("heads", "area"))


def test_joint_owners_are_one_head_and_several_homes_of_one_owner_too(polls, town):
    one, other = (polls.homes.person(each) for each in (town.resident, town.neighbour))
    polls.homes.own(0, person=one, share=(1, 2), is_delivered=True)
    polls.homes.own(0, person=other, share=(1, 2), is_delivered=True)
    polls.homes.own(1, person=one, is_delivered=True)
    polls.homes.own(2, person=one, is_delivered=True)
    vote = polls.noticed()
    assert sorted(heads(vote)) == [(1, 8950), (1, 17900)]
    shared = vote.entries.get(area=8950)
    assert [owner.speaks for owner in shared.owners.all()] == [False, False]


def test_what_was_not_handed_over_is_one_head_of_the_developer(polls, town):
    firm = polls.homes.firm()
    polls.homes.own(0, person=polls.homes.person(town.resident), is_delivered=True)
    polls.homes.own(1, organisation=firm)
    polls.homes.own(2, organisation=firm)
    vote = polls.noticed()
    assert sorted(heads(vote)) == [(1, 8950), (1, 17900)]
    behind = RollOwner.objects.get(entry__vote=vote, entry__area=17900)
    assert (behind.organisation, behind.speaks) == (firm, True)


def test_homes_that_nobody_is_known_to_own_are_a_head_each_so_that_turnout_is_never_flattered(polls, town):
    polls.homes.own(0, person=polls.homes.person(town.resident), is_delivered=True)
    vote = polls.noticed()
    assert sorted(heads(vote)) == [(1, 8950)] * 3
    assert vote.entries.filter(reached=False).count() == 2


def test_who_speaks_for_the_developer_casts_its_ballot(polls, town):
    from mulin.people.models import Person

    firm = people.add_organisation(
        by=SYSTEM, community=town.community, kind="firm", name="Builder",
        contact=Person.objects.get(pk=town.neighbour.person_id),
    )  # fmt: skip
    for number in (0, 1, 2):
        polls.homes.own(number, organisation=firm)
    vote = polls.opened()
    polls.cast(vote, town.neighbour, "no")
    assert Ballot.objects.get().entry.area == 3 * 8950


def test_a_vote_of_one_house_asks_its_owners_alone(polls, town):
    from mulin.territory.models import Building

    polls.owners()
    other = Building.objects.exclude(pk=polls.homes.house.pk).filter(community=town.community).first()
    vote = polls.prepare(place=("building", other.pk, str(other)))
    with pytest.raises(Refused, match="Nobody would be on the roll"):
        actions.notice(vote, by=town.worker)
    here = polls.noticed(place=("building", polls.homes.house.pk, str(polls.homes.house)))
    assert here.entries.count() == 2


def test_households_have_one_vote_each_that_any_adult_casts(polls, town):
    polls.homes.home(0, town.resident, town.neighbour)
    polls.homes.home(1, town.officer)
    vote = polls.opened("households-agree", opens=3)
    assert vote.entries.count() == 2
    polls.cast(vote, town.resident, "no")
    polls.cast(vote, town.neighbour, "yes")
    polls.cast(vote, town.officer, "yes")
    vote = polls.over(vote)
    assert (vote.outcome, vote.result["totals"][0]["yes"]) == ("adopted", 2)


def test_residents_vote_each_for_themself_and_children_do_not(polls, town):
    home = polls.homes.home(0, town.resident, town.neighbour)
    polls.homes.admit(home, name="小明", relation="child")
    vote = polls.opened("residents-agree", opens=3)
    assert vote.entries.count() == 2


def test_one_of_several_is_chosen(polls, town):
    for number, viewer in enumerate((town.resident, town.neighbour, town.officer)):
        polls.homes.home(number, viewer)
    vote = polls.opened("households-choose", opens=3, options=("Lamps", "Benches", "Trees"))
    for viewer, key in ((town.resident, "2"), (town.neighbour, "2"), (town.officer, "1")):
        polls.cast(vote, viewer, "", options=[key])
    with pytest.raises(Refused, match="Choose from one to 1"):
        polls.cast(vote, town.resident, "", options=["1", "2"])
    with pytest.raises(Refused, match="Choose from one to 1"):
        polls.cast(vote, town.resident, "", options=["9"])
    vote = polls.over(vote)
    assert (vote.outcome, vote.result["elected"]) == ("elected", ["2"])


def test_an_owner_who_moved_away_stays_on_the_roll_and_votes(polls, town):
    polls.owners()
    people.move_away(polls.homes.person(town.resident), by=town.worker)
    vote = polls.opened()
    gone = viewer_of(polls.homes.person(town.resident))
    assert gone.is_guest
    polls.cast(vote, gone)
    assert Ballot.objects.get().entry.key == "R-0001"


# ---- proxies ----


@pytest.fixture
def lent(polls, town):
    """Four owners gave their proxies to the officer."""
    owners = [polls.owner(name, f"30{at}") for at, name in enumerate(("Ai", "Bo", "Cai", "Dong"), 1)]
    polls.owners()
    holder = polls.homes.person(town.officer)
    for viewer in owners:
        polls.homes.give(polls.homes.person(viewer).ownerships_as_owner.get(), holder, days=60)
    return polls.opened(), owners


def keys(vote, owners):
    return [vote.entries.get(owners__person=owner.person_id).key for owner in owners]


def test_a_proxy_votes_for_at_most_as_many_as_the_rules_let(polls, town, lent):
    vote, owners = lent
    first, second, third, fourth = keys(vote, owners)
    for key in (first, second, third):
        polls.cast(vote, town.officer, "yes", entry=key)
    polls.cast(vote, town.officer, "no", entry=first)  # again for the same one
    with pytest.raises(Refused, match="Say for which entry"):
        polls.cast(vote, town.officer, "yes", entry=fourth)
    assert {row.proxy for row in Ballot.objects.all()} == {"P-001"}
    vote = polls.over(vote)
    assert vote.result["counted"] == 3


def test_once_the_owner_has_voted_a_proxy_changes_nothing(polls, town, lent):
    vote, owners = lent
    key = keys(vote, owners)[0]
    polls.cast(vote, town.officer, "no", entry=key)
    polls.cast(vote, owners[0], "yes")
    with pytest.raises(Refused, match="Say for which entry"):
        polls.cast(vote, town.officer, "no", entry=key)
    assert Ballot.objects.latest("number").choices == ["yes"]


def test_nobody_of_the_property_firm_holds_proxies(polls, town, lent):
    vote, owners = lent
    people.add_organisation(
        by=SYSTEM, community=town.community, kind="property_firm", name="Managers",
        contact=polls.homes.person(town.officer),
    )  # fmt: skip
    with pytest.raises(Refused, match="whoever may vote here"):
        polls.cast(vote, town.officer, entry=keys(vote, owners)[0])


def test_a_proxy_of_one_home_does_not_speak_for_an_owner_of_two(polls, town):
    polls.owners()
    wang = polls.homes.person(town.resident)
    polls.homes.give(wang.ownerships_as_owner.first(), polls.homes.person(town.officer), days=60)
    vote = polls.opened()
    with pytest.raises(Refused, match="whoever may vote here"):
        polls.cast(vote, town.officer, entry="R-0001")
    polls.homes.give(wang.ownerships_as_owner.last(), polls.homes.person(town.officer), days=60)
    polls.cast(vote, town.officer, entry="R-0001")


def test_a_proxy_that_has_ended_lets_nobody_vote(polls, town):
    polls.owners()
    wang = polls.homes.person(town.resident)
    for owned in wang.ownerships_as_owner.all():
        polls.homes.give(owned, polls.homes.person(town.officer), days=16)
    vote = polls.opened()
    until_day(vote, polls.day(1))
    with pytest.raises(Refused, match="whoever may vote here"):
        polls.cast(again(vote), town.officer, entry="R-0001")


# ---- small arithmetic ----


def test_doors_are_masked():
    assert masked_unit("12号楼2门 301") == "12号楼2门 3**"
    assert masked_unit("1号楼 甲") == "1号楼 甲*"


@pytest.mark.parametrize(
    ("num", "den", "strict", "base", "needed"),
    [(2, 3, False, 37, 25), (2, 3, True, 37, 25), (2, 3, False, 36, 24), (2, 3, True, 36, 25), (1, 2, True, 10, 6)],
)
def test_the_least_that_is_enough_is_exact(num, den, strict, base, needed):
    assert least(num, den, strict, base) == needed


def test_the_gauge_says_what_is_missing_by_each_measure(polls, town):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    by_heads, by_area = quorum(vote)
    assert (by_heads.now, by_heads.whole, by_heads.needed, by_heads.is_met) == (1, 2, 2, False)
    assert (by_area.now, by_area.whole, by_area.needed, by_area.is_met) == (17900, 26850, 17900, True)
    assert by_area.missing == "0.00 m²"
    assert Gauge("heads", 5, 0, 0).fill == 0
