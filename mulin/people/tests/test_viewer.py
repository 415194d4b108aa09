"""What a viewer may, and until when."""

from datetime import timedelta
from uuid import uuid4

import pytest

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import reload
from mulin.kernel.worker import tick
from mulin.people import actions, figures, queries
from mulin.people.tests import factories
from mulin.territory.models import Division


def test_a_viewer_carries_posts_places_and_capabilities(cast):
    viewer = cast.viewer(cast.worker)
    assert viewer.can("people.invite")
    assert viewer.terms[0].kind == "community_worker"
    assert (viewer.name, viewer.community_id) == ("周敏", cast.community.pk)
    assert not cast.viewer(cast.resident).capabilities


def test_a_person_of_one_community_is_nobody_in_another(cast):
    other = factories.make()
    viewer = queries.load_viewer(cast.worker.account_id, other.community)
    assert viewer.is_someone
    assert not viewer.is_person
    assert not viewer.capabilities


def test_a_term_ends_by_itself_and_takes_the_right_away(cast):
    ends_on = figures.today_in(cast.community) + timedelta(days=30)
    term = factories.hold(cast.vacant, cast.resident, ends_on=ends_on)
    assert cast.viewer(cast.resident).can("cases.handle")
    clock.advance(timedelta(days=30))
    assert not cast.viewer(cast.resident).can("cases.handle")  # even before the clock came by
    assert tick() >= 1
    term.refresh_from_db()
    assert term.state == "ended"


def test_oversight_opens_the_communities_below_and_only_for_its_days(cast):
    city = Division.objects.create(level=2, name="市")
    street = Division.objects.create(level=4, name="街道", parent=city)
    elsewhere = Division.objects.create(level=4, name="别处", parent=city)
    type(cast.community).objects.filter(pk=cast.community.pk).update(division=street)
    cast.community.refresh_from_db()
    account = factories.account("street@example.org")
    today = figures.today_in(cast.community)
    days = {"starts_on": today, "ends_on": today + timedelta(days=10)}
    actions.give_oversight(by=SYSTEM, account=account, division=elsewhere, kind="subdistrict", **days)
    assert not queries.load_viewer(account.pk, cast.community).capabilities
    actions.give_oversight(by=SYSTEM, account=account, division=city, kind="subdistrict", **days)
    assert queries.load_viewer(account.pk, cast.community).can("cases.oversee")
    clock.advance(timedelta(days=10))
    assert not queries.load_viewer(account.pk, cast.community).capabilities


def test_who_acted_is_loaded_again_with_todays_rights(cast):
    assert reload(f"person:{cast.worker.pk}", cast.community.pk).can("people.invite")
    assert reload(f"account:{cast.worker.account_id}", cast.community.pk).person_id == cast.worker.pk
    assert not reload(f"person:{uuid4()}", cast.community.pk).is_someone
    assert not reload("guest", cast.community.pk).is_someone


@pytest.mark.parametrize("has_account", [True, False])
def test_whoever_moved_away_takes_no_part_until_they_are_here_again(cast, has_account):
    person = cast.resident if has_account else actions.add_person(by=SYSTEM, community=cast.community, name="Sun")
    gone = actions.move_away(person, by=cast.viewer(cast.worker))
    assert (cast.viewer(gone).person_id, cast.viewer(gone).is_person) == (person.pk, False)
    back = actions.come_back(gone, by=cast.viewer(cast.worker))
    assert cast.viewer(back).is_person
