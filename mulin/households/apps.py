"""Households as a Django app."""

from django.apps import AppConfig


class Households(AppConfig):
    name = "mulin.households"
