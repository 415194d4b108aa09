"""Addresses of the API, below /api/v1/: what every community has, and what its modules offer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from . import log
from .calls import endpoint, nothing_here
from .http import Call, answer
from .me import me
from .moves import Views
from .openapi import document
from .resources import Plain, Resource, offer
from .scopes import OPEN


def routes(*resources: Resource, others: tuple[Plain, ...] = ()) -> list[URLPattern | URLResolver]:
    """List the API's addresses for these resources; config collects them, since the kit knows no module."""
    offer(resources, others)
    offered = [one for resource in resources for one in Views(resource).urls()]
    return [
        path("", endpoint(OPEN, GET=_start)),
        path("openapi.json", endpoint(OPEN, GET=_document_of(resources)), name="openapi"),
        path("<slug:slug>/me", endpoint(OPEN, GET=me), name="me"),
        path("<slug:slug>/log/head", endpoint(OPEN, GET=log.head), name="log-head"),
        path("<slug:slug>/log/proof", endpoint(OPEN, GET=log.proof), name="log-proof"),
        path("<slug:slug>/log/consistency", endpoint(OPEN, GET=log.consistency), name="log-consistency"),
        *[path(each, endpoint(**does)) for one in others for each, does in one.above],
        *[path(f"<slug:slug>/{each}", endpoint(**does)) for one in others for each, does in one.urls],
        *offered,
        # The site's own page for what is not there would be HTML.
        path("<path:rest>", nothing_here),
    ]


def _start(call: Call) -> HttpResponse:
    return answer({"openapi": "/api/v1/openapi.json"})


def _document_of(resources: tuple[Resource, ...]) -> Callable[[Call], HttpResponse]:
    @cache
    def written() -> bytes:
        return msgspec.json.encode(document(resources))

    def openapi(call: Call) -> HttpResponse:
        return HttpResponse(written(), content_type="application/json", headers={"Cache-Control": "public, no-cache"})

    return openapi
