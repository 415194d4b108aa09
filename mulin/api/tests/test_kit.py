"""What every resource has: scopes, limits, tags, the address of the next page and of what was made."""

import pytest

from mulin.api import limits
from mulin.api.scopes import OPEN, Area
from mulin.cases.tests.callers import WORDS, Caller
from mulin.cases.tests.factories import make_town
from mulin.entry import actions as entry


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def officer(town):
    return Caller(town, town.officer)


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        (["read"], 200, 403), (["write"], 403, 201), (["cases:read"], 200, 403), (["cases:write"], 403, 201),
        (["webhooks"], 403, 403), (["webhooks:read", "cases:read"], 200, 403), (["read", "write"], 200, 201),
    ],
)  # fmt: skip
def test_a_key_opens_what_its_scopes_say_and_no_more(town, scopes, reads, writes):
    program = Caller(town, town.resident, scopes=scopes)
    assert program.get("/cases").status_code == reads
    assert program.post("/cases", WORDS).status_code == writes
    assert program.get("/me").status_code == 200  # any key may ask who it is


def test_a_refusal_says_which_scope_would_do(town):
    program = Caller(town, town.resident, scopes=["cases:read"])
    message = program.post("/cases", WORDS).json()["error"]["message"]
    assert message == "This key may not do that. A key with one of these scopes may: cases:write, write."


def test_a_key_is_offered_only_the_moves_its_scopes_open(town):
    case = town.report()
    for scopes, offered in ((["cases:read"], False), (["cases:read", "cases:write"], True)):
        shown = Caller(town, town.officer, scopes=scopes).get(f"/cases/{case.pk}").json()
        assert bool(shown["moves"]) is offered


def test_an_address_without_an_area_takes_whole_scopes_only():
    assert not Area().opens_to({"cases:read"}, "read")
    assert OPEN.opens_to({"cases:read"}, "read")
    assert not OPEN.opens_to({"cases:read"}, "write")


def test_a_key_has_a_limit_of_its_own_for_reads_too(town, settings):
    settings.RATE_LIMITS = True
    limits.forget()
    made = {"community": town.community, "name": "k", "scopes": ["read"], "per_minute": 2}
    program = Caller(town)
    program.headers["Authorization"] = f"Bearer {entry.make_key(town.officer.account_id, **made)[1]}"
    first = program.get("/cases")
    assert (first["RateLimit-Policy"], first["RateLimit"]) == ('"key";q=2;w=60', '"key";r=1;t=30')
    program.get("/cases")
    slow = program.get("/cases")
    assert (slow.status_code, slow["RateLimit"].split(";")[1]) == (429, "r=0")
    assert 0 < int(slow["Retry-After"]) <= 30
    assert Caller(town, town.officer).get("/cases").status_code == 200
    limits.forget()


def test_who_has_it_already_is_told_so(town, officer):
    case = town.report()
    for path in (f"/cases/{case.pk}", "/cases", "/categories", "/log/head"):
        tag = officer.get(path)["ETag"]
        again = officer.get(path, If_None_Match=f'"other", W/{tag}')
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), path
    tag = officer.get(f"/cases/{case.pk}")["ETag"]
    assert officer.post(f"/cases/{case.pk}/accept", If_Match=tag).status_code == 200
    assert officer.get(f"/cases/{case.pk}", If_None_Match=tag).status_code == 200
    stale = officer.post(f"/cases/{case.pk}/solve", {"cause": "Worn", "remedy": "New"}, If_Match=tag)
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "conflict")


def test_a_list_says_where_it_goes_on_in_its_head_too(town, officer):
    town.report(), town.report()
    page = officer.get("/cases?limit=1")
    assert page["Link"] == f'<{page.json()["next"]}>; rel="next"'
    assert "Link" not in officer.get("/cases?limit=50")


def test_what_was_made_has_an_address(town, officer):
    made = officer.post("/cases", WORDS)
    assert made["Location"] == f"{officer.base}/cases/{made.json()['id']}"


def test_every_address_says_what_it_answers_to(town, officer):
    answer = officer.client.options(f"{officer.base}/cases")
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    wrong = officer.client.delete(f"{officer.base}/cases")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
