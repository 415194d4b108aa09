"""One's own sign-ins for programs in a browser: which devices are signed in, and signing them out; not by key."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from mulin.api.http import Call, answer
from mulin.api.openapi import id_of, operation
from mulin.api.resources import Plain
from mulin.kernel.refusals import Refused

from . import actions, queries
from .models import SignIn


class SignInShown(msgspec.Struct):
    """One device that is signed in, or was in the last weeks."""

    id: UUID
    device: str
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    is_this: bool


class SignIns(msgspec.Struct):
    """One's own sign-ins, the open ones first."""

    items: list[SignInShown]


def _mine(call: Any) -> SignIn:
    mine: SignIn | None = getattr(call, "sign_in", None)
    if mine is None:
        raise Refused("sign_in", _("Sign in first; a key does not open this."), 403)
    return mine


def _shown(mine: SignIn) -> HttpResponse:
    rows = [*queries.sign_ins_of(mine.account_id), *queries.ended_sign_ins_of(mine.account_id)]
    return answer(SignIns([
        SignInShown(row.pk, row.device, row.created_at, row.seen_at, row.revoked_at, row.pk == mine.pk) for row in rows
    ]))  # fmt: skip


def sign_ins(call: Call) -> HttpResponse:
    """Answer where one is signed in, and where one was."""
    return _shown(_mine(call))


def revoke(call: Call, id: UUID) -> HttpResponse:
    """Sign out one device of one's own."""
    mine = _mine(call)
    if id not in {row.pk for row in queries.sign_ins_of(mine.account_id)}:
        raise Http404
    actions.leave(id, account_id=mine.account_id)
    return _shown(mine)


def revoke_others(call: Call) -> HttpResponse:
    """Sign out everywhere else."""
    mine = _mine(call)
    actions.leave_others(mine)
    return _shown(mine)


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    def one(name: str, summary: str, writes: bool = True) -> dict[str, Any]:
        return operation(name, summary, "me", known[id(SignIns)], writes=writes, is_for_browsers=True)

    base = "/api/v1/me/sign-ins"
    listed = one("list_sign_ins", _("List where you are signed in, and where you were."), writes=False)
    ended = one("revoke_sign_in", _("Sign out one of your devices."))
    return {
        base: {"get": listed},
        f"{base}/revoke-others": {"post": one("revoke_other_sign_ins", _("Sign out everywhere else."))},
        f"{base}/{{id}}/revoke": {"parameters": [id_of("id")], "post": ended},
    }


SIGN_INS = Plain(
    urls=(),
    above=(
        ("me/sign-ins", {"GET": sign_ins}),
        ("me/sign-ins/revoke-others", {"POST": revoke_others}),
        ("me/sign-ins/<uuid:id>/revoke", {"POST": revoke}),
    ),
    types=(SignIns, SignInShown),
    paths=_paths,
)
