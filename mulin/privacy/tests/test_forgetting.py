"""What is erased by itself: who a guest was, and where an invitation went."""

from datetime import timedelta

from mulin.cases.tests.factories import town
from mulin.entry import actions as entry
from mulin.entry.models import Device, Guest, SignIn
from mulin.entry.tests.factories import sign_in
from mulin.entry.tests.test_guests import PHONE, guest_of, lane, shown, viewer_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people import queries
from mulin.people.models import Account, Person
from mulin.people.tests import factories
from mulin.privacy import actions as privacy

__all__ = ["lane", "shown", "town"]


def test_when_the_days_of_a_guest_are_over_who_they_were_is_erased(client, lane):
    guest_of(client)
    person, account = Person.objects.get(community=lane), Account.objects.get()
    privacy.forget_guests()
    person.refresh_from_db()
    assert person.phone == PHONE  # not before their time
    clock.advance(timedelta(days=31))
    privacy.forget_guests()
    for row in (person, account):
        row.refresh_from_db()
        assert (row.phone, row.phone_hash) == ("", "")
    assert (person.name, person.state, str(person)) == ("", "left", "A former guest")
    assert (account.is_active, account.email) == (False, None)
    assert not Guest.objects.exists()
    assert not SignIn.objects.exists()
    assert not Device.objects.exists()
    kept = " ".join(Detail.objects.values_list("body", flat=True))
    assert PHONE not in kept
    assert "快递小李" not in kept


def test_what_a_forgotten_guest_reported_stays(client, lane, town):
    account = Account.objects.create(phone=PHONE, created_at=clock.now())
    person = people.settle(
        by=SYSTEM, community=town.community, account=account, name="快递小李", phone=PHONE, kind="guest"
    )
    Guest.objects.create(account=account, ends_at=clock.now() + timedelta(days=30))
    case = town.report(by=queries.viewer_of(person), words="The lamp is broken")
    clock.advance(timedelta(days=31))
    privacy.forget_guests()
    case.refresh_from_db()
    assert (case.words, case.reporter_id) == ("The lamp is broken", person.pk)
    sign_in(client, town.worker)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "A former guest" in page
    assert "快递小李" not in page


def test_a_guest_who_comes_again_begins_anew(client, lane):
    guest_of(client)
    clock.advance(timedelta(days=31))
    privacy.forget_guests()
    client.cookies.clear()
    guest_of(client, name="小李")
    assert viewer_in(client).is_guest
    assert [person.name for person in Person.objects.filter(community=lane, state="here")] == ["小李"]


def test_who_became_more_than_a_guest_is_not_forgotten(client, lane):
    guest_of(client)
    person = Person.objects.get(community=lane)
    kind = factories.kind(lane, "grid_officer", ["cases.handle"])
    people.offer(by=SYSTEM, post=factories.post(kind), person=person)
    clock.advance(timedelta(days=31))
    privacy.forget_guests()
    person.refresh_from_db()
    assert person.name == "快递小李"


def test_where_an_invitation_went_is_forgotten_once_it_is_taken_or_over(db):
    cast = factories.make()
    (waits, _), (lapses, _) = (
        entry.invite(by=cast.viewer(cast.worker), post=cast.vacant, email=f"{name}@example.org", phone="13911112222")
        for name in ("a", "b")
    )
    privacy.forget_invited()
    waits.refresh_from_db()
    assert (waits.email, waits.phone) == ("a@example.org", "13911112222")
    entry.take_invitation(waits, name="刘建国", password="eight lamps")
    clock.advance(timedelta(days=15))
    privacy.forget_invited()
    for row in (waits, lapses):
        row.refresh_from_db()
        assert (row.email, row.phone) == ("", "")
