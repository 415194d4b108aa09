"""Addresses of the front page and of each community's home."""

from django.urls import path

from . import pages

urlpatterns = [path("", pages.front, name="front")]
community_urlpatterns = [
    path("", pages.community_home, name="home"),
    path("notifications/", pages.notifications, name="notifications"),
    path("log/", pages.log, name="log"),
]
