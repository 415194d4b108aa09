"""Addresses below /<community>/: the short one on a plate, the places for maps, and the plates themselves."""

from django.urls import path

from . import pages

urlpatterns = [
    path("e/<slug:code>/", pages.plate, name="plate"),
    path("places.json", pages.features, name="features"),
    path("places/entrance/<uuid:pk>/qr.svg", pages.qr_code, name="qr_code"),
]
