"""Many bodies on pages: the public list, founding one, and who sits where as a table."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from mulin.entry import actions as entry
from mulin.people.models import Organisation
from mulin.tables import write_csv, write_xlsx
from mulin.web.http import Visit, address_of, community_of
from mulin.web.nouns import asked_for, create
from mulin.web.paging import numbered, with_

from .. import queries, rules
from ..figures import kind_choices
from ..flow import State
from ..models import Body

ROWS = 30
MOST_ROWS = 200
TYPES = {
    "csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}  # fmt: skip
TABS = {"": _l("All that exist"), State.IN_OFFICE: State.IN_OFFICE.label, State.FOUNDED: State.FOUNDED.label,
        State.ENDED: State.ENDED.label}  # fmt: skip


def _asked(request: Visit) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:60] for name in ("q", "kind", "state")}


@require_safe
def bodies(request: Visit, slug: str) -> HttpResponse:
    """Show everyone which councils and committees there are, for which place, and how full they are."""
    community, viewer, asked = community_of(request), request.viewer, _asked(request)
    page, beside = numbered(queries.found(viewer, community, **asked), request, ROWS)
    rows = queries.counted(list(page.object_list), community)
    context = {
        **asked, **beside,
        "rows": [(row, queries.can_decide(row, row.filled)) for row in rows],
        "kinds": [("", _("All kinds")), *kind_choices()],
        "chips": [(with_(request, state=key), label, key == asked["state"]) for key, label in TABS.items()],
        "is_narrowed": any(asked.values()),
        "query": urlencode(asked),
        "may_found": rules.keeps_bodies(viewer, Body(community=community)),
    }  # fmt: skip
    return render(request, "bodies/bodies.html", context)


def new(request: Visit, slug: str) -> HttpResponse:
    """Found a council or committee; from an organisation's page, of that one."""
    community, viewer = community_of(request), request.viewer
    rows = Organisation.objects.visible_to(viewer).filter(community=community)
    organisation = asked_for(request, rows, "from")
    draft = Body(community=community, organisation=organisation) if organisation else Body(community=community)
    back = organisation.get_absolute_url() if organisation else reverse("bodies:bodies", args=[slug])
    intro = _("Its seats are opened as posts of the organisation and stay visible while vacant. Then they are offered.")
    done = _("Founded. Offer its seats now; it takes office when enough are filled.")
    return create(request, draft, "found", back_url=back, intro=intro, done=done)


@require_safe
def seats(request: Visit, slug: str, form: str, id: UUID | None = None) -> HttpResponse:
    """Give the seats of one body, or of those chosen, as a table: holders of public office, and until when."""
    community, viewer = community_of(request), request.viewer
    if form not in TYPES:
        raise Http404
    entry.slow_down("export", str(viewer.account_id or address_of(request)), limit=20)
    if id is None:
        rows = list(queries.found(viewer, community, **_asked(request))[:MOST_ROWS])
    else:
        visible = Body.objects.visible_to(viewer).filter(community=community)
        rows = [get_object_or_404(visible.for_list(), pk=id)]
    layout, lines = queries.roster(rows, community)
    headers = {"Content-Disposition": f'attachment; filename="seats.{form}"'}
    content = write_csv(layout, lines) if form == "csv" else write_xlsx(layout, lines)
    return HttpResponse(content, content_type=TYPES[form], headers=headers)
