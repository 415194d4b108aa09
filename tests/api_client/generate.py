"""Writes a small typed client from the API's document: msgspec structs, a function for each operation, stdlib http."""

from __future__ import annotations

import keyword
import re
from typing import Any

HEAD = '''"""A client for the API, made from its document."""

from __future__ import annotations

import http.client
from datetime import date, datetime
from typing import Any, Literal, TypeVar
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

import msgspec

T = TypeVar("T")


class Refused(Exception):
    """Another answer than the one that was asked for."""

    def __init__(self, status: int, error: Problem) -> None:
        super().__init__(f"{status} {error.code}: {error.message}")
        self.status, self.error = status, error


class Client:
    """Calls one community's API with a key, or as nobody."""

    def __init__(self, site: str, slug: str, key: str = "") -> None:
        self.site, self.slug, self.key = urlsplit(site), slug, key

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        """Send a call and return status and body; overridden where there is no network."""
        kind = http.client.HTTPSConnection if self.site.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.site.netloc, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def call(
        self, method: str, path: str, query: dict[str, Any], headers: dict[str, Any], body: object, answer: type[T]
    ) -> T:
        """Make a call and read what comes back. Raises Refused."""
        sent = {name: str(value) for name, value in headers.items() if value is not None}
        sent |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in query.items()}
        asked = {name: value for name, value in asked.items() if value is not None}
        data = None
        if method == "POST":
            sent["Content-Type"] = "application/json"
            data = msgspec.json.encode(body if body is not None else {})
        status, said = self.send(method, path + (f"?{urlencode(asked)}" if asked else ""), sent, data)
        if status >= 400:
            raise Refused(status, msgspec.json.decode(said, type=Failure).error)
        return msgspec.json.decode(said, type=answer)
'''


def generate(document: dict[str, Any]) -> str:
    """Write the module for a whole document."""
    parts = [HEAD]
    parts += [_struct(name, schema) for name, schema in document["components"]["schemas"].items()]
    for path, entry in document["paths"].items():
        for method in ("get", "post"):
            if method in entry and (found := _function(document, path, method, entry)):
                parts.append(found)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _struct(name: str, schema: dict[str, Any]) -> str:
    needed, lines = set(schema.get("required", ())), []
    # What may be missing stands last; every struct takes names only, so the order is nobody's matter.
    for field, kind in schema.get("properties", {}).items():
        hint = _hint(kind)
        lines.append(f"    {_safe(field)}: {hint}" if field in needed else f"    {_safe(field)}: {hint} | None = None")
    return f"class {name}(msgspec.Struct, kw_only=True):\n" + ("\n".join(lines) or "    pass")


def _body(name: str, schema: dict[str, Any]) -> tuple[str, str]:
    """Write the struct of what an operation asks; what is left out is not sent."""
    needed, lines = set(schema.get("required", ())), []
    for field, kind in schema.get("properties", {}).items():
        hint = _hint(kind)
        lines.append(f"    {_safe(field)}: {hint}" if field in needed else f"    {_safe(field)}: {hint} | None = None")
    named = "".join(part.title() for part in name.split("_")) + "Asks"
    return named, f"class {named}(msgspec.Struct, kw_only=True, omit_defaults=True):\n" + (
        "\n".join(lines) or "    pass"
    )


def _function(document: dict[str, Any], path: str, method: str, entry: dict[str, Any]) -> str:
    one = entry[method]
    answer = _answer(one)
    if not answer:
        return ""  # a picture: no shape to read it by
    given = [_resolved(document, each) for each in (*entry.get("parameters", ()), *one.get("parameters", ()))]
    ids = [each for each in given if each["in"] == "path" and each["name"] != "slug"]
    query = [each for each in given if each["in"] == "query"]
    headers = [each for each in given if each["in"] == "header" and each["name"] != "If-None-Match"]
    name, before, takes = one["operationId"], "", ["client: Client", *(f"{_safe(each['name'])}: UUID" for each in ids)]
    content = one.get("requestBody", {}).get("content", {}).get("application/json")
    body = "None"
    if content:
        if "$ref" in content["schema"]:
            kind = _hint(content["schema"])
        else:
            kind, written = _body(name, content["schema"])
            before = written + "\n\n\n"
        takes.append(f"body: {kind}")
        body = "body"
    options = [f"{_safe(each['name'])}: {_hint(each['schema'])} | None = None" for each in (*query, *headers)]
    takes += ["*", *options] if options else []
    address = re.sub(r"\{(\w+)\}", lambda found: f"{{quote(str({_value(found[1])}))}}", path)
    return (
        f"{before}def {name}({', '.join(takes)}) -> {answer}:\n"
        f"    {one['summary']!r}\n"
        f'    return client.call(\n        {method.upper()!r}, f"{address}",\n'
        f"        {_dict(query)}, {_dict(headers)}, {body}, {answer},\n    )"
    )


def _value(name: str) -> str:
    return "client.slug" if name == "slug" else _safe(name)


def _dict(parameters: list[dict[str, Any]]) -> str:
    return "{" + ", ".join(f"{each['name']!r}: {_safe(each['name'])}" for each in parameters) + "}"


def _answer(one: dict[str, Any]) -> str:
    for status in ("200", "201"):
        schema = one["responses"].get(status, {}).get("content", {}).get("application/json", {}).get("schema")
        if schema:
            return _hint(schema)
    return ""


def _resolved(document: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    found: Any = document
    for step in given.get("$ref", "").removeprefix("#/").split("/"):
        found = found[step] if step else given
    return dict(found)


def _safe(name: str) -> str:
    plain = re.sub(r"\W", "_", name).lower() if "-" in name else name
    return f"{plain}_" if keyword.iskeyword(plain) or plain == "client" else plain


def _hint(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_hint(each) for each in schema["anyOf"]))
    if schema.get("enum"):
        return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
    kind = schema.get("type")
    if kind == "array":
        return f"list[{_hint(schema['items'])}]" if schema.get("items") else "list[Any]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_hint(inner)}]" if isinstance(inner, dict) else "dict[str, Any]"
    formats = {"uuid": "UUID", "date": "date", "date-time": "datetime"}
    if kind == "string":
        return formats.get(schema.get("format", ""), "str")
    return {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}.get(str(kind), "Any")
