"""Whatever is sent to whatever address: an answer in the right form, and never a crash."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .callers import read

NAMES = (
    "jurisdiction_id", "service_code", "service_request_id", "start_date", "end_date", "status", "page", "page_size",
    "bbox", "lat", "long", "radius", "extensions", "description", "address_string", "address_id", "phone", "email",
    "first_name", "media_url", "attribute[how]", "attribute[size][]", "attribute[", "attribute[][]", "update_id",
)  # fmt: skip
LIKELY = st.sampled_from(
    [
        "lamp", "pothole", "B-2026-00001", "open", "closed", "true", "1", "0", "-1", "1000", "9" * 20, "39.19", "117.1",
        "nan", "inf", "1e400", "1,2,3,4", ",", "2026-01-01", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00",
        "0001-01-01T00:00:00-14:00", "1号楼1门", "hand", "\x00", "%", "'\"<&",
    ]
)  # fmt: skip
VALUES = LIKELY | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SENT = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)
PATHS = st.sampled_from(
    [
        "discovery", "services", "services/lamp", "services/x", "requests", "requests/B-2026-00001", "requests/x",
        "tokens/x", "servicerequestupdates",
    ]
)  # fmt: skip
FORMS = st.sampled_from(["json", "xml"])


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=PATHS, form=FORMS, sent=SENT)
def test_any_reading_is_answered(program, asking, path, form, sent):
    answer = program.get(f"{path}.{form}", **sent)
    assert answer.status_code in (200, 400, 404)
    assert read(answer) is not None


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(["requests", "servicerequestupdates"]), form=FORMS, sent=SENT)
def test_any_report_is_answered(program, asking, path, form, sent):
    program.client.raise_request_exception = True
    answer = program.post(f"{path}.{form}", {"service_code": "lamp", "description": "x", **sent})
    assert answer.status_code in (200, 400, 403, 404, 429)
    assert len(read(answer)) >= 1


def test_addresses_with_strange_signs_are_answered(program):
    for path in (
        "requests/%00.json",
        "requests/%F0%9F%98%80.xml",
        "services/..%2f.json",
        "tokens/%27.json",
        "requests/%0a.json",
    ):
        answer = program.client.get(f"{program.base}/{path}")
        assert answer.status_code in (400, 404)
        assert read(answer)[0]["code"] in ("400", "404")
