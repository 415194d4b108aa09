"""Webhooks as a Django app."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    name = "mulin.webhooks"
