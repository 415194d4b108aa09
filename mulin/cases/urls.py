"""Addresses of cases, below the community's."""

from django.urls import path

from . import pages

urlpatterns = [
    path("report/", pages.report, name="report"),
    path("report/photos/<str:token>/", pages.waiting_photo, name="waiting"),
    path("report/sent/<uuid:id>/", pages.sent, name="sent"),
    path("cases/", pages.index, name="list"),
    path("cases.json", pages.points, name="points"),
    path("cases/mine/", pages.mine, name="mine"),
    path("cases/queue/", pages.queue, name="queue"),
    path("cases/queue/news/", pages.news, name="news"),
    path("cases/follow/", pages.follow, name="follow"),
    path("cases/<uuid:id>/", pages.detail, name="detail"),
    path("cases/<uuid:id>/beside/<slug:where>/", pages.beside, name="beside"),
    path("cases/<uuid:id>/contact/", pages.contact, name="contact"),
    path("cases/<uuid:id>/photos/<uuid:photo>/<slug:size>/", pages.photo, name="photo"),
    path("cases/<uuid:id>/<slug:name>/", pages.move, name="move"),
    path("cases/<uuid:id>/<slug:name>/agree/", pages.agree, name="agree"),
]
