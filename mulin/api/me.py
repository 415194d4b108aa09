"""Who the caller is in this community."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.middleware.csrf import get_token

from .http import Call, answer


class HeldPost(msgspec.Struct):
    """A post that the caller holds now."""

    id: UUID
    kind: str
    place_kind: str
    place_id: UUID | None


class Me(msgspec.Struct):
    """The caller: nobody, an account, or a person of this community."""

    name: str
    person_id: UUID | None
    is_signed_in: bool
    language: str
    capabilities: list[str]
    posts: list[HeldPost]
    scopes: list[str] | None
    csrf_token: str | None


def me(call: Call) -> HttpResponse:
    """Answer who is calling; browsers also get the token that their writes need."""
    viewer = call.viewer
    by_cookie = viewer.scopes is None and (viewer.is_someone or bool(viewer.holds))
    return answer(
        Me(
            viewer.name, viewer.person_id, viewer.is_someone, viewer.language, sorted(viewer.capabilities),
            [HeldPost(term.post_id, term.kind, term.place_kind, term.place_id) for term in viewer.terms],
            None if viewer.scopes is None else sorted(viewer.scopes), get_token(call) if by_cookie else None,
        )
    )  # fmt: skip
