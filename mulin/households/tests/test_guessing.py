"""Nobody finds out by trying who is known here, fills the register, or makes themself an adult of the household."""

from datetime import date, timedelta

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.households import actions
from mulin.households.figures import MOST_LISTED, MOST_SAID
from mulin.households.models import Membership, Proxy
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.people import actions as people

GIVEN = {"starts_on": "2030-01-01", "ends_on": "2030-06-01", "matters": "业主大会"}


@pytest.fixture
def strict(settings):
    settings.RATE_LIMITS = True


@pytest.fixture
def tell(homes, client):
    """Return what an owner is answered who names someone as their proxy."""
    owned = homes.own(person=homes.person(homes.resident))
    sign_in(client, homes.resident)

    def told(name, phone, **other):
        given = {**GIVEN, "holder_name": name, "holder_phone": phone, **other}
        answer = client.post(f"{owned.get_absolute_url()}proxy/", given)
        form = answer.context and answer.context["form"]
        return answer.status_code, form and sorted(form.errors.items())

    return told


def test_an_owner_is_answered_alike_whether_someone_is_known_or_cannot_be_named(homes, tell):
    homes.someone("小孩", phone="13900000007", born_on=date(2020, 1, 1))
    homes.person(homes.resident)
    nobody = tell("钱代表", "13900000009")
    assert nobody[0] == 422
    assert tell("小孩", "13900000007") == nobody


def test_a_form_that_lacks_something_tells_nobody_who_is_known_here(homes, tell):
    homes.someone("赵代表", phone="13900000009")
    assert tell("赵代表", "13900000009", matters="") == tell("钱代表", "13900000009", matters="")
    assert tell("赵代表", "13900000009", ends_on="2029-01-01") == tell("钱代表", "13900000009", ends_on="2029-01-01")


def test_an_owner_who_gave_a_proxy_already_learns_no_more(homes, tell):
    homes.someone("赵代表", phone="13900000009")
    assert tell("赵代表", "13900000009")[0] == 302
    assert tell("赵代表", "13900000009") == tell("钱代表", "13900000009")
    assert Proxy.objects.count() == 1


def test_trying_names_and_numbers_is_slowed_down(homes, tell, strict):
    homes.someone("赵代表", phone="13900000011")
    for last in range(10):
        assert tell("赵代表", f"1390000000{last}")[0] == 422
    assert tell("赵代表", "13900000011")[0] == 429
    assert not Proxy.objects.exists()


def test_a_household_lists_only_so_many_by_itself_and_the_desk_goes_beyond(homes):
    home = homes.home(0, homes.resident)
    for number in range(MOST_LISTED - 1):
        homes.admit(home, by=homes.resident, name=f"亲戚{number}")
    with pytest.raises(Refused, match="Ask the community"):
        homes.admit(home, by=homes.resident, name="还有一个")
    homes.admit(home, name="还有一个")


def test_who_is_listed_and_taken_off_again_counts_for_a_year(homes):
    home = homes.home(0, homes.resident)
    for number in range(MOST_LISTED - 1):
        actions.leave(homes.admit(home, by=homes.resident, name=f"亲戚{number}"), by=homes.resident)
    with pytest.raises(Refused, match="Ask the community"):
        homes.admit(home, by=homes.resident, name="还有一个")
    clock.advance(timedelta(days=366))
    homes.admit(home, by=homes.resident, name="还有一个")


def test_nobody_says_to_live_behind_ever_more_doors(homes):
    for number in range(MOST_SAID):
        homes.doors.append(homes.door(f"{number + 3}01", entrance=None))
        homes.declare(homes.resident, 3 + number)
    with pytest.raises(Refused, match="not confirmed yet"):
        homes.declare(homes.resident)
    assert Membership.objects.count() == MOST_SAID


def test_a_child_whose_age_nobody_wrote_down_does_not_make_itself_an_adult(homes):
    home = homes.home(0, homes.neighbour)
    child = homes.admit(home, person=homes.person(homes.resident), relation="child")
    with pytest.raises(Refused, match="an adult of the household"):
        actions.correct(child, by=homes.resident, relation="head")
    actions.correct(child, by=homes.resident, relation="child", is_second=True)
    people.correct(homes.person(homes.resident), by=homes.keeper, born_on=date(1990, 1, 1))
    again = Membership.objects.get(pk=child.pk)
    assert actions.correct(again, by=homes.resident, relation="other").relation == "other"
