"""Reading what a call sends: JSON or multipart, into what a form takes; and the headers that go with a write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from mulin.kernel.doors import Once, fingerprint

from .http import Call, Unmet
from .schemas import SEVERAL, fields_of, wrong_type

MOST_BYTES = 64 * 1024 * 1024  # six photos, each as large as a phone makes them


@dataclass(frozen=True)
class Body:
    """What was sent, and how."""

    data: dict[str, Any]
    files: Any
    is_json: bool


def read(call: Call) -> Body:
    """Read the body of a call, or say in what form it should come."""
    if int(call.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Unmet(413, "too_large", _("This is too large. Send fewer or smaller photos."))
    if call.content_type == "multipart/form-data":
        data: dict[str, Any] = {name: call.POST.getlist(name) for name in call.POST}
        data = {name: given if len(given) > 1 else given[0] for name, given in data.items() if given}
        return Body(data, call.FILES, False)
    raw = call.body
    if call.content_type == "application/json":
        return Body(_object(raw), None, True)
    if not raw:
        return Body({}, None, True)
    words = _("Send application/json, or multipart/form-data when there are photos.")
    raise Unmet(415, "content_type", words, headers={"Accept": "application/json, multipart/form-data"})


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.MsgspecError, RecursionError, ValueError):
        words = _("The body is no JSON. Check its brackets, quotation marks and commas.")
        raise Unmet(400, "not_json", words) from None
    if not isinstance(value, dict):
        raise Unmet(400, "not_an_object", _("The body has to be a JSON object: names and values in braces."))
    return value


def for_form(form: forms.BaseForm, body: Body) -> dict[str, Any]:
    """Turn what was sent into what this form takes; unknown names and wrong types are refused with their names."""
    fields, errors = fields_of(form.fields), {}
    unknown = [name for name in (*body.data, *(body.files or ())) if name not in fields]
    if unknown:
        words = _("These fields are not asked here: %(names)s.") % {"names": ", ".join(sorted(unknown))[:300]}
        raise Unmet(422, "invalid", words, {name[:80]: [_("This is not asked here.")] for name in unknown[:20]})
    sent = {name: value for name, value in body.data.items() if value is not None}
    sent |= {
        name: [value] for name, value in sent.items() if not body.is_json and isinstance(fields[name], SEVERAL)
        and not isinstance(value, list)
    }  # fmt: skip
    for name, value in sent.items():
        if (body.is_json or isinstance(fields[name], forms.FileField)) and (words := wrong_type(fields[name], value)):
            errors[name] = [words]
    errors |= {name: [_("Send this as text, not as a file.")] for name in body.files or () if _is_text(fields[name])}
    if errors:
        raise invalid(errors)
    first = {name: field.initial for name, field in fields.items() if field.initial is not None}
    return {**first, **{name: _as_typed(value) for name, value in sent.items()}}


def _is_text(field: forms.Field) -> bool:
    return not isinstance(field, forms.FileField)


def _as_typed(value: Any) -> Any:
    # Forms read what a person types.
    return value if isinstance(value, bool | str | list) else repr(value)


def invalid(errors: dict[str, list[str]]) -> Unmet:
    """Say which answers are missing or need a change."""
    return Unmet(422, "invalid", _("Some answers are missing or need a change."), errors)


def errors_of(form: forms.BaseForm) -> Unmet:
    """Say what a form found."""
    errors = {name: [str(words) for words in found] for name, found in form.errors.items()}
    general = errors.pop(NON_FIELD_ERRORS, [])
    if general and not errors:
        return Unmet(422, "invalid", " ".join(general))
    return invalid({**errors, **({"_": general} if general else {})})


def version_of(call: Call) -> int | None:
    """Read the version that the caller saw, from If-Match."""
    given = call.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        return None
    found = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})(?:\.[0-9a-f]{16})?"?', given)
    if found is None:
        words = _("If-Match takes the version of what you saw, as in its ETag header: a number.")
        raise Unmet(400, "bad_version", words)
    return int(found[1])


def once_of(call: Call, body: Body) -> Once | None:
    """Read the key that makes a repeat harmless, from Idempotency-Key."""
    key = call.headers.get("Idempotency-Key", "").strip()
    if not key:
        return None
    if len(key) > 80 or not key.isascii() or not key.isprintable():
        words = _("An Idempotency-Key has at most 80 plain letters, digits and signs.")
        raise Unmet(400, "bad_key", words)
    files = {name: [_digest(file) for file in body.files.getlist(name)] for name in body.files or ()}
    return Once(key, fingerprint([call.path, body.data, files]))


def _digest(file: Any) -> str:
    hashed = sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    file.seek(0)
    return hashed.hexdigest()
