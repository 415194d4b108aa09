"""Registrations of volunteers: by themselves, or by their organisation with their own yes; over after a year."""

from datetime import timedelta

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.participation import actions, queries

from .test_members import declared
from .walks import organisation, someone


@pytest.mark.story("H10")
def test_a_volunteer_registers_for_a_year(client, town):
    base = f"/{town.community.slug}/take-part/"
    sign_in(client, town.resident)
    asked = {"areas": ["patrol", "green"], "post_kinds": ["entrance_lead"], "once": "a"}
    url = client.post(f"{base}registrations/new/", asked)["Location"]
    page = client.get(url).content.decode()
    assert "Patrols" in page
    assert "Entrance lead" in page
    assert "registered already" not in page
    again = client.post(f"{base}registrations/new/", {"areas": ["patrol"], "once": "b"})
    assert "is there already" in again.content.decode()
    client.post(f"{url}change_wishes/", {"areas": ["visits"], "once": "c", "version": 1})
    assert "Visits" in client.get(url).content.decode()
    clock.advance(timedelta(days=366))
    tick()
    sign_in(client, town.resident)
    assert "Ended" in client.get(url).content.decode()


@pytest.mark.story("H10")
def test_an_employer_registers_members_and_each_says_yes(client, town):
    firm = organisation(town, "Firm", "firm", town.neighbour)
    declared(town, firm)
    sign_in(client, town.neighbour)
    base = f"/{town.community.slug}/take-part/organisations/{firm.pk}/"
    assert "Wang" in client.get(base).content.decode()
    client.post(f"{base}register/", {"persons": [town.resident.person_id]})
    row = queries.mine(town.resident, town.community).registration
    assert row.state == "registered"
    with pytest.raises(Refused, match="oneself"):
        actions.accept(row, by=town.neighbour)
    assert actions.accept(row, by=town.resident).state == "active"
    with pytest.raises(Refused, match="Choose members"):
        actions.register_members(firm, by=town.neighbour, persons=[someone(town.officer)])


def test_who_does_not_say_yes_is_not_registered(town):
    firm = organisation(town, "Firm", "firm", town.neighbour)
    declared(town, firm)
    (row,) = actions.register_members(firm, by=town.neighbour, persons=[someone(town.resident)])
    clock.advance(timedelta(days=31))
    tick()
    row.refresh_from_db()
    assert row.state == "ended"


@pytest.mark.story("H10")
def test_a_volunteer_registers_over_rest(resident):
    made = resident.post("/registrations", {"areas": ["patrol", "visits"]})
    assert made.status_code == 201, made.content
    assert made.json()["areas"] == ["patrol", "visits"]
    assert resident.post("/registrations", {"areas": ["flying"]}).status_code == 422


def test_a_stranger_is_sent_to_join(client, town):
    base = f"/{town.community.slug}/take-part/"
    assert client.get(base).status_code == 200
    for path in ("memberships/new/", "registrations/new/", "talents/", "signs/new/", "claims/new/"):
        assert "/sign-in/" in client.get(base + path)["Location"]
