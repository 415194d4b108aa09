"""Addresses of households, below a community's."""

from __future__ import annotations

from django.urls import path

from mulin.web.nouns import move_paths

from . import pages
from .models import Guardian, Household, Membership, Ownership, Proxy

urlpatterns = [
    path("", pages.boards, name="boards"),
    path("mine/", pages.mine, name="mine"),
    path("declare/", pages.declare, name="declare"),
    path("owners/", pages.owners, name="owners"),
    path("buildings/<uuid:id>/", pages.building, name="building"),
    path("doors/<uuid:id>/", pages.door, name="door"),
    path("doors/<uuid:id>/household/", pages.form, name="form"),
    path("doors/<uuid:id>/owner/", pages.register, name="register"),
    path("members/<uuid:id>/", pages.member, name="member"),
    path("members/<uuid:id>/guardian/", pages.name, name="name"),
    path("guardians/<uuid:id>/", pages.guardian, name="guardian"),
    path("ownerships/<uuid:id>/", pages.ownership, name="ownership"),
    path("ownerships/<uuid:id>/proxy/", pages.give, name="give"),
    path("proxies/<uuid:id>/", pages.proxy, name="proxy"),
    path("<uuid:id>/", pages.household, name="household"),
    path("<uuid:id>/add/", pages.admit, name="admit"),
    *move_paths("members/", "member", Membership),
    *move_paths("guardians/", "guardian", Guardian),
    *move_paths("ownerships/", "ownership", Ownership),
    *move_paths("proxies/", "proxy", Proxy),
    *move_paths("", "household", Household),
]
