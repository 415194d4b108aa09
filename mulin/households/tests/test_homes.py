"""Who lives where: said, confirmed, corrected, left; children and their guardians."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.households import actions
from mulin.households.models import Guardian, Household, Membership
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK
from mulin.kernel.engine import save_adopted
from mulin.kernel.models import Link
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.people.queries import viewer_of


def young(years=8):
    return date.today().replace(day=1) - timedelta(days=365 * years + 10)


def again(noun):
    return type(noun)._default_manager.get(pk=noun.pk)


@pytest.mark.story("C11")
def test_a_resident_is_who_lives_here_and_no_registration_is_asked(homes):
    said = homes.declare(homes.resident)
    assert said.state == "declared"
    done = actions.confirm(said, by=homes.keeper)
    assert (done.state, done.is_main) == ("member", True)
    fields = {field.name for field in Person._meta.get_fields()} | {
        field.name for field in Membership._meta.get_fields()
    }
    assert not {name for name in fields if "hukou" in name or "registered_at" in name}


def test_an_adult_of_the_household_confirms(homes):
    homes.home(0, homes.resident)
    said = homes.declare(homes.neighbour)
    assert actions.confirm(said, by=homes.resident).state == "member"


def test_who_only_says_to_live_there_cannot_confirm_themself_or_others(homes):
    homes.home(0, homes.resident)
    said = homes.declare(homes.neighbour)
    with pytest.raises(Refused, match="an adult of the household"):
        actions.confirm(said, by=homes.neighbour)


def test_a_child_of_the_household_confirms_nobody(homes):
    home = homes.home(0)
    person = homes.person(homes.resident)
    people.correct(person, by=homes.keeper, born_on=young(16))
    homes.admit(home, person=again(person), relation="child")
    with pytest.raises(Refused, match="an adult"):
        actions.confirm(homes.declare(homes.neighbour), by=viewer_of(person))


def test_whoever_says_to_live_there_sees_nobody_else_before_it_is_confirmed(homes):
    home = homes.home(0, homes.resident)
    said = homes.declare(homes.neighbour)
    seen = Membership.objects.visible_to(homes.neighbour)
    assert list(seen) == [said]
    assert not Household.objects.visible_to(homes.neighbour).exists()
    actions.confirm(said, by=homes.resident)
    assert list(Household.objects.visible_to(homes.neighbour)) == [home]
    assert Membership.objects.visible_to(homes.neighbour).count() == 2


def test_a_stranger_sees_nothing(homes):
    homes.home(0, homes.resident)
    homes.own()
    for viewer in (homes.neighbour, homes.town.officer, NOBODY):
        assert not Household.objects.visible_to(viewer).exists()
        assert not Membership.objects.visible_to(viewer).exists()


def test_an_open_word_lapses_by_itself(homes):
    said = homes.declare(homes.resident)
    clock.set(said.rings_at)
    assert actions.lapse(said, by=CLOCK).state == "left"


def test_the_persons_place_follows_the_main_home_only(homes):
    homes.home(0, homes.resident)
    assert homes.person(homes.resident).entrance == homes.entrance
    second = homes.door("301", entrance=None)
    homes.doors.append(second)
    homes.admit(homes.home(3), person=homes.person(homes.resident), is_second=True)
    assert homes.person(homes.resident).entrance == homes.entrance


def test_a_new_main_home_makes_the_earlier_one_a_second_home(homes):
    homes.home(0, homes.resident)
    first = Membership.objects.get(person=homes.resident.person_id)
    actions.confirm(homes.declare(homes.resident, 1), by=homes.keeper)
    assert not again(first).is_main
    actions.correct(first, by=homes.resident, relation="other", is_second=False)
    mains = Membership.objects.filter(person=homes.resident.person_id, is_main=True)
    assert list(mains.values_list("pk", flat=True)) == [first.pk]


def test_nobody_is_twice_in_a_household(homes):
    home = homes.home(0, homes.resident)
    with pytest.raises(Refused, match="already"):
        homes.declare(homes.resident)
    with pytest.raises(Refused, match="already"):
        homes.admit(home, person=homes.person(homes.resident))


def test_the_database_refuses_a_second_main_home_and_a_double(homes):
    home = homes.home(0, homes.resident)
    other = homes.home(1)
    for household, is_main in ((other, True), (home, False)):
        row = Membership(
            community=homes.community, household=household, person=homes.person(homes.resident), relation="other",
            is_main=is_main, starts_on=date(2026, 1, 1), state="member", created_at=clock.now(),
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            save_adopted([row])


def test_two_households_behind_one_door_need_a_label(homes):
    homes.home(0)
    with pytest.raises(Refused, match="label"):
        homes.home(0)
    assert str(homes.home(0, label="左")).endswith("101 左")


def test_moving_closes_the_household_here_and_forms_it_there(homes):
    home = homes.home(0, homes.resident, homes.neighbour)
    gone = actions.relocate(home, by=homes.keeper, dwelling=homes.doors[1])
    there = Household.objects.get(state="formed")
    assert (gone.state, there.dwelling) == ("dissolved", homes.doors[1])
    assert set(there.memberships.values_list("state", flat=True)) == {"member"}
    assert set(home.memberships.values_list("state", flat=True)) == {"left"}
    assert Link.objects.filter(source_id=home.pk, target_id=there.pk, kind="origin").exists()


def test_a_resident_who_moves_the_household_is_confirmed_behind_the_new_door(homes):
    actions.relocate(homes.home(0, homes.resident), by=homes.resident, dwelling=homes.doors[1])
    there = Household.objects.get(state="formed")
    assert list(there.memberships.values_list("state", flat=True)) == ["declared"]


def test_one_adult_takes_no_other_who_has_an_account_off_the_list(homes):
    home = homes.home(0, homes.resident, homes.neighbour)
    with pytest.raises(Refused, match="no other adult"):
        actions.dissolve(home, by=homes.resident)
    with pytest.raises(Refused, match="no other adult"):
        actions.relocate(home, by=homes.resident, dwelling=homes.doors[1])
    actions.leave(Membership.objects.get(person=homes.neighbour.person_id), by=homes.neighbour)
    homes.admit(home, by=homes.resident, name="李奶奶", relation="grandparent")
    assert actions.dissolve(again(home), by=homes.resident).state == "dissolved"


def test_dissolving_ends_every_membership(homes):
    home = homes.home(0, homes.resident)
    homes.declare(homes.neighbour)
    actions.dissolve(home, by=homes.keeper)
    assert set(Membership.objects.values_list("state", flat=True)) == {"left"}


def test_who_moves_away_lives_in_no_household_any_more(homes):
    homes.home(0, homes.resident, homes.neighbour)
    homes.declare(homes.resident, 1)
    people.move_away(homes.person(homes.resident), by=homes.keeper)
    drain()
    states = Membership.objects.filter(person=homes.resident.person_id).values_list("state", flat=True)
    assert list(states) == ["left", "left"]
    assert Membership.objects.get(person=homes.neighbour.person_id).state == "member"


def test_one_leaves_alone_and_nobody_throws_out_another_with_an_account(homes):
    homes.home(0, homes.resident, homes.neighbour)
    theirs = Membership.objects.get(person=homes.neighbour.person_id)
    with pytest.raises(Refused, match="themself"):
        actions.leave(theirs, by=homes.resident)
    assert actions.leave(theirs, by=homes.neighbour).state == "left"


def test_a_member_adds_someone_without_an_account_and_learns_of_nobody(homes):
    home = homes.home(0, homes.resident)
    known = homes.someone("李奶奶", phone="13900000001")
    made = homes.admit(home, by=homes.resident, name="李奶奶", relation="grandparent")
    assert made.person_id != known.pk
    assert actions.leave(made, by=homes.resident).state == "left"


def test_the_keeper_finds_people_by_name_and_number_together(homes):
    known = homes.someone("李奶奶", phone="13900000001")
    assert homes.admit(homes.home(0), name="李奶奶", phone="139 0000 0001").person_id == known.pk
    assert homes.admit(homes.home(1), name="李爷爷", phone="13900000001").person_id != known.pk


# Children.


def test_a_child_under_14_is_not_listed_without_a_guardian(homes):
    home = homes.home(0, homes.resident)
    with pytest.raises(Refused, match="consent of a guardian"):
        homes.admit(home, name="小王", born_on=young(), relation="child")
    assert not Person.objects.filter(name="小王").exists()


def test_a_parent_agrees_and_adds_the_child_in_one_turn(homes):
    home = homes.home(0, homes.resident)
    made = homes.admit(
        home, by=homes.resident, name="小王", born_on=young(), relation="child", consent="我同意登记。"
    )  # fmt: skip
    held = Guardian.objects.get(child=made.person_id)
    assert (made.state, held.state, held.guardian_id) == ("member", "held", homes.resident.person_id)
    assert (held.consent_words, held.consent_how) == ("我同意登记。", "here")


def test_a_named_guardian_who_has_not_agreed_is_not_enough(homes):
    home = homes.home(0, homes.resident)
    child = homes.someone("小王", born_on=young())
    actions.name(by=homes.keeper, community=homes.community, child=child, guardian=homes.person(homes.resident))
    with pytest.raises(Refused, match="consent of a guardian"):
        homes.admit(home, person=child, relation="child")


def test_the_last_guardian_who_ends_it_takes_the_child_off_the_list(homes):
    home = homes.home(0, homes.resident)
    made = homes.admit(home, by=homes.resident, name="小王", born_on=young(), relation="child", consent="同意")
    actions.release(Guardian.objects.get(), by=homes.resident)
    assert again(made).state == "left"


def test_a_guardianship_ends_by_itself_at_eighteen(homes):
    home = homes.home(0, homes.resident)
    homes.admit(home, by=homes.resident, name="小王", born_on=date(2015, 3, 1), relation="child", consent="同意")
    held = Guardian.objects.get()
    assert held.rings_at.astimezone(homes.community.zone_info).date() == date(2033, 3, 1)
    clock.set(held.rings_at)
    assert actions.come_of_age(held, by=CLOCK).state == "ended"


def test_a_guardian_is_an_adult_and_the_child_is_not(homes):
    child, teen = homes.someone("小王", born_on=young()), homes.someone("大王", born_on=young(16))
    keeper, community = homes.keeper, homes.community
    with pytest.raises(Refused, match="of age"):
        actions.name(by=keeper, community=community, child=child, guardian=teen)
    adult = homes.person(homes.resident)
    with pytest.raises(Refused, match="under 18"):
        actions.name(
            by=keeper, community=community, child=homes.someone("赵", born_on=date(1990, 1, 1)), guardian=adult
        )


def test_nobody_names_themself_the_guardian_of_a_child(homes):
    child = homes.someone("小王", born_on=young())
    home = homes.home(0, homes.resident)
    homes.admit(home, person=homes.person(homes.neighbour), relation="parent")
    admitted = homes.someone("小李", born_on=young(16))
    homes.admit(home, person=admitted, relation="child")
    for by, one in ((homes.neighbour, child), (homes.neighbour, admitted), (homes.keeper, child)):
        with pytest.raises(Refused, match="nobody for themself"):
            actions.name(by=by, community=homes.community, child=one, guardian=homes.person(by))
    assert not Guardian.objects.exists()


def test_whoever_keeps_the_list_agrees_for_no_child_as_its_guardian_in_one_turn(homes):
    home = homes.home(0, homes.keeper)
    given = {"name": "小王", "born_on": young(), "relation": "child", "consent": "同意"}
    with pytest.raises(Refused, match="nobody for themself"):
        homes.admit(home, guardian=homes.person(homes.keeper), **given)
    assert homes.admit(home, guardian=homes.someone("外婆"), **given).state == "member"


def test_a_guardian_names_another_one_who_agrees_then(homes):
    home = homes.home(0, homes.resident, homes.neighbour)
    made = homes.admit(home, by=homes.resident, name="小王", born_on=young(), relation="child", consent="同意")
    other = homes.person(homes.neighbour)
    named = actions.name(by=homes.resident, community=homes.community, child=made.person, guardian=other)
    assert actions.consent(named, by=homes.neighbour, words="我同意").state == "held"


def test_the_journal_keeps_no_names_and_no_words(homes):
    from mulin.journal.models import Detail

    home = homes.home(0, homes.resident)
    homes.admit(home, by=homes.resident, name="小王", born_on=young(), relation="child", consent="我同意登记。")
    homes.own(name="王业主")
    rows = Detail.objects.filter(noun_kind__startswith="households.")
    assert rows.count() > 3
    assert not [row.body for row in rows if any(word in row.body for word in ("小王", "同意", "王业主"))]
