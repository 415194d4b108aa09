"""Communities by their address."""

import pytest

from mulin.territory.queries import community_by_slug, community_of_path

from .factories import make_community


def test_a_community_is_found_once_a_minute(db, django_assert_num_queries):
    community = make_community("lane")
    community_by_slug("lane")
    with django_assert_num_queries(0):
        assert community_by_slug("lane") == community
        assert community_of_path("/sign-in/") is None


@pytest.mark.parametrize("path", ["//", "/%00/", "/a b/", "/api/v1/", "/" + "x" * 99 + "/"])
def test_strange_addresses_belong_to_no_community(db, path):
    assert community_of_path(path) is None
