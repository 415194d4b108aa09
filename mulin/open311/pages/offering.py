"""What there is: discovery, the list of services, and what each asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..figures.answers import LISTS
from ..figures.limits import CHANGESET, FORMATS, SPECIFICATION
from ..figures.writing import plain
from ..models import Question
from ..queries import offers
from .http import Asked, Wrong


def discovery(asked: Asked) -> HttpResponse:
    """Say where what is: of one community, or of every one here."""
    whole = [reverse("open311-shared:discovery", args=["json"])] if asked.community is None else []
    here = [asked.community] if asked.community else offers.communities()
    paths = whole + [reverse("open311-server:discovery", args=[each.slug, "json"]) for each in here]
    endpoints = [
        {
            "specification": SPECIFICATION, "url": settings.SITE_URL + path.removesuffix("/discovery.json"),
            "changeset": CHANGESET, "type": "test" if settings.DEMO else "production", "formats": [*FORMATS.values()],
        }
        for path in paths
    ]  # fmt: skip
    home = f"{asked.community.name}: {settings.SITE_URL}/{asked.community.slug}/" if asked.community else ""
    said = {
        "changeset": CHANGESET,
        "contact": home or settings.SITE_URL + "/",
        "key_service": _("Whoever belongs to a community makes a key on their own page: %(link)s")
        % {"link": f"{settings.SITE_URL}{reverse('entry:me')}#keys"},
        "endpoints": endpoints,
    }
    return asked.answer("discovery", said)


def services(asked: Asked) -> HttpResponse:
    """List what can be reported."""
    return asked.answer("services", [_service(each) for each in offers.offers(asked.community)])


def _service(one: offers.Offer) -> dict[str, Any]:
    kind = one.category
    return {
        "service_code": kind.key, "service_name": plain(kind),
        "description": plain(kind.warning or _opens(kind) or kind), "metadata": one.asks,
        "type": "batch" if one.is_batch else "realtime",
        "keywords": ",".join(plain(word) for word in kind.words), "group": plain(kind.parent or ""),
    }  # fmt: skip


def _opens(kind: Any) -> str:
    # When such a matter is one is written in Chinese only.
    return "" if (get_language() or "").startswith("en") else str(kind.opens)


def definition(asked: Asked, code: str) -> HttpResponse:
    """Say what a service asks."""
    found = offers.offer(asked.community, code)
    if found is None:
        raise Wrong(404, _("There is no such service_code: %(code)s.") % {"code": code[:80]})
    rows = offers.questions(asked.community, found.category.pk)
    told = [_attribute(each, place) for place, each in enumerate(rows, 1)]
    return asked.answer("service_definition", {"service_code": found.category.key, "attributes": told})


def _attribute(question: Question, place: int) -> dict[str, Any]:
    about: dict[str, Any] = {
        "variable": True, "code": question.code, "datatype": question.datatype, "required": question.is_required,
        "datatype_description": plain(question.hint), "order": place, "description": plain(question),
    }  # fmt: skip
    if question.datatype in LISTS:
        about["values"] = [{"key": key, "name": plain(name)} for key, name in question.names.items()]
    return about
