"""Addresses of participation, below a community's."""

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Affiliation, Claim, Registration, Sign, Talent

urlpatterns: list[URLPattern] = [
    path("", pages.overview, name="overview"),
    path("claims/", pages.claims, name="claims"),
    path("claims/new/", pages.new_claim, name="new_claim"),
    path("claims/<uuid:id>/", pages.claim, name="claim"),
    *move_paths("claims/", "claim", Claim),
    path("organisations/", pages.organisations, name="organisations"),
    path("organisations/<uuid:id>/", pages.members, name="members"),
    path("organisations/<uuid:id>/admission/", pages.admission, name="admission"),
    path("organisations/<uuid:id>/register/", pages.register_members, name="register_members"),
    path("memberships/new/", pages.new_membership, name="new_membership"),
    path("memberships/<uuid:id>/", pages.membership, name="membership"),
    *move_paths("memberships/", "membership", Affiliation),
    path("registrations/new/", pages.new_registration, name="new_registration"),
    path("registrations/<uuid:id>/", pages.registration, name="registration"),
    *move_paths("registrations/", "registration", Registration),
    path("talents/", pages.talents, name="talents"),
    path("talents/new/", pages.new_talent, name="new_talent"),
    path("talents/<uuid:id>/", pages.talent, name="talent"),
    *move_paths("talents/", "talent", Talent),
    path("signs/new/", pages.new_sign, name="new_sign"),
    path("signs/<uuid:id>/", pages.sign, name="sign"),
    *move_paths("signs/", "sign", Sign),
    path("groups/", pages.groups, name="groups"),
    path("neighbours/<uuid:person_id>/", pages.neighbour, name="neighbour"),
]
