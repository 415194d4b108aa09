"""What a visit brings along: viewer, community, language, time zone, and at what cost."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mulin.entry import actions, queries
from mulin.entry.actions.browser import hold
from mulin.entry.middleware import Visit
from mulin.kernel.refusals import Refused
from mulin.people.tests import factories
from mulin.territory.queries import community_by_slug


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


def test_a_viewer_costs_two_statements(cast, django_assert_num_queries):
    sign_in = actions.start(cast.officer.account, device="")
    community = community_by_slug(cast.community.slug)
    with django_assert_num_queries(2):
        queries.viewer_by_sign_in(queries.sign_in_of(sign_in.pk), community)


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
    with pytest.raises(Refused):
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
