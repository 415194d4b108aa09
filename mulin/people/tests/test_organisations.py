"""Organisations: proposed, registered, warned, suspended, dissolved by two; a tree without rings; a code that fits."""

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.people import actions, figures, queries
from mulin.people.models import Organisation
from mulin.people.tests import factories

pytestmark = pytest.mark.usefixtures("english")
GROUP = {"kind": "interest_group", "name": "书法社", "about": "每周六上午，在活动室。"}


@pytest.fixture
def group(cast):
    return actions.propose(by=cast.viewer(cast.resident), community=cast.community, **GROUP)


def test_a_proposed_group_is_seen_by_its_founder_and_the_desk_only(client, cast, group):
    url = group.get_absolute_url()
    assert client.get(url).status_code == 404
    sign_in(client, cast.officer)
    assert client.get(url).status_code == 404
    for person in (cast.resident, cast.worker):
        sign_in(client, person)
        assert "书法社" in client.get(url).content.decode()


def test_once_registered_everyone_reads_it_and_neighbours_its_contact(client, cast, group):
    actions.register(group, by=cast.viewer(cast.worker))
    page = client.get(group.get_absolute_url()).content.decode()
    assert "每周六上午" in page
    assert "王桂兰" not in page
    sign_in(client, cast.officer)
    assert "王桂兰" in client.get(group.get_absolute_url()).content.decode()
    assert "书法社" in client.get(f"/{cast.community.slug}/people/organisations/?q=书法").content.decode()


def test_nobody_registers_their_own_group(cast, group):
    with pytest.raises(Refused, match="whoever keeps the register"):
        actions.register(group, by=cast.viewer(cast.resident))


def test_it_is_warned_suspended_appealed_and_lifted(cast, group):
    desk, contact = cast.viewer(cast.worker), cast.viewer(cast.resident)
    actions.register(group, by=desk)
    actions.warn(group, by=desk, reason="Noise after ten")
    actions.suspend(group, by=desk, reason="Noise again")
    with pytest.raises(Refused, match="contact person"):
        actions.appeal(group, by=desk, words="no")
    actions.appeal(group, by=contact, words="It was not us.")
    assert actions.lift(group, by=desk).state == "registered"
    told = queries.history(Organisation.objects.get(pk=group.pk), contact, names=True)
    assert {"Noise after ten", "It was not us."} <= {step["voice"] for step in told}
    outside = queries.history(Organisation.objects.get(pk=group.pk), contact, names=False)
    assert [step["text"] for step in outside] == ["Lift the suspension", "Suspend", "Register it"]
    assert not any(step["voice"] or step["note"] for step in outside)


def test_two_dissolve_it_and_its_name_is_free_again(cast, group):
    desk = cast.viewer(cast.worker)
    two = factories.person(cast.community, "沈悦", "shen@example.org")
    factories.hold(factories.post(cast.kinds["community_worker"]), two)
    actions.register(group, by=desk)
    actions.dissolve(group, by=desk, reason="Nobody comes")
    assert Organisation.objects.get(pk=group.pk).state == "registered"
    second(group, "dissolve", by=cast.viewer(two), agree=True)
    assert Organisation.objects.get(pk=group.pk).state == "dissolved"
    assert actions.propose(by=cast.viewer(cast.resident), community=cast.community, **GROUP).state == "proposed"


def test_a_name_stands_once_and_parents_make_no_ring(cast):
    desk, given = cast.viewer(cast.worker), {"by": SYSTEM, "community": cast.community}
    committee = actions.add_organisation(kind="residents_committee", name="居委会", **given)
    team = actions.add_organisation(kind="volunteer_team", name="志愿队", parent=committee, **given)
    with pytest.raises(Refused, match="of this name already"):
        actions.add_organisation(kind="firm", name="志愿队", **given)
    with pytest.raises(Refused, match="below one of its own parts"):
        actions.amend(committee, by=desk, name="居委会", parent=team)
    with pytest.raises(Refused, match="without open parts"):
        actions.dissolve(committee, by=desk, reason="x")
    tree = queries.tree(queries.organisations(desk, cast.community))
    assert [(depth, row.name) for depth, row in tree] == [(0, "居委会"), (1, "志愿队")]


def test_a_registration_number_is_checked():
    assert figures.registration_code(" 91350100m000100y43 ") == "91350100M000100Y43"
    for wrong in ("91350100M000100Y44", "9135", "91350100I000100Y43"):
        with pytest.raises(ValueError, match="do not fit together"):
            figures.registration_code(wrong)


def test_the_desk_enters_an_organisation_with_its_contact_person(client, cast):
    sign_in(client, cast.worker)
    asked = {
        "kind": "property_firm", "name": "安居物业", "contact_name": "王桂兰", "contact_phone": "13912345678",
        "once": "a",
    }  # fmt: skip
    made = client.post(f"/{cast.community.slug}/people/organisations/new/", asked)
    firm = Organisation.objects.get(name="安居物业")
    assert (made["Location"], firm.contact) == (firm.get_absolute_url(), cast.resident)
    asked = {**asked, "name": "另一家", "contact_phone": "", "once": "b"}
    assert "Give two things" in client.post(f"/{cast.community.slug}/people/organisations/new/", asked).content.decode()
