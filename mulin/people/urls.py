"""Addresses of people's pages: `people:` for one's own, `here:` for those of one community."""

from django.urls import path

from .pages import entry, invitations, joining, me, posts

urlpatterns = [
    path("sign-in/", entry.sign_in, name="sign_in"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("sign-in/code/", entry.code, name="code"),
    path("sign-in/code/check/", entry.code_check, name="code_check"),
    path("sign-in/demo/", entry.demo_sign_in, name="demo_sign_in"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
    path("me/sign-ins/<uuid:sign_in_id>/revoke/", me.revoke, name="revoke"),
    path("me/keys/", me.api_key, name="api_key"),
    path("me/keys/<uuid:key_id>/revoke/", me.api_key_revoke, name="api_key_revoke"),
]
community_urlpatterns = [
    path("", posts.posts, name="posts"),
    path("join/", joining.join, name="join"),
    path("join/check/", joining.join_check, name="join_check"),
    path("invite/", invitations.invite, name="invite"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("terms/<uuid:term_id>/<slug:move>/", posts.term_move, name="term_move"),
    path("<uuid:person_id>/reveal/", posts.reveal, name="reveal"),
]
