"""What another server answers is read strictly: no types, no entities, no depths that no GeoReport needs."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.forwarding.figures.reading import DEEPEST, Unreadable, read_rows
from mulin.open311.figures.writing import write

ROWS = st.lists(st.fixed_dictionaries({"service_code": st.sampled_from(["a", "<&>", "é中", "a  b"])}), max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(ROWS)
def test_what_we_write_our_own_reader_reads(rows):
    for form in ("json", "xml"):
        assert read_rows(write(form, "services", rows), form, "services", "service") == rows


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><service_requests><request><status>&c;</status></request></service_requests>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<service_requests><request><status>&x;</status></request></service_requests>"""
DEEP = b"<service_requests>" + b"<request>" * 50 + b"</request>" * 50 + b"</service_requests>"


@pytest.mark.parametrize(
    "body",
    [
        BOMB, OUTSIDE, DEEP, b"", b"<", b"<service_requests><request></service_requests>", b"<html><body/></html>",
        b"\xff\xfe\x00", b'<?xml version="1.0" encoding="utf-7"?><service_requests/>', b"<a/>" * 2,
        b"<service_requests>" + b"<request/>" * 100_001 + b"</service_requests>", b"<service_requests>&nbsp;",
        b"<service_requests><request>text</request></service_requests>",
    ],
)  # fmt: skip
def test_xml_that_is_no_georeport_is_not_read(body):
    with pytest.raises(Unreadable):
        read_rows(body, "xml", "service_requests", "request")


@pytest.mark.parametrize(
    "body", [b"", b"null", b"7", b'"x"', b"[1]", b"[null]", b"{", b'{"a": 1}', b"[" * 100_000, b"\xff", b"NaN"]
)
def test_json_that_is_no_georeport_is_not_read(body):
    with pytest.raises(Unreadable):
        read_rows(body, "json", "service_requests", "request")


def test_what_other_servers_write_is_understood():
    bare = b'[{"token": 7}]'
    kept = b'{"service_requests": [{"token": 7}]}'
    nested = b'{"service_requests": {"request": {"token": 7}}}'
    for body in (bare, kept, nested):
        assert read_rows(body, "json", "service_requests", "request") == [{"token": 7}]
    one = b'<?xml version="1.0"?>\n<service_requests a="b">\n <request><token>7</token></request></service_requests>'
    assert read_rows(one, "xml", "service_requests", "request") == [{"token": "7"}]
    assert read_rows(b"<service_requests/>", "xml", "service_requests", "request") == []
    assert DEEPEST >= 6
