"""Who owns what: shares that add up, transfers, proxies, and the roll."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.households import actions, figures
from mulin.households.figures import OwnersRow, free, is_more, lowest, read_share, total, totals
from mulin.households.models import Ownership, Proxy
from mulin.households.queries import owners_roll
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK, now
from mulin.kernel.engine import save_adopted
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Person

shares = st.tuples(st.integers(1, 999), st.integers(1, 999)).map(sorted).map(tuple)


@given(st.lists(shares, max_size=8))
def test_what_is_free_and_what_is_taken_come_to_the_whole(parts):
    assert total([*parts, free(parts)]) == (1, 1)


@given(st.lists(shares, max_size=6), shares)
def test_a_share_fits_exactly_when_the_sum_is_no_more_than_the_whole(parts, new):
    part, whole = total([*parts, new])
    assert is_more(new, free(parts)) == (part > whole)


@given(st.integers(1, 60), st.integers(1, 10**7))
def test_equal_parts_of_any_area_add_up_to_it(owners, area):
    part, whole = total([(1, owners)] * owners)
    assert part * area == area * whole


@given(st.lists(st.tuples(st.integers(1, 10**6), st.lists(shares, min_size=1, max_size=4)), max_size=6))
def test_the_totals_of_a_roll_count_each_dwelling_once(dwellings):
    owner = uuid7()
    rows = [
        OwnersRow(key, "", "", area, uuid7(), "person", owner, "", *share, True, None, None)
        for area, parts in dwellings for key in [uuid7()] for share in parts
    ]  # fmt: skip
    added = totals(rows)
    assert (added.area, added.dwellings) == (sum(area for area, _parts in dwellings), len(dwellings))
    assert added.heads == (1 if rows else 0)
    assert added.incomplete == sum(total(parts) != (1, 1) for _area, parts in dwellings)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/2", (1, 2)),
        ("50%", (1, 2)),
        ("33.33%", (3333, 10000)),
        ("1", (1, 1)),
        (" ２／４ ", (1, 2)),
        ("100%", (1, 1)),
    ],
)
def test_a_share_is_read_as_people_write_it(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "half", "0%", "120%", "1/0", "1/9999999"])
def test_what_is_no_share_is_said_in_plain_words(text):
    with pytest.raises(ValueError, match="1/2 or 50%"):
        read_share(text)


def test_no_dwelling_has_more_than_the_whole_and_the_refusal_says_what_is_free(homes):
    homes.own(share=(1, 2))
    homes.own(name="李业主", share=(1, 3))
    with pytest.raises(Refused, match="Free is: 1/6"):
        homes.own(name="赵业主", share=(1, 4))
    homes.own(name="赵业主", share=(1, 6))
    with pytest.raises(Refused, match="nothing is free"):
        homes.own(name="钱业主", share=(1, 100))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(shares, min_size=1, max_size=8))
@pytest.mark.django_db
def test_whatever_is_asked_for_the_owners_never_have_too_much(parts):
    from mulin.cases.tests.factories import make_town
    from mulin.households.tests.factories import Homes

    with transaction.atomic():
        homes = Homes(make_town())
        taken = []
        for number, share in enumerate(parts):
            try:
                homes.own(name=f"业主{number}", share=lowest(*share))
                taken.append(share)
            except Refused:
                assert is_more(share, free(taken))
        rows = Ownership.objects.filter(dwelling=homes.doors[0]).values_list("numerator", "denominator")
        part, whole = total(rows)
        assert total(taken) == (part, whole)
        assert part <= whole
        transaction.set_rollback(True)


def test_an_owner_is_a_person_or_an_organisation_never_both(homes):
    firm = homes.own(organisation=homes.firm())
    row = Ownership(
        community=homes.community, dwelling=homes.doors[1], person=homes.person(homes.resident),
        organisation=firm.organisation, starts_on=now().date(), state="registered", created_at=now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        save_adopted([row])


def test_an_owner_elsewhere_is_no_resident(homes):
    owned = homes.own(name="王业主")
    assert owned.person.kind == "owner"
    assert not owned.person.memberships.exists()


def test_a_sale_ends_here_and_begins_there_on_the_same_day(homes):
    firm = homes.own(organisation=homes.firm())
    sold = actions.transfer(firm, by=homes.keeper, owner_name="王业主", owner_phone="", is_delivered=True)
    new = Ownership.objects.get(state="delivered")
    assert (sold.state, sold.ends_on, new.share) == ("ended", new.starts_on, (1, 1))
    roll = owners_roll(homes.community, new.starts_on)
    assert [(row.owner_name, row.delivered) for row in roll] == [("王业主", True)]


def test_a_sale_to_the_other_joint_owner_is_refused_with_what_to_do(homes):
    first, _second = homes.own(share=(1, 2)), homes.own(name="李业主", share=(1, 2))
    with pytest.raises(Refused, match="Correct that share to the sum"):
        actions.transfer(first, by=homes.keeper, owner_name="李业主", owner_phone="")


def test_delivery_is_noted_with_its_day(homes):
    done = actions.deliver(homes.own(), by=homes.keeper)
    assert (done.state, done.delivered_on) == ("delivered", today_in(homes.community))


def test_correcting_a_share_keeps_to_the_whole(homes):
    owned = homes.own(share=(1, 2))
    homes.own(name="李业主", share=(1, 2))
    with pytest.raises(Refused, match="more than is free"):
        actions.amend(owned, by=homes.keeper, share=(2, 3))
    assert actions.amend(owned, by=homes.keeper, share=(1, 3)).share == (1, 3)


def test_only_the_keeper_writes_owners(homes):
    with pytest.raises(Refused, match="keeps the list"):
        actions.register(
            by=homes.resident, community=homes.community, dwelling=homes.doors[0], share=(1, 1), owner_name="Wang"
        )  # fmt: skip
    assert not Person.objects.filter(kind="owner").exists()


# Proxies.


def test_an_owner_gives_a_proxy_and_takes_it_back(homes):
    owned = homes.own(person=homes.person(homes.resident))
    given = homes.give(owned, homes.person(homes.neighbour), by=homes.resident)
    assert list(Proxy.objects.visible_to(homes.neighbour)) == [given]
    assert actions.revoke(given, by=homes.resident).state == "ended"


def test_a_proxy_ends_by_itself(homes):
    owned = homes.own(person=homes.person(homes.resident))
    given = homes.give(owned, homes.person(homes.neighbour), days=9)
    clock.set(given.rings_at)
    assert actions.expire(given, by=CLOCK).state == "ended"


def test_one_dwelling_speaks_with_one_voice(homes):
    owned = homes.own(person=homes.person(homes.resident))
    homes.give(owned, homes.person(homes.neighbour))
    with pytest.raises(Refused, match="Take that proxy back first"):
        homes.give(owned, homes.someone("赵代表"))


def test_a_proxy_is_bounded_in_time(homes):
    owned = homes.own(person=homes.person(homes.resident))
    with pytest.raises(Refused, match="three years"):
        homes.give(owned, homes.person(homes.neighbour), days=2000)


def test_a_stranger_gives_no_proxy_for_another(homes):
    owned = homes.own(person=homes.person(homes.resident))
    with pytest.raises(Refused, match="the owner"):
        homes.give(owned, homes.person(homes.neighbour), by=homes.neighbour)


def test_a_proxy_ends_with_the_ownership(homes):
    owned = homes.own(person=homes.person(homes.resident))
    given = homes.give(owned, homes.person(homes.neighbour))
    actions.end(owned, by=homes.keeper)
    assert Proxy.objects.get(pk=given.pk).state == "ended"


def test_a_proxy_for_all_dwellings_ends_with_the_last_of_them(homes):
    wang = homes.person(homes.resident)
    first, last = homes.own(0, person=wang), homes.own(1, person=wang)
    given = homes.give(first, homes.person(homes.neighbour), is_for_all=True)
    actions.end(first, by=homes.keeper)
    assert Proxy.objects.get(pk=given.pk).state == "given"
    actions.transfer(last, by=homes.keeper, owner_name="李业主", owner_phone="")
    assert Proxy.objects.get(pk=given.pk).state == "ended"


# The roll (the later use of it: Y3).


@pytest.mark.story("Y3")
def test_the_roll_says_who_owns_what_and_who_speaks(homes):
    community, today = homes.community, today_in(homes.community)
    wang = homes.person(homes.resident)
    first = homes.own(0, person=wang, share=(1, 2), is_delivered=True)
    homes.own(0, name="李业主", share=(1, 2))
    homes.own(1, person=wang)
    homes.own(2, organisation=homes.firm())
    homes.give(first, homes.person(homes.neighbour), is_for_all=True)
    roll = owners_roll(community, today)
    assert [(row.door[-3:], row.share) for row in roll] == [
        ("101", (1, 2)), ("101", (1, 2)), ("102", (1, 1)), ("201", (1, 1)),
    ]  # fmt: skip
    assert [row.representative for row in roll if row.owner == wang.pk] == [homes.neighbour.person_id] * 2
    assert totals(roll) == figures.OwnersTotals(
        dwellings=3, area=3 * 8950, unmeasured=0, heads=3, delivered=1, incomplete=0
    )
    assert roll == owners_roll(community, today)


def test_the_roll_of_an_earlier_day_is_what_was_true_then(homes):
    owned = homes.own(organisation=homes.firm())
    before = owners_roll(homes.community, owned.starts_on)
    clock.set(now() + timedelta(days=30))
    actions.transfer(owned, by=homes.keeper, owner_name="王业主", owner_phone="")
    assert [row.owner for row in owners_roll(homes.community, owned.starts_on)] == [row.owner for row in before]
    assert [row.owner_kind for row in owners_roll(homes.community, today_in(homes.community))] == ["person"]


def test_the_roll_takes_few_statements_however_long_it_is(homes, django_assert_max_num_queries):
    for number in range(3):
        homes.own(number, name=f"业主{number}")
    with django_assert_max_num_queries(2):
        owners_roll(homes.community, today_in(homes.community))
