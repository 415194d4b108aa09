"""What a list's address asks, and where it goes on."""

from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.http import QueryDict

from mulin.api.http import Unmet
from mulin.api.queries import Filter, next_link, read

FILTERS = (Filter("colour", "string", "", lambda: ("red", "gold")), Filter("mine", "boolean", ""))
KEY = UUID("0198c1d3-0000-7000-8000-000000000001")


def call(query):
    return SimpleNamespace(GET=QueryDict(query), path="/api/v1/lane/things")


@pytest.mark.parametrize("at", [None, datetime(2026, 1, 31, 8, 30, 0, 123456, UTC), datetime(1969, 1, 1, tzinfo=UTC)])
def test_the_next_page_is_asked_for_with_what_the_last_one_said(at):
    link = next_link(call("colour=red&after=old&limit=3"), at, KEY)
    asked = read(call(urlsplit(link).query), FILTERS)
    assert (asked.after, asked["colour"], asked.limit) == ((at, KEY), "red", 3)
    assert parse_qs(urlsplit(link).query)["after"] != ["old"]


@pytest.mark.parametrize(
    "query",
    [
        "colour=blue", "mine=perhaps", "limit=0", "limit=101", "limit=x", "limit=%EF%BC%95", "after=!", "size=3",
        "after=" + "A" * 101, "after=%FF", "after=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuYQ==",
    ],
)  # fmt: skip
def test_what_a_list_cannot_do_is_refused(query):
    with pytest.raises(Unmet) as refused:
        read(call(query), FILTERS)
    assert refused.value.response.status_code == 400
