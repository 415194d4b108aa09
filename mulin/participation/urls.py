"""Addresses of participation, below a community's."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
