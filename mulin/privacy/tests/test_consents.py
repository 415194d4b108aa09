"""Consents are given for a time, taken back with one tap, and count only for the version that was read."""

from datetime import timedelta

import pytest
from django.test import Client

from mulin.cases.tests.factories import make_town
from mulin.entry import actions as entry
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.people import actions as people
from mulin.people.actions import note_access
from mulin.people.models import Person
from mulin.people.queries import viewer_of
from mulin.privacy import actions, queries
from mulin.privacy.flow import State
from mulin.privacy.models import Consent, Purpose
from mulin.privacy.tests.walks import purpose_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    town = make_town()
    actions.load_purposes(town.community)
    return town


def agree(town, by=None, **more):
    return actions.give(by=by or town.resident, community=town.community, purpose=purpose_of(town.community), **more)


def stands(town, viewer=None):
    person = (viewer or town.resident).person_id
    return queries.agreed(town.community, "duty_phone", [person]) == {person}


def test_nothing_is_agreed_beforehand(town):
    assert not stands(town)


def test_a_consent_counts_until_it_is_taken_back(town):
    consent = agree(town)
    assert stands(town)
    actions.withdraw(consent, by=town.resident)
    assert not stands(town)


def test_a_consent_ends_by_itself(town):
    consent = agree(town)
    clock.set(clock.now() + timedelta(days=366))
    assert not stands(town)  # before the clock has come by
    tick()
    consent.refresh_from_db()
    assert consent.state == State.OVER


def test_whoever_moved_away_takes_a_consent_back_and_gives_none(town):
    consent = agree(town)
    gone = people.move_away(consent.person, by=town.worker)
    viewer = viewer_of(gone)
    assert actions.withdraw(consent, by=viewer).state == State.WITHDRAWN
    with pytest.raises(Refused, match="Join this community"):
        actions.give(by=viewer, community=town.community, purpose=consent.purpose)


def test_renewing_gives_another_term(town):
    consent = agree(town)
    clock.set(clock.now() + timedelta(days=300))
    actions.renew(consent, by=town.resident)
    clock.set(clock.now() + timedelta(days=300))
    assert stands(town)


def test_the_same_consent_stands_once(town):
    agree(town)
    with pytest.raises(Refused) as refused:
        agree(town)
    assert refused.value.code == "agreed_already"


def test_a_purpose_of_duty_is_not_agreed_to(town):
    with pytest.raises(Refused):
        actions.give(by=town.resident, community=town.community, purpose=purpose_of(town.community, "posts"))


def test_nobody_agrees_for_another(town):
    other = Person.objects.get(pk=town.neighbour.person_id)
    with pytest.raises(Refused):
        agree(town, person=other)


def test_a_worker_notes_down_a_consent_on_paper(town):
    person = Person.objects.get(pk=town.resident.person_id)
    consent = agree(town, by=town.worker, person=person, way="paper")
    assert (consent.person_id, consent.given_by_id, consent.way) == (person.pk, town.worker.person_id, "paper")


def test_a_changed_purpose_is_asked_anew(town):
    agree(town)
    purpose = purpose_of(town.community)
    words = {**purpose.words, "zh": {**purpose.words["zh"], "recipients": "所有人"}}
    newer = actions.set_purpose(
        by=town.worker, community=town.community, key="duty_phone", basis="consent", words=words
    )
    assert newer.version == 2
    assert not stands(town)


def test_loading_the_same_purposes_again_changes_nothing(town):
    actions.load_purposes(town.community)
    assert set(Purpose.objects.values_list("version", flat=True)) == {1}


def test_others_do_not_see_a_consent(town):
    consent = agree(town)
    assert not Consent.objects.visible_to(town.neighbour).filter(pk=consent.pk).exists()


def client_of(town, viewer):
    client = Client()
    sign_in = entry.start(Person.objects.get(pk=viewer.person_id).account, device="test")
    from django.http import HttpResponse

    from mulin.entry.actions import browser

    response = HttpResponse()
    browser.keep_sign_in(response, sign_in)
    client.cookies = response.cookies
    return client


def test_one_tap_agrees_and_one_takes_it_back(town):
    client, base = client_of(town, town.resident), f"/{town.community.slug}/consents/"
    purpose = purpose_of(town.community)
    assert client.post(f"{base}new/", {"purpose": str(purpose.pk), "once": "1"}).status_code == 302
    consent = Consent.objects.get()
    assert client.post(f"{base}{consent.pk}/withdraw/", {"once": "2"}).status_code == 302
    assert Consent.objects.get().state == State.WITHDRAWN


def test_programs_do_the_same(town):
    _key, secret = entry.make_key(
        town.resident.account_id, community=town.community, name="t", scopes=["read", "write"]
    )
    client, base = Client(headers={"Authorization": f"Bearer {secret}"}), f"/api/v1/{town.community.slug}"
    listed = client.get(f"{base}/purposes").json()["items"]
    asked = next(row for row in listed if row["basis"] == "consent")
    made = client.post(f"{base}/consents", {"purpose": asked["id"]}, content_type="application/json")
    assert made.status_code == 201
    after = client.post(f"{made.json()['href']}/withdraw", {}, content_type="application/json")
    assert after.json()["state"] == "withdrawn"


def test_everyone_reads_for_what_data_is_used(town):

    text = Client(headers={"Accept-Language": "en"}).get(f"/{town.community.slug}/consents/").content.decode()
    assert "Show my number while I hold a post" in text


def test_one_sees_what_is_known_and_who_looked(town):
    person = Person.objects.get(pk=town.resident.person_id)
    note_access(person, by=town.worker, what="contact", reason="calling back about the lamp")
    text = client_of(town, town.resident).get("/me/data/").content.decode()
    assert "calling back about the lamp" in text
    assert person.account.email in text
    assert "calling back" not in client_of(town, town.neighbour).get("/me/data/").content.decode()


def test_the_file_to_take_along_says_the_same(town):
    person = Person.objects.get(pk=town.resident.person_id)
    told = client_of(town, town.resident).get("/me/data/file/").json()["known"]
    assert person.account.email in [row["text"] for row in told["people.Account"]]


def test_a_phone_left_lying_gives_no_file_away(town):
    browser = client_of(town, town.resident)
    clock.advance(timedelta(minutes=31))
    assert browser.get("/me/data/file/").url == "/sign-in/?next=%2Fme%2Fdata%2Ffile%2F"
    assert browser.get("/me/data/").status_code == 200


def test_whom_one_looked_at_is_told_without_the_whole_name(town):
    person = Person.objects.get(pk=town.resident.person_id)
    note_access(person, by=town.worker, what="contact", reason="because")
    told = dict((model, rows) for model, _title, rows in queries.known(town.worker.account_id))["people.AccessLine"]
    assert [row.text.split(":")[0] for row in told] == [f"{person.name[:1]}{'*' * (len(person.name) - 1)}"]


def test_a_guest_is_asked_to_sign_in_first(town):
    assert Client().get("/me/data/").status_code == 302


def test_only_the_auditor_reads_who_looked_at_whom(town):
    from mulin.kernel.clock import SYSTEM

    auditor = town.holder(
        "Sun", "sun", people.add_post(by=SYSTEM, community=town.community, kind=town.kinds["auditor"])
    )
    note_access(Person.objects.get(pk=town.resident.person_id), by=town.worker, what="contact", reason="because")
    path = f"/{town.community.slug}/consents/audit/"
    assert "because" in client_of(town, auditor).get(path).content.decode()
    assert client_of(town, town.worker).get(path).status_code == 404
