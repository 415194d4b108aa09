"""What an API call is, and how it is answered: JSON from typed structs, one shape for every "no"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from uuid import UUID

    from mulin.kernel.viewer import Viewer

    from .limits import Counted


class KeyInUse(msgspec.Struct, frozen=True):
    """The key with which a call came: whose limit it is counted against."""

    id: UUID
    per_minute: int
    used_on: str  # the last day before this call; empty: never


class Call(HttpRequest):
    """A request after the middleware."""

    viewer: Viewer
    community: Any  # territory's Community, or None outside of one
    key: KeyInUse | None = None
    counted: Counted | None = None


class Problem(msgspec.Struct, omit_defaults=True):
    """Why not: a code for programs, a sentence for people, and what is wrong with which field."""

    code: str
    message: str
    fields: dict[str, list[str]] = {}


class Failure(msgspec.Struct):
    """Every answer that is not what was asked for."""

    error: Problem


class Unmet(Exception):
    """A call that cannot be read or may not be made; carries its answer."""

    def __init__(
        self, status: int, code: str, message: Any, fields: dict[str, list[str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.response = failure(status, code, str(message), fields, headers)


# Translated words and the like are written as text.
_encode = msgspec.json.Encoder(enc_hook=str).encode


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Answer with JSON."""
    return HttpResponse(_encode(body), status=status, content_type="application/json", headers=headers)


def failure(
    status: int, code: str, message: str, fields: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer with what went wrong."""
    return answer(Failure(Problem(code, message, fields or {})), status, headers)
