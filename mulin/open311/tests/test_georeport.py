"""A client that others wrote reads our server over HTTP."""

import pytest
from georeport import GeoReport
from requests import HTTPError

from mulin.cases.tests.factories import make_town
from mulin.forwarding.tests.servers import site

__all__ = ["site"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_everything(asking, site, form):
    first, second = asking.report(), asking.report()
    client = GeoReport(f"{site}/baocui/open311/v2", output_format=form)
    services = client.get_service_list()
    assert {"lamp", "bin"} <= {each["service_code"] for each in services}
    assert client.get_service_definition("lamp")["service_code"] == "lamp"
    listed = client.get_service_requests(status="open")
    assert [each["service_request_id"] for each in listed] == [second.number, first.number]
    one = client.get_service_request(first.number)
    assert (one["service_request_id"], one["status"]) == (first.number, "open")
    with pytest.raises(HTTPError, match="404"):
        client.get_service_request("B-1999-1")


def test_georeport_names_a_jurisdiction(town, site):
    make_town("huwei", letter="H")
    with pytest.raises(HTTPError, match="400"):
        GeoReport(f"{site}/open311/v2").get_service_list()
    assert GeoReport(f"{site}/open311/v2", jurisdiction="huwei").get_service_list()
