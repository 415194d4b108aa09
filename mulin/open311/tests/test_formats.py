"""JSON and XML say the same, whatever people wrote; and moments are read as the standard writes them."""

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.open311.figures.moments import read_moment, window
from mulin.open311.figures.writing import plain, write

from .callers import texts, tree

WORDS = st.text("ab <&>\"'\r\n\t\x00\x1b\ud800é中😀]]>", max_size=8).map(plain)
VALUES = st.none() | st.booleans() | WORDS | st.floats(-180, 180) | st.integers(0, 10**6)
INNER = st.fixed_dictionaries({"key": WORDS, "name": VALUES})
ROWS = st.lists(
    st.fixed_dictionaries(
        {"service_request_id": VALUES, "description": VALUES, "values": st.lists(INNER, max_size=3)}
    ),
    max_size=4,
)  # fmt: skip


def clean(value):
    """XML readers cannot tell an empty list from an empty text, nor kinds of line ends inside attributes."""
    return value or ""


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(ROWS)
def test_both_formats_say_the_same(rows):
    said = texts(json.loads(write("json", "service_requests", rows)))
    root = ET.fromstring(write("xml", "service_requests", rows))
    assert clean(said) == clean(tree(root) if len(root) else [])


@given(st.text())
def test_any_text_at_all_makes_xml_that_can_be_read(words):
    root = ET.fromstring(write("xml", "errors", [{"code": 400, "description": words}]))
    assert (root[0][1].text or "") == plain(words)


@pytest.mark.parametrize("text", ["", "x", "2026", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59Z", "1e9", "now"])
def test_what_is_no_moment_is_none(text):
    with pytest.raises((ValueError, OverflowError)):
        read_moment(text)


@given(st.datetimes(), st.datetimes(), st.datetimes())
def test_a_window_is_never_wider_than_ninety_days(start, end, at):
    found = window(start, end, at)
    assert found is None or 0 <= (found[1] - found[0]).total_seconds() <= 90 * 86_400 + 1
    assert window(None, None, at.replace(year=2026)) is not None
