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
from .resources import Resource


def routes(*resources: Resource) -> list[URLPattern | URLResolver]:
    """List the API's addresses for these resources; config collects them, since the kit knows no module."""
    offered = [one for resource in resources for one in Views(resource).urls()]
    return [
        path("", endpoint(GET=_start)),
        path("openapi.json", endpoint(GET=_document_of(resources)), name="openapi"),
        path("<slug:slug>/me", endpoint(GET=me), name="me"),
        path("<slug:slug>/log/head", endpoint(GET=log.head), name="log-head"),
        path("<slug:slug>/log/proof", endpoint(GET=log.proof), name="log-proof"),
        path("<slug:slug>/log/consistency", endpoint(GET=log.consistency), name="log-consistency"),
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
