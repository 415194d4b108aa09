"""Factors as a Django app."""

from django.apps import AppConfig


class Factors(AppConfig):
    name = "mulin.factors"
