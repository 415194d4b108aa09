"""The hook for other modules: a notice that another noun's action posts, in the same turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import begin, writing
from mulin.kernel.models import Noun
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.models import Organisation

from ..figures import masked_rows
from ..models import Notice
from .posting import check, keep_rows, kind_named, put_up


def post_for(
    subject: Noun, *, by: Any, kind: str, title: str, text: str, days: int | None = None,
    rows: Sequence[Mapping[str, Any]] = (), agreed_by: str = "", organisation: Organisation | None = None,
) -> Notice:  # fmt: skip
    """Post a notice for a noun, at once and within its action; never for fewer days than the kind asks.

    Cells of a list are masked here. A list needs a second person: `agreed_by` names them as the journal does
    ("person:…"); what the program itself posts needs none.
    """
    chosen = kind_named(kind)
    kept = _masked(chosen, rows)
    if kept and by is not SYSTEM and agreed_by in ("", by.actor):
        words = _("A list of people is posted when a second person has agreed to it.")
        raise Refused("second_person", words, 403)
    community: Any = subject.community
    made = Notice(
        community=community, kind=kind, title=title.strip()[:120], text=text.strip(), organisation=organisation,
        days=check(chosen, title, text, max(days or 0, chosen.days)), rows_count=len(kept),
        subject_kind=subject._meta.label_lower, subject_id=subject.pk,
    )  # fmt: skip
    made.is_posted_for = True
    told = {"agreed_by": agreed_by} if agreed_by else {}
    with writing(community.pk):
        put: dict[str, Any] = put_up(made, by, kept)
        posted = begin(made, by=by, verb="post_for", origin=Ref.of(subject), details={**put, **told})
        keep_rows(posted, kept)
    return posted


def _masked(kind: Any, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    if rows and not kind.has_list:
        raise Refused("no_list", _("A notice of this kind has no list."), 422)
    try:
        return masked_rows(kind, rows)
    except ValueError as error:
        raise Refused("list", str(error), 422) from None
