"""How answers go out: pages compressed for whoever can read that, a program's data as it is."""

import gzip

import pytest

from mulin.cases.tests.factories import town

__all__ = ["town"]
pytestmark = pytest.mark.django_db
ANY = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed(client, town):
    plain = client.get("/baocui/cases/")
    page = client.get("/baocui/cases/", headers=ANY)
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]
    assert len(page.content) < len(plain.content) / 2
    assert b"</html>" in gzip.decompress(page.content)


def test_who_cannot_read_that_gets_it_plain(client, town):
    assert "Content-Encoding" not in client.get("/baocui/cases/").headers


def test_what_a_program_asks_for_goes_out_as_it_is(client, town):
    answer = client.get("/api/v1/openapi.json", headers=ANY)
    assert "Content-Encoding" not in answer.headers
    assert answer.json()["openapi"]
