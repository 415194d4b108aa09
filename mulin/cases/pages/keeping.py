"""Photos of a form that comes back: they wait on the page, so that nobody has to choose them twice."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mulin.entry import actions as entry
from mulin.kernel.refusals import Refused
from mulin.uploads import waiting
from mulin.web.http import Visit, community_of

GUEST_FORMS = 20  # from one address in a quarter of an hour: a stairwell shares one, a flood does not
GUEST_GUESSES = 30 * GUEST_FORMS  # each pause in typing asks once


def slow_down(request: Visit, what: str, limit: int = GUEST_FORMS) -> None:
    """Refuse a guest's address that sends too much."""
    if not request.viewer.is_someone:
        entry.slow_down(what, str(request.META.get("REMOTE_ADDR", "")), limit=limit)


def keep_photos(request: Visit, form: Any) -> bool:
    """Let a form's photos wait for the next try, beside those that waited; tell whether one has to be chosen again."""
    photos = form.fields.get("photos")
    if photos is None:
        return False
    community, sent = community_of(request), request.POST.getlist("kept")
    kept = waiting.still_there(sent[: photos.most])
    fresh = form.cleaned_data.get("photos", [])[len(kept) :]
    try:
        if fresh:
            slow_down(request, "photos")
        kept += waiting.set_aside(fresh, community.pk)
    except Refused:
        pass  # too many from this address: they have to be chosen again
    photos.most -= len(kept)
    photos.waiting = [(token, reverse("cases:waiting", args=[community.slug, token])) for token in kept]
    return len(kept) < len(request.FILES.getlist("photos")) + len(sent)


@require_safe
def waiting_photo(request: Visit, slug: str, token: str) -> FileResponse:
    """Show a photo that waits for its form, to whoever has its token."""
    return waiting.show(token)
