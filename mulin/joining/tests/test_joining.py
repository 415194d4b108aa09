"""Two entries of one person become one: nothing is lost, nobody gets anything unseen, and two people look at it."""

import json

import pytest

from mulin.cases.models import Case
from mulin.households.models import Membership
from mulin.joining import actions, queries
from mulin.joining.models import Joining
from mulin.journal.models import Detail
from mulin.journal.verify import verify
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.participation import actions as participation
from mulin.participation.models import Affiliation, Talent
from mulin.people import actions as people
from mulin.people.models import AccessLine, Person, Term
from mulin.people.queries import viewer_of
from mulin.privacy import actions as privacy
from mulin.privacy.models import Consent
from mulin.privacy.queries import known
from mulin.privacy.tests.walks import purpose_of

PHONE = "13912340002"


@pytest.fixture
def entry(homes):
    """Someone of the register without an account, who is the town's resident Wang."""
    return homes.someone("Wang", PHONE)


def again(noun):
    return type(noun).objects.get(pk=noun.pk)


def propose(homes, stays, gone, by=None):
    return actions.propose(by=by or homes.town.worker, community=homes.community, stays=stays, gone=gone)


def joined(homes, stays, gone):
    return actions.join(propose(homes, stays, gone), by=homes.town.worker_two)


def wang(homes):
    return homes.person(homes.resident)


# ---- Two people decide ----


def test_who_proposed_it_does_not_join_them(homes, entry):
    joining = propose(homes, wang(homes), entry)
    with pytest.raises(Refused, match="a second person"):
        actions.join(joining, by=homes.town.worker)
    actions.join(joining, by=homes.town.worker_two)
    assert again(entry).state == "joined"


def test_nobody_joins_their_own_entries(homes):
    me = homes.person(homes.town.worker)
    with pytest.raises(Refused, match="neither of the two"):
        propose(homes, me, homes.someone("Zhou"))


def test_a_neighbour_may_neither_propose_nor_see_it(homes, entry):
    with pytest.raises(Refused, match="keeps the register"):
        propose(homes, wang(homes), entry, by=homes.neighbour)
    joining = propose(homes, wang(homes), entry)
    assert not Joining.objects.visible_to(homes.neighbour).filter(pk=joining.pk).exists()


def test_where_both_sign_in_the_one_whose_account_ends_says_yes_first(homes):
    joining = propose(homes, wang(homes), homes.person(homes.neighbour))
    with pytest.raises(Refused, match="a yes where both sign in"):
        actions.join(joining, by=homes.town.worker_two)
    with pytest.raises(Refused):
        actions.agree(joining, by=homes.resident)
    joining = actions.agree(joining, by=homes.neighbour)
    actions.join(joining, by=homes.town.worker_two)
    assert again(joining).state == "joined"
    assert wang(homes).account_id == homes.resident.account_id


def test_who_is_asked_may_say_that_they_are_two(homes):
    joining = propose(homes, wang(homes), homes.person(homes.neighbour))
    assert actions.part(joining, by=homes.neighbour).state == "apart"
    assert not Joining.objects.visible_to(homes.neighbour).exists()


def test_what_changed_since_the_page_was_shown_is_shown_again(homes, entry):
    joining = propose(homes, wang(homes), entry)
    seen = queries.stamp(joining.gone, joining.stays)
    homes.own(0, person=entry)
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.join(joining, by=homes.town.worker_two, seen=seen)
    assert again(entry).state == "here"


# ---- Nothing is lost ----


def test_everything_goes_over_to_the_one_that_stays(homes, entry):
    town, stays = homes.town, wang(homes)
    place = {"place_kind": "building", "place_id": homes.house.pk}
    post = people.add_post(by=SYSTEM, community=homes.community, kind=town.kinds["building_lead"], **place)
    people.accept(people.offer(by=SYSTEM, post=post, person=entry), by=viewer_of(entry))
    homes.own(0, person=entry)
    home = homes.home(1)
    homes.admit(home, person=entry)
    child = homes.someone("Wang Xiao", born_on=None)
    people.reveal(entry, by=town.worker, reason="to call")
    joined(homes, stays, entry)
    stays = again(stays)
    assert set(Term.objects.filter(post=post).values_list("person", flat=True)) == {stays.pk}
    assert stays.ownerships_as_owner.count() == 1
    assert stays.memberships.get().household_id == home.pk
    assert AccessLine.objects.filter(subject=stays, what="contact").exists()
    assert (stays.phone, stays.entrance_id, stays.account_id) == (PHONE, homes.entrance.pk, homes.resident.account_id)
    assert again(child).state == "here"
    assert "cases.lead" in viewer_of(stays).capabilities


def test_the_closed_entry_stays_for_the_log_and_every_row_that_moved_has_a_line(homes, entry):
    owned = homes.own(0, person=entry)
    joined(homes, wang(homes), entry)
    gone = again(entry)
    assert (gone.state, gone.joined_into_id, gone.account_id) == ("joined", homes.resident.person_id, None)
    line = json.loads(Detail.objects.filter(noun_id=owned.pk).latest("seq").body)
    assert (line["verb"], line["to"]) == ("carry", owned.state)
    assert set(line["details"]) == {"field", "from", "to"}
    assert verify(homes.community.pk).ok


def test_the_account_moves_when_the_entry_that_signs_in_is_closed(homes, entry):
    account = homes.resident.account_id
    joined(homes, entry, wang(homes))
    assert again(entry).account_id == account
    assert viewer_of(again(entry)).account_id == account


def test_reports_are_still_ones_own(homes, entry):
    case = homes.town.report(by=homes.resident)
    joined(homes, entry, wang(homes))
    case = Case.objects.get(pk=case.pk)
    assert (case.reporter_id, case.reporter_account) == (entry.pk, homes.resident.account_id)


def test_who_acted_as_the_closed_entry_is_known_as_the_one_that_stays(homes, entry):
    joined(homes, wang(homes), entry)
    assert viewer_of(again(entry)).person_id == homes.resident.person_id


def test_an_entry_joined_earlier_points_to_the_one_that_stays_in_the_end(homes, entry):
    third = homes.someone("Wang", "13912340003")
    joined(homes, entry, third)
    joined(homes, wang(homes), again(entry))
    assert again(third).joined_into_id == homes.resident.person_id


def test_what_the_closed_entry_held_is_told_to_its_person(homes, entry):
    joined(homes, wang(homes), entry)
    told = {model: rows for model, _title, rows in known(homes.resident.account_id)}
    assert any(PHONE in row.text for row in told["people.Person"])
    assert len(told["joining.Joining"]) == 1


# ---- Where only one can be ----


def test_of_two_places_in_one_household_the_confirmed_one_stays(homes, entry):
    home = homes.home(0)
    homes.admit(home, person=entry)
    homes.declare(homes.resident, 0)
    joined(homes, wang(homes), entry)
    left = Membership.objects.filter(household=home, state="member")
    assert [row.person_id for row in left] == [homes.resident.person_id]
    assert Membership.objects.filter(household=home, state="left").count() == 1


def test_of_two_main_homes_one_becomes_the_second(homes, entry):
    homes.home(0, homes.resident)
    homes.admit(homes.home(1), person=entry)
    joined(homes, wang(homes), entry)
    mine = Membership.objects.filter(person=homes.resident.person_id, state="member")
    assert sorted(mine.values_list("is_main", flat=True)) == [False, True]


def test_two_shares_of_one_door_are_put_together_first(homes, entry):
    homes.own(0, person=entry, share=(1, 2))
    homes.own(0, person=wang(homes), share=(1, 2))
    with pytest.raises(Refused, match="nothing that only one can have"):
        joined(homes, wang(homes), entry)
    assert any("101" in words for words in people.in_the_way(entry, wang(homes)))


def test_who_stands_for_the_other_is_not_the_other(homes, entry):
    owned = homes.own(0, person=entry)
    proxy = homes.give(owned, wang(homes))
    with pytest.raises(Refused):
        joined(homes, wang(homes), entry)
    from mulin.households import actions as households

    households.revoke(proxy, by=homes.keeper)
    actions.join(Joining.objects.get(), by=homes.town.worker_two)
    assert again(proxy).person_id == entry.pk  # it ended between the two, and stays so


def test_private_rows_give_way_without_telling_anybody(homes, entry):
    organisation = people.add_organisation(by=SYSTEM, community=homes.community, kind="volunteer_team", name="Helpers")
    for viewer in (homes.resident, viewer_of(entry)):
        participation.declare(by=viewer, community=homes.community, organisation=organisation)
        participation.share(by=viewer, community=homes.community, title="Erhu", kind="music")
    privacy.load_purposes(homes.community, privacy.PACK)
    for who in (wang(homes), entry):
        purpose = purpose_of(homes.community)
        privacy.give(by=homes.keeper, community=homes.community, purpose=purpose, person=who, way="paper")
    assert people.in_the_way(entry, wang(homes)) == []
    joined(homes, wang(homes), entry)
    me = homes.resident.person_id
    assert Affiliation.objects.get(state="active").person_id == me
    assert Talent.objects.get(state="offered").person_id == me
    assert Consent.objects.get(state="given").person_id == me


def test_under_fourteen_and_an_account_do_not_become_one(homes):
    from datetime import date

    child = homes.someone("Wang", born_on=date(2025, 1, 1))
    with pytest.raises(Refused):
        joined(homes, wang(homes), child)
    assert "under 14" in people.in_the_way(child, wang(homes))[0]


# ---- Who may be entered twice ----


def test_same_number_and_same_door_are_found_and_the_surest_comes_first(homes):
    people.correct(wang(homes), by=homes.keeper, phone=PHONE)
    same, other = homes.someone("Wang", "13912340009"), homes.someone("Li", PHONE)
    people.correct(same, by=homes.keeper, phone=PHONE)
    home = homes.home(0)
    one, two = homes.someone("Sun", "13912340011"), homes.someone("Sun", "13912340012")
    homes.admit(home, person=one)
    homes.admit(home, person=two)
    found = queries.likely(homes.keeper, homes.community)
    assert [pair.why for pair in found] == ["both", "door", "phone", "phone"]
    assert found[0].stays.pk == homes.resident.person_id
    assert {found[1].stays.pk, found[1].gone.pk} == {one.pk, two.pk}
    assert other.pk in {found[2].gone.pk, found[3].gone.pk}


def test_who_is_told_apart_is_not_found_again(homes):
    people.correct(wang(homes), by=homes.keeper, phone=PHONE)
    other = homes.someone("Li", PHONE)
    assert len(queries.likely(homes.keeper, homes.community)) == 1
    actions.tell_apart(by=homes.keeper, community=homes.community, stays=wang(homes), gone=other)
    assert queries.likely(homes.keeper, homes.community) == []


def test_only_who_keeps_the_register_finds_anybody(homes):
    people.correct(wang(homes), by=homes.keeper, phone=PHONE)
    homes.someone("Li", PHONE)
    assert queries.likely(homes.resident, homes.community) == []


def test_a_joined_entry_is_found_by_no_search_and_no_table(homes, entry):
    from mulin.people.queries import search

    joined(homes, wang(homes), entry)
    rows = Person.objects.visible_to(homes.keeper)
    assert [found.pk for found in search(rows, name="Wang", phone=PHONE)] == [homes.resident.person_id]
