"""Addresses of GeoReport v2 (below a community, and of the whole installation), and of the pages for people."""

from django.urls import URLPattern, URLResolver, path, re_path

from .pages import desk, finding, offering, panels, posting, updates
from .pages.http import address, nothing

_FORM = r"\.(?P<form>xml|json)$"
_CODE = r"(?P<code>[\w-]{1,40})"
_NUMBER = r"(?P<number>[^/\x00]{1,80}?)"

server: list[URLPattern | URLResolver] = [
    re_path(rf"^discovery{_FORM}", address(False, GET=offering.discovery), name="discovery"),
    re_path(rf"^services{_FORM}", address(GET=offering.services)),
    re_path(rf"^services/{_CODE}{_FORM}", address(GET=offering.definition)),
    re_path(rf"^requests{_FORM}", address(GET=finding.index, POST=posting.report)),
    re_path(rf"^requests/{_NUMBER}{_FORM}", address(GET=finding.one)),
    re_path(rf"^tokens/(?P<token>[\w-]{{1,80}}){_FORM}", address(GET=finding.token)),
    re_path(rf"^servicerequestupdates{_FORM}", address(GET=updates.index, POST=updates.add)),
    path("requests.csv", address(GET=finding.bulk), {"form": "json"}),
    path("<path:rest>", nothing),
    path("", nothing),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.overview, name="overview"),
    path("services/<slug:key>/", desk.service, name="service"),
    path("services/<slug:key>/<uuid:id>/drop/", desk.drop, name="drop"),
    path("cases/<uuid:id>/mail/", panels.contact, name="contact"),
]
