"""Reporting from another program: what was sent is checked as on the page, and goes the same way."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.doors import Once, fingerprint

from ..actions import take_in
from ..figures.answers import attributes, wrong
from ..forms import Sent
from ..models import Question
from ..queries import offers
from .http import Asked, Wrong

ALWAYS = {"api_key", "jurisdiction_id"}  # what does not make two reports differ
_KEY = re.compile(r"[!-~]{1,80}")


def report(asked: Asked) -> HttpResponse:
    """Report a problem; the answer is its number, or a token where the service works in batches."""
    viewer = asked.writer()
    found = _offer(asked)
    answers = _answers(asked, offers.questions(asked.community, found.category.pk))
    given = _given(asked, viewer, found)
    once, reference = once_of(asked)
    receipt = take_in(
        by=viewer, community=asked.community, answers=answers, is_batch=found.is_batch, reference=reference,
        name=asked.text("first_name")[:60] + (" " + asked.text("last_name")[:60]).rstrip(), email=_email(asked),
        media=_media(asked), once=once, **given,
    )  # fmt: skip
    told = {"token": receipt.token} if receipt.is_batch else {"service_request_id": receipt.case.number}
    notice = {"service_notice": found.category.warning or None, "account_id": None}
    return asked.answer("service_requests", [{**told, **notice}])


def _offer(asked: Asked) -> offers.Offer:
    if not (code := asked.text("service_code")):
        raise Wrong(400, _("service_code is missing."))
    found = offers.offer(asked.community, code)
    if found is None:
        raise Wrong(404, _("There is no such service_code: %(code)s.") % {"code": code[:80]})
    return found


def _given(asked: Asked, viewer: Any, found: offers.Offer) -> dict[str, Any]:
    """Check the words, the place and the pictures by the form of a report."""
    lat, lon = asked.text("lat"), asked.text("long")
    whole = {"lat": lat, "lon": lon} if lat and lon else {}
    if not (whole or asked.text("address_string") or asked.text("address_id")):
        raise Wrong(400, _("Say where it is: lat and long together, address_string, or address_id."))
    name = " ".join(filter(None, (asked.text("first_name"), asked.text("last_name"))))
    serves = viewer.can("cases.desk") or viewer.can("cases.handle")
    told = {
        **whole, "e": asked.text("address_id"), "address": asked.text("address_string"),
        "words": asked.text("description") or str(found.category), "category": found.category.key,
        "disclosure": "named", "contact_phone": asked.text("phone"), "contact_name": name[:60],
        # Whoever serves here and names somebody speaks for them.
        "behalf": "on" if serves and (name or asked.text("phone") or asked.text("email")) else "",
    }  # fmt: skip
    files = MultiValueDict({"photos": asked.request.FILES.getlist("media")})
    form = Sent(told, files, by=viewer, noun=Case(community=asked.community, disclosure="named"))
    if not form.is_valid():
        raise Wrong(400, *_said(form))
    return dict(form.cleaned_data)


# What the fields of a report are called by the standard.
NAMES = {
    "words": "description", "photos": "media", "address": "address_string", "e": "address_id", "lon": "long",
    "contact_phone": "phone", "contact_name": "first_name", "category": "service_code",
}  # fmt: skip


def _said(form: Any) -> list[str]:
    return [
        str(words) if name == NON_FIELD_ERRORS else f"{NAMES.get(name, name)}: {words}"
        for name, found in form.errors.items()
        for words in found
    ]


def _answers(asked: Asked, questions: list[Question]) -> list[tuple[Question, list[str]]]:
    sent, known = attributes(asked.request.POST.lists()), {each.code: each for each in questions}
    said = [_("attribute[%(code)s] is not asked here.") % {"code": code} for code in sent if code not in known][:20]
    for code, question in known.items():
        if code not in sent:
            if question.is_required:
                said.append(_("attribute[%(code)s] is missing.") % {"code": code})
        elif why := wrong(question.datatype, sent[code], question.names):
            said.append(f"attribute[{code}]: {why}")
    if said:
        raise Wrong(400, *said)
    return [(known[code], values) for code, values in sent.items()]


def _email(asked: Asked) -> str:
    email = asked.text("email")
    if email and not re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,190}", email):
        raise Wrong(400, _("email is no mail address."))
    return email


def _media(asked: Asked) -> list[str]:
    """Keep addresses of pictures as they are: nothing is fetched from where a stranger points."""
    found = [each.strip() for each in asked.request.POST.getlist("media_url") if each.strip()][:6]
    for url in found:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > 500 or "\x00" in url:
            raise Wrong(400, _("media_url is an address that begins with https://."))
    return found


def once_of(asked: Asked) -> tuple[Once, str]:
    """Make a key so that a repeat does nothing: the sender's own, or of the very same words on the same day."""
    request = asked.request
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in ALWAYS)
    files = [_digest(file) for name in sorted(request.FILES) for file in request.FILES.getlist(name)]
    body = fingerprint([sent, files])
    own = request.headers.get("Idempotency-Key", "").strip()
    if own and not _KEY.fullmatch(own):
        raise Wrong(400, _("An Idempotency-Key has at most 80 plain letters, digits and signs."))
    day: date = now().date()
    return Once(own or f"311-{day}-{sha256(body).hexdigest()[:40]}", body), own


def _digest(file: Any) -> str:
    hashed = sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    file.seek(0)
    return hashed.hexdigest()
