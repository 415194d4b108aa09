"""The map of the site: one line per module. Below /<community>/ everything belongs to one community."""

from django.urls import URLPattern, URLResolver, include, path

from mulin.api import urls as api
from mulin.bodies import api as bodies_api
from mulin.bodies import urls as bodies
from mulin.callups import api as callups_api
from mulin.callups import urls as callups
from mulin.cases import api as cases_api
from mulin.cases import urls as cases
from mulin.channels import api as channels_api
from mulin.channels import urls as channels
from mulin.comments import api as comments_api
from mulin.comments import urls as comments
from mulin.concerns import api as concerns_api
from mulin.concerns import urls as concerns
from mulin.deputies import api as deputies_api
from mulin.deputies import urls as deputies
from mulin.entry import api as entry_api
from mulin.entry import urls as entry
from mulin.factors import urls as factors
from mulin.forwarding import api as forwarding_api
from mulin.forwarding import urls as forwarding
from mulin.home import api as home_api
from mulin.home import urls as home
from mulin.households import api as households_api
from mulin.households import urls as households
from mulin.incidents import api as incidents_api
from mulin.incidents import urls as incidents
from mulin.joining import api as joining_api
from mulin.joining import urls as joining
from mulin.learning import api as learning_api
from mulin.mediation import api as mediation_api
from mulin.mediation import urls as mediation
from mulin.news import api as news_api
from mulin.news import urls as news
from mulin.notices import api as notices_api
from mulin.notices import urls as notices
from mulin.open311 import urls as open311
from mulin.participation import api as participation_api
from mulin.participation import urls as participation
from mulin.people import api as people_api
from mulin.people import urls as people
from mulin.privacy import api as privacy_api
from mulin.privacy import urls as privacy
from mulin.proposals import api as proposals_api
from mulin.proposals import urls as proposals
from mulin.rates import api as rates_api
from mulin.rates import urls as rates
from mulin.rounds import api as rounds_api
from mulin.rounds import urls as rounds
from mulin.territory import api as territory_api
from mulin.territory import urls as territory
from mulin.votes import api as votes_api
from mulin.votes import urls as votes
from mulin.webhooks import api as webhooks_api
from mulin.webhooks import urls as webhooks

in_a_community: list[URLPattern | URLResolver] = [
    path("", include((home.community_urlpatterns, "home"), namespace="community")),
    path("", include((territory.urlpatterns, "territory"))),
    path("people/", include((people.urlpatterns, "people"))),
    path("households/", include((households.urlpatterns, "households"))),
    path("take-part/", include((participation.urlpatterns, "participation"))),
    path("", include((news.urlpatterns, "news"))),
    path("callups/", include((callups.urlpatterns, "callups"))),
    path("rates/", include((rates.urlpatterns, "rates"))),
    path("", include((channels.urlpatterns, "channels"))),
    path("concerns/", include((concerns.urlpatterns, "concerns"))),
    path("deputies/", include((deputies.urlpatterns, "deputies"))),
    path("incidents/", include((incidents.urlpatterns, "incidents"))),
    path("notices/", include((notices.urlpatterns, "notices"))),
    path("comments/", include((comments.urlpatterns, "comments"))),
    path("mediation/", include((mediation.urlpatterns, "mediation"))),
    path("rounds/", include((rounds.urlpatterns, "rounds"))),
    path("votes/", include((votes.urlpatterns, "votes"))),
    path("proposals/", include((proposals.urlpatterns, "proposals"))),
    path("consents/", include((privacy.urlpatterns, "privacy"))),
    path("webhooks/", include((webhooks.urlpatterns, "webhooks"))),
    path("bodies/", include((bodies.urlpatterns, "bodies"))),
    path("joining/", include((joining.urlpatterns, "joining"))),
    path("open311/v2/", include((open311.server, "open311-server"))),
    path("open311/", include((open311.urlpatterns, "open311"))),
    path("forwarding/", include((forwarding.urlpatterns, "forwarding"))),
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
    *news_api.RESOURCES,
    *notices_api.RESOURCES,
    *comments_api.RESOURCES,
    *callups_api.RESOURCES,
    *rates_api.RESOURCES,
    *incidents_api.RESOURCES,
    *channels_api.RESOURCES,
    *concerns_api.RESOURCES,
    *deputies_api.RESOURCES,
    *mediation_api.RESOURCES,
    *rounds_api.RESOURCES,
    *votes_api.RESOURCES,
    *proposals_api.RESOURCES,
    *joining_api.RESOURCES,
    *bodies_api.RESOURCES,
    *forwarding_api.RESOURCES,
    others=(
        territory_api.PLACE,
        entry_api.SIGN_INS,
        home_api.IMPORTS,
        home_api.OVERVIEW,
        news_api.NOTIFICATIONS,
        callups_api.SETTINGS,
        mediation_api.ENTER,
        notices_api.LISTS,
        learning_api.SUGGEST,
        rounds_api.LOOK,
    ),
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((offered, "api"))),  # first, since programs ask the most
    path("", include((home.urlpatterns, "home"))),
    path("", include((entry.urlpatterns, "entry"))),
    path("me/data/", include(privacy.own_urlpatterns)),
    path("me/news/", include((news.own_urlpatterns, "own_news"))),
    path("me/security/", include((factors.urlpatterns, "factors"))),
    path("", include("mulin.web.urls")),
    path("", include((territory.open_urlpatterns, "divisions"))),
    path("developers/", include((webhooks.site_urlpatterns, "developers"))),
    path("open311/v2/", include((open311.server, "open311-shared"))),
    path("<slug:slug>/", include(in_a_community)),
]
handler404 = "mulin.web.pages.not_found"
handler500 = "mulin.web.pages.server_error"
