"""The second person's word: given by another human being, and as guarded as the first one's."""

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.factors.tests.helpers import with_app
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.models import Organisation
from mulin.people.tests import factories


@pytest.fixture
def other(cast):
    """A second worker of the desk."""
    found = factories.person(cast.community, "沈悦", "shen-two@example.org")
    factories.hold(factories.post(cast.kinds["community_worker"]), found)
    return found


@pytest.fixture
def group(cast, other):
    """An organisation that one worker asked to end."""
    made = people.add_organisation(by=SYSTEM, community=cast.community, kind="interest_group", name="Chess")
    people.dissolve(made, by=cast.viewer(cast.worker), reason="Nobody comes")
    return made


def stands(group):
    return Organisation.objects.get(pk=group.pk).state


def test_whoever_agrees_needs_the_factor_of_their_post_as_well(client, cast, group, other, settings):
    early = cast.viewer(other)
    settings.STAFF_FACTOR = "must"
    with_app(cast.worker.account)
    with pytest.raises(Refused, match="second person"):
        second(group, "dissolve", by=early, agree=True)  # loaded before the town asked for it
    sign_in(client, other)
    assert client.post(f"{group.get_absolute_url()}dissolve/agree/", {"agree": "yes"}).status_code in (403, 404)
    assert stands(group) == "registered"
    with_app(other.account)
    sign_in(client, other)
    client.post(f"{group.get_absolute_url()}dissolve/agree/", {"agree": "yes"})
    assert stands(group) == "dissolved"


def test_whoever_asked_needs_it_still_when_the_other_agrees(client, cast, group, other, settings):
    settings.STAFF_FACTOR = "must"
    with_app(other.account)
    with pytest.raises(Refused, match="whoever keeps the register"):
        second(group, "dissolve", by=cast.viewer(other), agree=True)
    assert stands(group) == "registered"


def test_nobody_agrees_with_themself_under_another_name(cast, group, other):
    from mulin.kernel.models import Pending

    # They asked when this account was nobody here yet, and joined before they agreed.
    Pending.objects.update(actor=f"account:{other.account_id}")
    with pytest.raises(Refused, match="second person"):
        second(group, "dissolve", by=cast.viewer(other), agree=True)
    assert stands(group) == "registered"
