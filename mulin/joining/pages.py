"""Who may be entered twice; two entries side by side before they are joined."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.kernel.doors import form_of
from mulin.kernel.refusals import Refused
from mulin.people.actions import in_the_way, note_access
from mulin.people.figures import PERSON_KINDS, age_on, today_in
from mulin.people.models import Person
from mulin.people.queries import history
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of
from mulin.web.nouns import asked_for, create
from mulin.web.paging import numbered

from . import actions, queries, rules
from .models import Joining

PAGE = 50


def visible(request: Visit) -> Any:
    """Keep the joinings that the viewer may see."""
    return Joining.objects.visible_to(request.viewer).select_related(
        "community", "stays__entrance__building", "gone__entrance__building", "stays__account", "gone__account"
    )


@require_safe
def doubles(request: Visit, slug: str) -> HttpResponse:
    """List entries that may be one person, and what waits for a second word."""
    community = community_of(request)
    _must_keep(request)
    why = request.GET.get("why", "")
    why = why if why in queries.WHYS else ""
    shown, beside = numbered(queries.likely(request.viewer, community, why), request, PAGE)
    context = {
        "pairs": [(pair, _whys()[pair.why]) for pair in shown], "total": shown.paginator.count, "why": why,
        "chips": [("", _("All")), *_whys().items()], "waiting": queries.proposed(request.viewer, community),
        **beside,
    }  # fmt: skip
    return render(request, "joining/doubles.html", context)


def _whys() -> dict[str, str]:
    return {
        "both": _("Same name and number"), "door": _("Same name and door"), "phone": _("Same number, other name"),
    }  # fmt: skip


def new(request: Visit, slug: str) -> HttpResponse:
    """Propose to join two entries: the one that stays is known, the other known or looked for."""
    community = community_of(request)
    _must_keep(request)
    stays, gone = _entry(request, "stays"), _entry(request, "gone")
    draft = Joining(community=community, stays=stays, gone=gone)
    swapped = f"?{urlencode({'stays': gone.pk, 'gone': stays.pk})}" if stays and gone else ""
    context: dict[str, Any] = {
        "back_url": reverse("joining:doubles", args=[slug]), "swapped": swapped, "stays": stays, "gone": gone,
        "template": "joining/new.html",
    }  # fmt: skip
    return create(request, draft, "propose", done=_("Proposed. A second person decides."), **context)


@require_POST
def apart(request: Visit, slug: str) -> HttpResponse:
    """Say that two entries are two persons."""
    community = community_of(request)
    _must_keep(request)
    form = form_of(Joining(community=community), "tell_apart", by=request.viewer, data=request.POST)
    if form.is_valid():
        actions.tell_apart(by=request.viewer, community=community, **form.cleaned_data)
        messages.success(request, _("Noted: they are two persons, and are not listed again."))
    return redirect("joining:doubles", slug)


@require_safe
def joining(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show two entries side by side with all that gives rights; to the person concerned, only what they are asked."""
    community_of(request)
    found, viewer = get_object_or_404(visible(request), pk=id), request.viewer
    if not viewer.can("people.keep"):
        return render(request, "joining/asked.html", {"joining": found, "asks": rules.is_asked(viewer, found)})
    is_open = found.state == "proposed"
    for person in (found.stays, found.gone):
        note_access(person, by=viewer, what="joining")
    context = {
        "joining": found, "is_open": is_open,
        "sides": [(found.stays, True, *_side(found.stays, viewer)), (found.gone, False, *_side(found.gone, viewer))],
        "in_the_way": in_the_way(found.gone, found.stays) if is_open else [],
        "asks": is_open and rules.is_asked(viewer, found), "both_sign_in": rules.needs_yes(found),
        "is_first": is_open and not rules.is_second(viewer, found), "steps": history(found, viewer, names=True),
    }  # fmt: skip
    return render(request, "joining/joining.html", context)


def panel(request: Visit, person: Person) -> Panel | None:
    """Offer on the page of a person to say that they are entered twice."""
    if not request.viewer.can("people.keep"):
        return None
    return Panel("joining/panel.html", {"person": person})


def link(request: Visit, noun: None) -> Panel | None:
    """Lead from the register to those who may be in it twice."""
    return Panel("joining/link.html") if request.viewer.can("people.keep") else None


def _side(person: Person, viewer: Any) -> tuple[list[tuple[str, Any]], list[queries.Power]]:
    age = age_on(person.born_on, today_in(person.community))
    facts = [
        (_("Kind"), PERSON_KINDS.get(person.kind, person.kind)), (_("Phone number"), person.masked_phone),
        (_("Lives at"), person.entrance), (_("Age"), age if age is not None else ""),
        (_("Account"), _("signs in here") if person.account_id else _("has none")),
        (_("Entered on"), person.created_at),
    ]  # fmt: skip
    return facts, queries.powers(person, viewer)


def _entry(request: Visit, name: str) -> Person | None:
    rows = Person.objects.visible_to(request.viewer).filter(state__in=queries.KNOWN)
    found: Person | None = asked_for(request, rows.select_related("community", "entrance__building"), name)
    return found


def _must_keep(request: Visit) -> None:
    if not request.viewer.can("people.keep"):
        raise Refused("not_yours", _("Who can do this: whoever keeps the register of persons."), status=403)
