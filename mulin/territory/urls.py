"""Addresses below /<community>/: short ones on plates, places for maps, and the pages on which they are kept."""

from django.urls import path

from . import pages

open_urlpatterns = [path("divisions/", pages.divisions, name="tree")]
urlpatterns = [
    path("e/<slug:code>/", pages.plate, name="plate"),
    path("s/<slug:code>/", pages.spot_plate, name="spot_plate"),
    path("places.json", pages.features, name="features"),
    path("places/", pages.search, name="search"),
    path("places/new/<slug:kind>/", pages.add, name="place_new"),
    path("places/<slug:kind>/<uuid:pk>/correct/", pages.correct, name="correct"),
    path("places/entrance/<uuid:pk>/qr.svg", pages.qr_code, name="qr_code"),
    path("places/spot/<uuid:pk>/qr.svg", pages.qr_code, name="spot_qr_code"),
    path("grids/", pages.grids, name="grids"),
    path("grids/new/", pages.grid_new, name="grid_new"),
    path("grids/upload/", pages.upload, name="upload"),
    path("grids/boundary/", pages.boundary, name="boundary"),
    path("grids/<uuid:pk>/", pages.grid, name="grid"),
    path("grids/<uuid:pk>/remove/", pages.grid_remove, name="grid_remove"),
    path("plates/", pages.plates, name="plates"),
    path("plates/sheet/", pages.sheet, name="sheet"),
    path("settings/", pages.settings, name="settings"),
]
