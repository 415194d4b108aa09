"""The map of the site: one line per module. Below /<community>/ everything belongs to one community."""

from django.urls import URLPattern, URLResolver, include, path

from mulin.api import urls as api
from mulin.cases import api as cases_api
from mulin.cases import urls as cases
from mulin.entry import urls as entry
from mulin.factors import urls as factors
from mulin.home import api as home_api
from mulin.home import urls as home
from mulin.households import api as households_api
from mulin.households import urls as households
from mulin.participation import api as participation_api
from mulin.participation import urls as participation
from mulin.people import api as people_api
from mulin.people import urls as people
from mulin.privacy import api as privacy_api
from mulin.privacy import urls as privacy
from mulin.territory import api as territory_api
from mulin.territory import urls as territory
from mulin.webhooks import api as webhooks_api
from mulin.webhooks import urls as webhooks

in_a_community: list[URLPattern | URLResolver] = [
    path("", include((home.community_urlpatterns, "home"), namespace="community")),
    path("", include((territory.urlpatterns, "territory"))),
    path("people/", include((people.urlpatterns, "people"))),
    path("households/", include((households.urlpatterns, "households"))),
    path("take-part/", include((participation.urlpatterns, "participation"))),
    path("consents/", include((privacy.urlpatterns, "privacy"))),
    path("webhooks/", include((webhooks.urlpatterns, "webhooks"))),
    path("", include((cases.urlpatterns, "cases"))),
]
offered = api.routes(
    cases_api.CASES,
    *territory_api.RESOURCES,
    *people_api.RESOURCES,
    *privacy_api.RESOURCES,
    *households_api.RESOURCES,
    *participation_api.RESOURCES,
    *webhooks_api.RESOURCES,
    others=(home_api.IMPORTS, home_api.OVERVIEW),
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((home.urlpatterns, "home"))),
    path("", include((entry.urlpatterns, "entry"))),
    path("me/data/", include(privacy.own_urlpatterns)),
    path("me/security/", include((factors.urlpatterns, "factors"))),
    path("", include("mulin.web.urls")),
    path("", include((territory.open_urlpatterns, "divisions"))),
    path("api/v1/", include((offered, "api"))),
    path("developers/", include((webhooks.site_urlpatterns, "developers"))),
    path("<slug:slug>/", include(in_a_community)),
]
handler404 = "mulin.web.pages.not_found"
handler500 = "mulin.web.pages.server_error"
