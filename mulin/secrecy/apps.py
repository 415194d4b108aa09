"""Secrecy as a Django app, so that its command is found. It has no tables."""

from django.apps import AppConfig


class Secrecy(AppConfig):
    name = "mulin.secrecy"
