"""The same answer as JSON (by the Spark convention: containers are bare arrays) and as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import msgspec

# What stands in a container.
ITEMS = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format", "notes": "note",
    "service_request_updates": "request_update",
}  # fmt: skip
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KINDS = {"xml": "text/xml", "json": "application/json", "csv": "text/csv"}
_encode = msgspec.json.Encoder(enc_hook=str).encode  # translated words are written as text


def content_type(form: str) -> str:
    """Name what an answer is made of."""
    return f"{_KINDS[form]}; charset=utf-8"


def write(form: str, name: str, value: Any) -> bytes:
    """Write an answer called so: a list of rows, or one thing."""
    if form == "json":
        return _encode(value)
    return ('<?xml version="1.0" encoding="utf-8"?>' + "".join(_element(name, value))).encode()


def plain(text: Any) -> str:
    """Take out the signs that XML cannot hold, so that both formats say the same."""
    return _FORBIDDEN.sub("", str(text))


def _element(name: str, value: Any) -> Iterator[str]:
    if value is None or value == "" or value == []:
        yield f"<{name}/>"
        return
    yield f"<{name}>"
    if isinstance(value, list | tuple):
        for each in value:
            yield from _element(ITEMS.get(name, "item"), each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _element(key, inner)
    elif isinstance(value, msgspec.Struct):
        for key in value.__struct_fields__:
            yield from _element(key, getattr(value, key))
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, float):
        yield repr(value)
    else:
        yield escape(plain(value), {"\r": "&#13;"})
    yield f"</{name}>"
