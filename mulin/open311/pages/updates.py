"""Updates of requests (an extension of mySociety): what happened to them, and words that another server sends."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.cases import actions as cases
from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.kernel.doors import Once, fingerprint

from ..figures import limits
from ..queries import notes
from .finding import dates, paging
from .http import Asked, Wrong
from .rows import Rows


def index(asked: Asked) -> HttpResponse:
    """List what happened to public requests, the newest first."""
    start, end = dates(asked)
    numbers = tuple(number.upper() for number in asked.texts("service_request_id", limits.MOST_IDS))
    page = asked.whole("page", 1, limits.MOST_PAGES)
    size = asked.whole("page_size", limits.MOST, limits.MOST)
    found = notes.updates(asked.community, start, end, numbers, page, size)
    rows, known = Rows(asked.community), notes.numbers_of(asked.community, {each.case_id for each in found})
    told = [rows.update(each, *known[each.case_id]) for each in found[:size] if each.case_id in known]
    return asked.answer("service_request_updates", told, paging(asked, page, len(found) > size))


def add(asked: Asked) -> HttpResponse:
    """Take an update in: a note on the case, or "it is not fixed" where the status says open and it was closed."""
    viewer = asked.writer()
    number, words, own = asked.text("service_request_id").upper(), asked.text("description"), asked.text("update_id")
    if not number:
        raise Wrong(400, _("service_request_id is missing."))
    if not words or len(words) > 2000:
        raise Wrong(400, _("description is missing, or longer than 2,000 signs."))
    if len(own) > 60 or not own.isprintable():
        raise Wrong(400, _("update_id has at most 60 signs."))
    case = Case.objects.visible_to(viewer).filter(community=asked.community, number=number).first()
    if case is None:
        raise Wrong(404, _("There is no such service_request_id: %(number)s.") % {"number": number[:80]})
    once = Once(f"311-update-{own}", fingerprint([number, words])) if own else None
    name = _move(asked, case)
    if refused := case.flow.why_not(name, viewer, case):
        raise refused
    said = {"reason": words} if name == "reopen" else {"words": words}
    made = case.flow.action(name)(case, by=viewer, once=once, **said)
    line = made.last_line
    told = own or (f"{line.at.timestamp():.0f}-{made.version}" if line else number)
    return asked.answer("service_request_updates", [{"update_id": told}])


def _move(asked: Asked, case: Case) -> str:
    if asked.text("status").lower() == "open" and case.state in (State.SOLVED, State.CLOSED):
        return cases.reopen.__name__
    return cases.note.__name__
