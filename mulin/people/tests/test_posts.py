"""Posts, terms, and numbers shown for a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.people import actions
from mulin.people.models import AccessLine, Term
from mulin.people.tests import factories


def test_only_whoever_looks_after_posts_offers_one(cast):
    with pytest.raises(Refused, match=r"^Who can do this: whoever looks after the posts"):
        actions.offer(by=cast.viewer(cast.officer), post=cast.vacant, person=cast.resident)
    term = actions.offer(by=cast.viewer(cast.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="already"):
        actions.offer(by=cast.viewer(cast.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="the person asked"):
        actions.accept(term, by=cast.viewer(cast.officer))
    assert actions.accept(term, by=cast.viewer(cast.resident)).state == "held"


def test_a_worker_of_another_community_offers_nothing_here(cast):
    other = factories.make()
    with pytest.raises(Refused):
        actions.offer(by=other.viewer(other.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="another community"):
        actions.offer(by=SYSTEM, post=cast.vacant, person=other.resident)


def test_nobody_sets_the_last_day_of_their_own_term(cast):
    own, day = cast.worker.terms.get(), clock.now().date() + timedelta(days=300)
    with pytest.raises(Refused, match="nobody for themself"):
        actions.renew(own, by=cast.viewer(cast.worker), ends_on=day)
    term = factories.hold(cast.vacant, cast.resident)
    assert actions.renew(term, by=cast.viewer(cast.worker), ends_on=day).ends_on == day


def test_an_offer_lapses_after_two_weeks(cast):
    term = actions.offer(by=SYSTEM, post=cast.vacant, person=cast.resident)
    clock.advance(timedelta(days=15))
    tick()
    term.refresh_from_db()
    assert term.state == "ended"


def test_stepping_down_ends_the_right_today(cast):
    actions.resign(cast.officers_term, by=cast.viewer(cast.officer))
    assert not cast.viewer(cast.officer).capabilities


def test_the_database_refuses_a_second_held_term(cast):
    names = ", ".join(f.column for f in Term._meta.concrete_fields if not f.primary_key)
    copy = f"INSERT INTO people_term (id, {names}) SELECT %s, {names} FROM people_term WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, [uuid7().hex, cast.officers_term.pk.hex])


def test_posts_show_holders_and_vacancies_but_no_numbers(client, cast):
    page = client.get(f"/{cast.community.slug}/people/", headers={"Accept-Language": "en"}).content.decode()
    assert "陈晓梅" in page
    assert "Vacant" in page
    assert "王桂兰" not in page
    assert "139" not in page


def test_a_number_is_shown_for_a_reason_and_its_owner_sees_who_looked(client, cast):
    sign_in(client, cast.worker)
    url = f"/{cast.community.slug}/people/{cast.resident.pk}/reveal/"
    assert "13912345678" not in client.get(url).content.decode()
    assert "13912345678" not in client.post(url, {"reason": ""}).content.decode()
    assert not AccessLine.objects.exists()
    assert "13912345678" in client.post(url, {"reason": "Water in the cellar"}).content.decode()
    client.post(url, {"reason": "once more"})
    line = AccessLine.objects.get()
    assert (line.viewer_name, line.reason) == ("周敏", "Water in the cellar")
    clock.advance(timedelta(hours=1))
    client.post(url, {"reason": "later"})
    assert AccessLine.objects.count() == 2
    sign_in(client, cast.resident)
    assert "Water in the cellar" in client.get("/me/").content.decode()


def test_strangers_do_not_find_a_person(client, cast):
    other = factories.make()
    sign_in(client, other.worker)
    for slug in (cast.community.slug, other.community.slug):
        assert client.post(f"/{slug}/people/{cast.resident.pk}/reveal/", {"reason": "x"}).status_code == 404
    with pytest.raises(Refused):
        actions.reveal(cast.resident, by=cast.viewer(cast.officer), reason="curious")
    assert not AccessLine.objects.exists()


def test_a_number_is_stored_unreadable_and_found_by_hash(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_hash FROM people_person WHERE phone <> ''")
        sealed, hashed = cursor.fetchone()
    assert "13912345678" not in sealed + hashed
    assert cast.resident.masked_phone == "139****5678"


def test_a_term_is_ended_on_a_page_that_asks_why(client, cast):
    term = f"/{cast.community.slug}/people/terms/{cast.officers_term.pk}/"
    url = f"{term}end/"
    sign_in(client, cast.officer)
    assert url not in client.get(term, follow=True).content.decode()
    assert client.get(url).status_code == client.post(url, {"reason": "x"}).status_code == 403
    sign_in(client, cast.worker)
    assert url in client.get(term, follow=True).content.decode()
    page = client.get(url).content.decode()
    assert 'name="reason"' in page
    asked = {"reason": "Moved away", "once": "a", "version": cast.officers_term.version}
    assert client.post(url, {**asked, "version": 7}).status_code == 409
    assert client.post(url, asked)["Location"] == client.post(url, asked)["Location"] == term
    assert "Moved away" in Detail.objects.get(noun_id=cast.officers_term.pk, verb="end").body
    assert not cast.viewer(cast.officer).capabilities


def test_an_offer_is_answered_once_and_only_by_moves_of_a_term(client, cast):
    term = actions.offer(by=cast.viewer(cast.worker), post=cast.vacant, person=cast.resident)
    posts = f"/{cast.community.slug}/people/"
    sign_in(client, cast.worker)
    for name, status in (("accept", 403), ("offer", 409), ("expire", 403), ("delete", 404)):
        assert client.post(f"{posts}terms/{term.pk}/{name}/").status_code == status
        assert client.get(f"{posts}terms/{term.pk}/{name}/").status_code == status
    sign_in(client, cast.resident)
    assert f'name="version" value="{term.version}"' in client.get(posts).content.decode()
    for _ in range(2):
        assert client.post(f"{posts}terms/{term.pk}/accept/", {"once": "b", "version": term.version}).status_code == 302
    assert cast.viewer(cast.resident).can("cases.handle")
