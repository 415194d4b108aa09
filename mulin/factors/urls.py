"""Addresses of second factors, below /me/security/."""

from django.urls import URLPattern, path

from . import pages

urlpatterns: list[URLPattern] = [
    path("authenticator/", pages.authenticator, name="authenticator"),
    path("authenticator/begin/", pages.authenticator_begin, name="authenticator_begin"),
    path("authenticator/remove/", pages.authenticator_remove, name="authenticator_remove"),
    path("passkeys/new/", pages.passkey_new, name="passkey_new"),
    path("passkeys/<uuid:passkey_id>/", pages.passkey_rename, name="passkey_rename"),
    path("passkeys/<uuid:passkey_id>/remove/", pages.passkey_remove, name="passkey_remove"),
    path("recovery-codes/", pages.recovery, name="recovery"),
]
