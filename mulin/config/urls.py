"""The map of the site: one line per module. Below /<community>/ everything belongs to one community."""

from django.urls import URLPattern, URLResolver, include, path

from mulin.api import urls as api
from mulin.cases import api as cases_api
from mulin.cases import urls as cases
from mulin.entry import urls as entry
from mulin.home import urls as home
from mulin.people import urls as people
from mulin.territory import urls as territory

in_a_community: list[URLPattern | URLResolver] = [
    path("", include((home.community_urlpatterns, "home"), namespace="community")),
    path("", include((territory.urlpatterns, "territory"))),
    path("people/", include((people.urlpatterns, "people"))),
    path("", include((cases.urlpatterns, "cases"))),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((home.urlpatterns, "home"))),
    path("", include((entry.urlpatterns, "entry"))),
    path("", include("mulin.web.urls")),
    path("api/v1/", include((api.routes(cases_api.CASES), "api"))),
    path("<slug:slug>/", include(in_a_community)),
]
handler404 = "mulin.web.pages.not_found"
handler500 = "mulin.web.pages.server_error"
