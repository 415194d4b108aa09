"""Addresses of news below a community's, and of one's choices below /me/news/."""

from django.urls import URLPattern, path

from . import pages

urlpatterns: list[URLPattern] = [
    path("notifications/", pages.notifications, name="notifications"),
    path("group-robots/", pages.robots, name="robots"),
    path("group-robots/new/", pages.add, name="robot_add"),
    path("group-robots/<uuid:id>/", pages.robot, name="robot"),
    *pages.paths,
]
own_urlpatterns: list[URLPattern] = [
    path("", pages.choices, name="choices"),
    path("stop/<str:token>/", pages.stop, name="stop"),
]
