"""The API's document (OpenAPI 3.1), made from flows, forms and answer types: nothing in it is written twice."""

from __future__ import annotations

import re
from inspect import getdoc
from typing import Any

import msgspec
from django import forms
from django.utils import translation
from django.utils.translation import gettext as _

from mulin import __version__
from mulin.kernel.forms import Act

from . import log
from .http import Failure
from .me import Me
from .moves import Word
from .queries import PAGING, Filter
from .resources import Extra, Resource, is_for_people, plain
from .schemas import field_schema, fields_of, is_needed
from .scopes import OPEN, READ, WRITE, Area

SLUG = {"$ref": "#/components/parameters/slug"}
WRITES = [{"$ref": f"#/components/parameters/{name}"} for name in ("if_match", "once", "code")]
CODE = {"$ref": "#/components/parameters/code"}
KNOWN = {"$ref": "#/components/parameters/if_none_match"}
COMMON = {"400": "unreadable", "401": "bad_key", "403": "refused", "404": "not_found", "429": "too_many"}
READING = {"304": "unchanged", **COMMON}
WRITING = COMMON | {"409": "conflict", "413": "too_large", "415": "content_type", "422": "invalid", "503": "busy"}


def document(resources: tuple[Resource, ...], language: str = "en") -> dict[str, Any]:
    """Write the whole document; the one that is served is in English, people read the manual in their own language."""
    with translation.override(language):
        types = [Failure, Me, Word, log.SignedHead, log.InclusionProof, log.ConsistencyProof]
        types += [one for each in plain for one in each.types]
        for resource in resources:
            types += [resource.row, resource.shown, *(extra.answers for extra in resource.extras if extra.answers)]
        refs, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
        known = {id(one): ref for one, ref in zip(types, refs, strict=True)}
        paths: dict[str, Any] = {}
        for resource in resources:
            paths |= _paths(resource, known)
        for each in plain:
            paths |= each.paths(known)
        return {
            "openapi": "3.1.0",
            "info": {"title": "Mulin", "version": __version__, "summary": _("The moves of the pages, for programs.")},
            "tags": [{"name": name, "description": words} for name, words in topics(resources).items()],
            "paths": paths | _own_paths(known),
            "components": {"schemas": schemas, **_components()},
            "security": [{}, {"key": []}, {"cookie": []}],
        }


def topics(resources: tuple[Resource, ...]) -> dict[str, str]:
    """List what the document is about, by tag: nouns, what stands beside them, yourself and the log."""
    beside = [extra.topic for resource in resources for extra in resource.extras if extra.topic[0]]
    found = [(resource.name, resource.model.flow.noun) for resource in resources]
    found += [*beside, *(each.topic for each in plain if each.topic[0]), ("me", _("Yourself")), ("log", _("The log"))]
    return {tag: str(words) for tag, words in found}


def _paths(resource: Resource, known: dict[int, Any]) -> dict[str, Any]:
    base, flow, tag = f"/api/v1/{{slug}}/{resource.name}", resource.model.flow, [resource.name]
    one = id_of("id")
    shown = known[id(resource.shown)]
    many: dict[str, Any] = {
        "parameters": [SLUG],
        "get": {
            "operationId": _name("list", resource.name), "tags": tag,
            "summary": _("List what you may see, the newest first."),
            "parameters": [*(_parameter(each) for each in (*resource.filters, *PAGING)), KNOWN],
            **_answers({"200": known[id(resource.row)]}, READING), **_security(resource.area, READ),
        },
    }  # fmt: skip
    paths: dict[str, Any] = {base: many}
    if resource.create:
        named = _name(resource.create, resource.name)
        many["post"] = {"operationId": named, "tags": tag, "parameters": WRITES[1:2], **_asked(flow, resource.create)}
        many["post"] |= {**_answers({"201": shown, "200": shown}, WRITING), **_security(resource.area, WRITE)}
        many["post"]["responses"]["201"]["headers"] = {"Location": {"$ref": "#/components/headers/Location"}}
    paths[f"{base}/{{id}}"] = {
        "parameters": [SLUG, one],
        "get": {
            "operationId": _name("read", resource.name), "tags": tag, "summary": _("Read one: what of it you may see."),
            "parameters": [*([CODE] if resource.code_of else []), KNOWN],
            **_answers({"200": shown}, READING), **_security(resource.area, READ),
        },
    }  # fmt: skip
    for move in flow:
        if not move.sources or not is_for_people(move):
            continue
        takes = WRITES if resource.code_of else WRITES[:2]
        post = {"operationId": _name(move.name, resource.name, "one"), "tags": tag, "parameters": takes}
        post |= {**_asked(flow, move.name), **_answers({"200": shown}, WRITING), **_security(resource.area, WRITE)}
        paths[f"{base}/{{id}}/{move.name}"] = {"parameters": [SLUG, one], "post": post}
        if move.second is not None:
            agreed = _agree(move, tag, known, shown) | _security(resource.area, WRITE)
            paths[f"{base}/{{id}}/{move.name}/agree"] = {"parameters": [SLUG, one], "post": agreed}
    return paths | {_template(extra.path): _extra(extra, resource, known) for extra in resource.extras}


def operation(
    name: str, summary: Any, tag: str, answers: Any, *, writes: bool = False, body: dict[str, Any] | None = None,
    content: str = "application/json", filters: tuple[Filter, ...] = (), is_for_browsers: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Describe one operation that is about no noun, for `Plain.paths`; `body` is the schema of what is sent.

    `is_for_browsers`: no key opens it.
    """
    said = {"operationId": name, "summary": str(summary), "tags": [tag], **_security(Area(), WRITE if writes else READ)}
    said |= _answers({"200": answers}, WRITING if writes else READING)
    said["parameters"] = [*map(_parameter, filters), *([] if writes else [KNOWN])]
    if is_for_browsers:
        said["security"] = [{"cookie": []}]
    if body is not None:
        schema = {"type": "object", "additionalProperties": False, **body}
        said["requestBody"] = {"required": "required" in body, "content": {content: {"schema": schema}}}
    return said


def _asked(flow: Any, name: str) -> dict[str, Any]:
    said, move = (getdoc(flow.action(name)) or name).split("\n"), flow[name]
    words = [_("Who can do this: %(who)s.") % {"who": move.who.label}]
    if move.needs:
        words.append(_("Needed first: %(what)s.") % {"what": move.needs.label})
    if move.second:
        words.append(_("A second person has to agree. Who can: %(who)s.") % {"who": move.second.label})
    form = flow.form(name) or Act
    spoken = {"summary": said[0], "x-label": str(move.label), "description": " ".join(words)}
    return spoken | {"requestBody": _body(form)}


def _body(form: type[forms.Form]) -> dict[str, Any]:
    fields = fields_of(form.base_fields)
    plain = {name: field for name, field in fields.items() if not isinstance(field, forms.FileField)}
    content = {"application/json": {"schema": _object(plain)}}
    if len(plain) < len(fields):
        content["multipart/form-data"] = {"schema": _object(fields)}
    return {"required": any(map(is_needed, fields.values())), "content": content}


def _object(fields: dict[str, forms.Field]) -> dict[str, Any]:
    properties = {name: _described(field) for name, field in fields.items()}
    needed = [name for name, field in fields.items() if is_needed(field)]
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": needed} if needed else {})


def _name(*words: str) -> str:
    """Name an operation so that every language can call a function by it."""
    return "_".join(words).replace("-", "_")


def _described(field: forms.Field) -> dict[str, Any]:
    words = " ".join(str(part) for part in (field.label, field.help_text) if part)
    return field_schema(field) | ({"description": words} if words else {})


def _agree(move: Any, tag: list[str], known: dict[int, Any], shown: Any) -> dict[str, Any]:
    return {
        "operationId": _name("agree", move.name, tag[0], "one"), "tags": tag, "parameters": WRITES[:1],
        "summary": _("Give the second person's word."),
        "requestBody": {"required": True, "content": {"application/json": {"schema": known[id(Word)]}}},
        **_answers({"200": shown}, WRITING),
    }  # fmt: skip


def _extra(extra: Extra, resource: Resource, known: dict[int, Any]) -> dict[str, Any]:
    ids = [id_of(name) for name in re.findall(r"<uuid:(\w+)>", extra.path)]
    content = {"200": known[id(extra.answers)]} if extra.answers else {}
    answers = {**_answers(content, READING), **_security(resource.area, READ)}
    if not extra.answers:
        what = _("The picture.") if extra.kind.startswith("image/") else _("The file.")
        answers["responses"]["200"] = {"description": what, "content": {extra.kind: {}}}
    named = {"operationId": f"get_{extra.get.__name__}", "tags": [extra.topic[0] or resource.name]}
    get = {**named, "summary": _(extra.summary), "parameters": [*map(_parameter, extra.filters), KNOWN], **answers}
    return {"parameters": [SLUG, *ids], "get": get}


def id_of(name: str) -> dict[str, Any]:
    """Describe an id in an address."""
    return _header(name, "path", _("Its id."), {"type": "string", "format": "uuid"})


def _template(path: str) -> str:
    return "/api/v1/{slug}/" + re.sub(r"<\w+:(\w+)>", r"{\1}", path)


def _own_paths(known: dict[int, Any]) -> dict[str, Any]:
    reads: tuple[tuple[str, Any, tuple[Filter, ...], str], ...] = (
        ("me", Me, (), _("Who you are here: name, posts, what you may do.")),
        ("log/head", log.SignedHead, (), _("Read where the log stands, signed.")),
        ("log/proof", log.InclusionProof, log.PROOF, _("Prove that a line is in the log.")),
        ("log/consistency", log.ConsistencyProof, log.CONSISTENCY, _("Prove that nothing before was changed.")),
    )
    return {
        f"/api/v1/{{slug}}/{path}": {
            "parameters": [SLUG],
            "get": {
                "operationId": f"get_{path.replace('/', '_')}", "summary": summary, "tags": [path.split("/")[0]],
                "parameters": [
                    *(_parameter(one, required=one.name in {"seq", "first"}) for one in filters), KNOWN,
                ],
                **_answers({"200": known[id(answers)]}, READING), **_security(OPEN, READ),
            },
        }
        for path, answers, filters, summary in reads
    }  # fmt: skip


def _security(area: Area, kind: str) -> dict[str, Any]:
    """Say what opens an operation: nothing (for what is public), a key with any one of these scopes, or a sign-in."""
    keys: list[dict[str, list[str]]] = [{"key": [scope]} for scope in area.scopes(kind)] or [{"key": []}]
    return {"security": [{}, *keys, {"cookie": []}]}


def _parameter(one: Filter, required: bool = False) -> dict[str, Any]:
    shape = one.schema
    if one.name == "limit":
        shape |= {"minimum": 1, "maximum": 100}
    return {"name": one.name, "in": "query", "required": required, "description": one.words, "schema": shape}


def _answers(good: dict[str, Any], bad: dict[str, str]) -> dict[str, Any]:
    responses: dict[str, Any] = {
        status: {"description": _("Done."), "content": {"application/json": {"schema": ref}}}
        for status, ref in good.items()
    }
    responses |= {status: {"$ref": f"#/components/responses/{name}"} for status, name in bad.items()}
    return {"responses": responses}


def _responses() -> dict[str, str]:
    return {
        "unchanged": _("You have it already: If-None-Match carried the tag of what would have been sent."),
        "unreadable": _("What was sent could not be read."),
        "bad_key": _("The key opens nothing here."),
        "refused": _("You may not do that; the sentence says who can."),
        "not_found": _("There is nothing here that you may see."),
        "conflict": _("Not now: it stands elsewhere, or somebody changed it meanwhile."),
        "too_large": _("Too much was sent."),
        "content_type": _("Send application/json or multipart/form-data."),
        "invalid": _("Some answers are missing or need a change; `fields` says which."),
        "too_many": _("Too many calls; Retry-After says how long to wait."),
        "busy": _("Many people are writing; try again in a moment."),
    }


_SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
_VERSION = {"type": "string", "pattern": '^"[0-9]{1,9}(\\.[0-9a-f]{16})?"$'}
_TAG = {"type": "string", "pattern": '^"([0-9]{1,9}\\.)?[0-9a-f]{16}"$'}
_WORD = {"type": "string", "pattern": "^[A-Za-z0-9-]{1,80}$"}


def _header(name: str, place: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "description": words, "schema": schema}


def _components() -> dict[str, Any]:
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}
    sign_in = _("The sign-in of a browser; writes then need the header X-CSRFToken, with what `me` says.")
    key, said = _("An API key, mk_…, from your account's page."), _responses().items()
    responses: dict[str, Any] = {name: {"description": words, "content": failure} for name, words in said}
    del responses["unchanged"]["content"]
    return {
        "responses": responses,
        "headers": {"Location": {"description": _("Where it is from now on."), "schema": {"type": "string"}}},
        "parameters": _parameters(),
        "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer", "description": key},
            "cookie": {"type": "apiKey", "in": "cookie", "name": "mulin", "description": sign_in},
        },
    }


def _parameters() -> dict[str, Any]:
    seen = _("The version you saw, from ETag; an old one gets 409.")
    has = _("The ETag of what you have; the same gets 304.")
    return {
        "slug": _header("slug", "path", _("The community's address."), _SLUG),
        "if_match": _header("If-Match", "header", seen, _VERSION),
        "if_none_match": _header("If-None-Match", "header", has, _TAG),
        "once": _header("Idempotency-Key", "header", _("Makes a repeat harmless: the call is done once."), _WORD),
        "code": _header("X-Case-Code", "header", _("The secret code that opens it to whoever holds it."), _WORD),
    }
