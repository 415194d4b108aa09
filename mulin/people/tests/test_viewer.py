"""What a viewer is loaded with, and at what cost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import reload
from mulin.kernel.worker import tick
from mulin.people import actions, figures, queries
from mulin.people.middleware import Visit, hold
from mulin.people.tests import factories
from mulin.territory.models import Division


def visit(path="/", cookies=None, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES.update(cookies or {})
    seen = {}

    def answer(request):
        from django.utils import timezone, translation

        seen.update(language=translation.get_language(), zone=timezone.get_current_timezone_name())
        return HttpResponse()

    response = Visit(answer)(request)
    return request, response, seen


def test_a_viewer_carries_posts_places_and_capabilities(cast):
    viewer = cast.viewer(cast.worker)
    assert viewer.can("people.invite")
    assert viewer.terms[0].kind == "community_worker"
    assert (viewer.name, viewer.community_id) == ("周敏", cast.community.pk)
    assert not cast.viewer(cast.resident).capabilities


def test_a_viewer_costs_two_statements(cast, django_assert_num_queries):
    sign_in = actions.start(cast.officer.account, device="")
    community = queries.community_by_slug(cast.community.slug)
    with django_assert_num_queries(2):
        queries.load_viewer(queries.sign_in_of(sign_in.pk), community)


def test_a_key_costs_two_statements_too(cast, django_assert_num_queries):
    _, secret = actions.make_key(cast.officer.account_id, community=cast.community, name="map", scopes=["read"])
    path = f"/api/v1/{cast.community.slug}/cases/"
    visit(path, Authorization=f"Bearer {secret}")
    with django_assert_num_queries(2):
        request, _, _ = visit(path, Authorization=f"Bearer {secret}")
    assert request.viewer.can("cases.handle")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "10.0.0.9"),  # nobody's word is taken
        (1, "", "10.0.0.9"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),  # what stands further left was written by the visitor
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.8", "1.1.1.1"),
        (2, "1.1.1.1", "1.1.1.1"),
    ],
)
def test_an_address_is_counted_from_the_right(db, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.9")
    Visit(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


def test_a_community_is_found_once_a_minute(cast, django_assert_num_queries):
    queries.community_by_slug(cast.community.slug)
    queries.community_by_slug("nowhere")
    with django_assert_num_queries(0):
        assert queries.community_by_slug(cast.community.slug) == cast.community
        assert queries.community_by_slug("nowhere") is None


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


def test_a_visit_knows_community_language_and_time_zone(cast, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    request, _, seen = visit(f"/{cast.community.slug}/cases/", **{"Accept-Language": "en"})
    assert request.community == cast.community
    assert seen == {"language": "en", "zone": "Asia/Shanghai"}
    _, response, seen = visit("/", **{"Accept-Language": "fr"})
    assert seen["language"] == "zh-hans"
    assert response["Content-Language"] == "zh-hans"
    assert visit("/", {"language": "en"})[2]["language"] == "en"
    assert visit(f"/api/v1/{cast.community.slug}/cases/")[0].community == cast.community
    assert visit("/nowhere/")[0].community is None


@pytest.mark.parametrize("path", ["//", "/%00/", "/a b/", "/api/v1/", "/" + "x" * 99 + "/"])
def test_strange_addresses_belong_to_no_community(db, path):
    assert visit(path)[0].community is None


def test_an_api_key_acts_within_its_community_and_scopes(cast):
    other = factories.make()
    _, secret = actions.make_key(cast.officer.account_id, community=cast.community, name="map", scopes=["read"])
    path = f"/api/v1/{cast.community.slug}/cases/"
    request, response, _ = visit(path, Authorization=f"Bearer {secret}")
    assert response.status_code == 200
    assert request.viewer.person_id == cast.officer.pk
    assert request.viewer.scopes == {"read"}
    assert request._dont_enforce_csrf_checks
    assert visit(f"/api/v1/{other.community.slug}/cases/", Authorization=f"Bearer {secret}")[1].status_code == 401
    assert visit(path, Authorization=f"Bearer {secret}x")[1].status_code == 401
    assert not visit(f"/{cast.community.slug}/", Authorization=f"Bearer {secret}")[0].viewer.is_someone
    actions.revoke_key(cast.officer.account.api_keys.get().pk, account_id=cast.officer.account_id)
    assert visit(path, Authorization=f"Bearer {secret}")[1].status_code == 401


def test_a_key_of_a_person_who_is_not_here_is_not_made(cast):
    other = factories.make()
    with pytest.raises(actions.entry.Refused):
        actions.make_key(cast.officer.account_id, community=other.community, name="x", scopes=["read"])


def test_a_secret_code_keeps_its_noun_open_in_this_browser(db):
    response, first, second = HttpResponse(), uuid4(), uuid4()
    hold(response, RequestFactory().get("/"), first)
    request = RequestFactory().get("/")
    request.COOKIES["holds"] = response.cookies["holds"].value
    hold(response, request, second)
    request, _, _ = visit("/", {"holds": response.cookies["holds"].value})
    assert request.viewer.holds == {first, second}
    assert visit("/", {"holds": first.hex})[0].viewer.holds == frozenset()
