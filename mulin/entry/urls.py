"""Addresses of getting in: one's own pages, and those that lead into a community."""

from django.urls import URLPattern, URLResolver, include, path

from .pages import guests, invitations, joining, me, security, sign_in

into_a_community = [
    path("join/", joining.join, name="join"),
    path("join/check/", joining.join_check, name="join_check"),
    path("guest/", guests.guest, name="guest"),
    path("guest/check/", guests.guest_check, name="guest_check"),
    path("invite/", invitations.invite, name="invite"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/code/check/", sign_in.code_check, name="code_check"),
    path("sign-in/passkey/", sign_in.passkey, name="passkey"),
    path("sign-in/second/", sign_in.second, name="second"),
    path("sign-in/second/passkey/", sign_in.second_passkey, name="second_passkey"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("me/", me.me, name="me"),
    path("me/password/", security.password, name="password"),
    path("me/security/", security.security, name="security"),
    path("me/security/later/", security.later, name="later"),
    path("me/sign-ins/others/revoke/", security.revoke_others, name="revoke_others"),
    path("me/sign-ins/<uuid:sign_in_id>/revoke/", security.revoke, name="revoke"),
    path("me/keys/", me.api_key, name="api_key"),
    path("me/keys/<uuid:key_id>/revoke/", me.api_key_revoke, name="api_key_revoke"),
    path("<slug:slug>/", include(into_a_community)),
]
