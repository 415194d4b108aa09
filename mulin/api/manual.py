"""The document once more, put in order for a page that people read: by resource, with examples to copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .resources import Resource
from .scopes import known

GET, POST = "get", "post"
_KEPT_BRIEF = 4  # how deep an example goes


@dataclass(frozen=True)
class Answer:
    """One way in which a call can be answered."""

    status: str
    words: str
    shape: str  # the name of its shape, when it has one


@dataclass(frozen=True)
class Field:
    """One thing that is sent or answered."""

    name: str
    kind: str
    words: str
    needed: bool


@dataclass(frozen=True)
class Operation:
    """One thing that a program can do."""

    id: str
    method: str
    path: str
    title: str
    words: str
    scopes: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[Answer, ...]
    example: str


def operations(document: dict[str, Any], tag: str) -> list[Operation]:
    """List what can be done with one kind of thing."""
    return [
        _operation(document, path, method, entry)
        for path, entry in document["paths"].items()
        for method in (GET, POST)
        if method in entry and tag in entry[method]["tags"]
    ]


def shapes(document: dict[str, Any], listed: list[Operation]) -> list[tuple[str, list[Field]]]:
    """List the shapes that these operations answer with, and those inside them."""
    known, found, todo = document["components"]["schemas"], [], [each.shape for one in listed for each in one.answers]
    while todo:
        name = todo.pop(0)
        if not name or name in found or name not in known:
            continue
        found.append(name)
        todo += _names_in(known[name])
    return [(name, _fields(known[name])) for name in found]


def summary(document: dict[str, Any], resources: tuple[Resource, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """List what the document is about: name in the address, name for people, the scopes for just these."""
    scopes = {one.name: tuple(known([one.area])[2:]) for one in resources}
    return [(tag["name"], tag["description"], scopes.get(tag["name"], ())) for tag in document["tags"]]


def _operation(document: dict[str, Any], path: str, method: str, entry: dict[str, Any]) -> Operation:
    one = entry[method]
    given = [_resolved(document, each) for each in (*entry.get("parameters", ()), *one.get("parameters", ()))]
    content = one.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    body = _resolved(document, body)
    scopes = tuple(scope for each in one["security"] for scope in each.get("key", ()))
    return Operation(
        one["operationId"], method.upper(), path, one.get("x-label") or one["summary"],
        one.get("description", ""), scopes,
        tuple(
            Field(each["name"], f"{each['in']}, {_kind(each['schema'])}", each.get("description", ""), each["required"])
            for each in given if each["in"] != "path"
        ),
        tuple(_fields(body)), tuple(_answers(document, one)), _example(document, path, method, body),
    )  # fmt: skip


def _answers(document: dict[str, Any], one: dict[str, Any]) -> list[Answer]:
    listed = []
    for status, given in one["responses"].items():
        answer = _resolved(document, given)
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        listed.append(Answer(status, answer["description"], schema.get("$ref", "").rpartition("/")[2]))
    return sorted(listed, key=lambda answer: answer.status)


def _resolved(document: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    found: Any = document
    if "$ref" not in given:
        return given
    for step in given["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _names_in(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["$ref"].rpartition("/")[2]] if "$ref" in schema else []
        return own + [name for each in schema.values() for name in _names_in(each)]
    return [name for each in schema for name in _names_in(each)] if isinstance(schema, list) else []


def _fields(schema: dict[str, Any]) -> list[Field]:
    needed = schema.get("required", [])
    return [
        Field(name, _kind(each), each.get("description", ""), name in needed)
        for name, each in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kind = str(schema.get("type", "object"))
    if kind == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    extra = schema.get("format") or (f"≤ {schema['maxLength']}" if "maxLength" in schema else "")
    return f"{kind} ({extra})" if extra else kind


def _example(document: dict[str, Any], path: str, method: str, body: dict[str, Any]) -> str:
    lines = ["curl", '-H "Authorization: Bearer $KEY"']
    if method == POST:
        asked = {name: _sample(document, each) for name, each in body.get("properties", {}).items()}
        needed = {name: value for name, value in asked.items() if name in body.get("required", ())}
        said = json.dumps(needed, ensure_ascii=False)
        lines += ['-H "Content-Type: application/json"', '-H "Idempotency-Key: 1"', f"-d '{said}'"]
    at = path.replace("{slug}", "$COMMUNITY").replace("{id}", "$ID").replace("{photo}", "$PHOTO")
    return " \\\n  ".join([*lines, f'"$SITE{at}"'])


def _sample(document: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> Any:
    schema = _resolved(document, schema)
    if "enum" in schema:
        return schema["enum"][0]
    if "default" in schema:
        return schema["default"]
    kind = schema.get("type")
    if kind == "array":
        return [_sample(document, schema.get("items", {}), depth + 1)] if depth < _KEPT_BRIEF else []
    formats = {"date": "2026-11-30", "date-time": "2026-11-30T09:00:00Z", "uuid": "…"}
    plain = {"integer": schema.get("minimum", 1), "number": 1.5, "boolean": True}
    return plain.get(str(kind)) or formats.get(schema.get("format", ""), "…")
