"""What those do who post notices: write, change, bring in a list, and post; alone, or with a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import current_turn
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community
from mulin.uploads.actions import keep
from mulin.uploads.models import Attachment

from ..figures import KINDS, MOST_DAYS, Kind, Term, digest_of, has_identity, masked_rows
from ..flow import NOTICE, ON_BOARD
from ..models import ListRow, Notice
from ..rules import KEEPS
from .standing import be_replaced, erase_rows


def kind_named(key: str) -> Kind:
    """Return a kind by its key. Raises Refused."""
    if key in KINDS:
        return KINDS[key]
    words = _("There is no such kind of notice: %(kind)s. Kinds are: %(kinds)s.")
    raise Refused("no_such_kind", words % {"kind": key[:40], "kinds": ", ".join(KINDS)}, 422)


def check(kind: Kind, title: str, text: str, days: int | None) -> int:
    """Return how many days it is posted; what may not be posted is refused."""
    given = kind.days if days is None else days
    if not kind.days <= given <= MOST_DAYS:
        words = _("This kind is posted for at least %(least)s days, and at most %(most)s: %(rule)s.")
        raise Refused("days", words % {"least": kind.days, "most": MOST_DAYS, "rule": kind.rule}, 422)
    if has_identity(title) or has_identity(text):
        raise Refused("identity", _("An identity number is never posted. Take it out of the text."), 422)
    return given


def draft(
    *, by: Any, community: Community, kind: str, title: str, text: str, days: int | None = None,
    organisation: Organisation | None = None, photos: Any = (), replaces: Notice | None = None, reason: str = "",
    once: Once | None = None,
) -> Notice:  # fmt: skip
    """Write a notice; nobody but those who post notices sees it before it is posted."""
    belongs(community, organisation, replaces)
    chosen = kind_named(kind)
    if not chosen.drafted or (replaces and replaces.kind != kind):
        words = _("A notice of this kind is posted by its own matter, or corrected by one of the same kind.")
        raise Refused("kind", words, 422)
    if replaces and replaces.subject_id:
        words = _("This notice belongs to another matter. It is corrected there.")
        raise Refused("kind", words, 422)
    made = Notice(
        community=community, kind=kind, title=title.strip(), text=text.strip(), organisation=organisation,
        days=check(chosen, title, text, days), replaces=replaces, reason=reason.strip() if replaces else "",
    )  # fmt: skip
    _no_pictures_of_people(chosen, photos)
    with writing(community.pk):
        found = begin(made, by=by, verb="draft", once=once)
        if found is made and photos:
            keep(photos, Ref.of(found), "notice", by)
    return found


def _no_pictures_of_people(kind: Kind, photos: Any) -> None:
    # A photographed list would hold all that is hidden in its rows.
    if photos and not kind.pictures:
        words = _("This kind of notice has no pictures. Write in the text what they would show.")
        raise Refused("no_pictures", words, 422)


@moves(NOTICE)
def amend(
    notice: Notice, *, by: Any, title: str, text: str, days: int | None = None,
    organisation: Organisation | None = None, photos: Any = (), no_pictures: bool = False,
) -> None:  # fmt: skip
    """Change a draft; what is posted is never changed, only replaced."""
    belongs(notice.community, organisation)
    _no_pictures_of_people(notice.kind_of, photos)
    notice.days = check(notice.kind_of, title, text, days)
    notice.title, notice.text, notice.organisation = title.strip(), text.strip(), organisation
    if no_pictures:
        Attachment.objects.of(notice).delete()  # the sweeper takes the files
    keep(photos, Ref.of(notice), "notice", by)


@moves(NOTICE)
def fill(notice: Notice, *, by: Any, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Bring in its list, in place of the one before; each cell is masked before it is kept."""
    try:
        rows = masked_rows(notice.kind_of, rows)
    except ValueError as error:
        raise Refused("list", str(error), 422) from None
    ListRow.objects.filter(community=notice.community_id, notice=notice.pk).delete()
    keep_rows(notice, rows)
    notice.rows_count = len(rows)
    return {"rows": len(rows)}


def keep_rows(notice: Notice, rows: Sequence[Mapping[str, str]]) -> None:
    """Keep the masked rows of a list."""
    ListRow.objects.bulk_create(
        [
            ListRow(community_id=notice.community_id, notice_id=notice.pk, number=number, cells=dict(cells))
            for number, cells in enumerate(rows, 1)
        ],
        batch_size=500,
    )


def put_up(notice: Notice, by: Any, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Give it its number and days, and say what the log shall hold of it."""
    community, at = notice.community, now()
    today = today_in(community)
    term = Term.of(notice.kind_of, notice.days, today)
    count = current_turn().count(community.pk, f"notices-{today.year}")
    notice.number = f"{community.letter}-{today.year}-N{count:03d}"
    notice.posted_at, notice.posted_on, notice.ends_on = at, today, term.last
    notice.objections_until, notice.down_on = term.objections_until, term.down_on
    notice.digest = digest_of(notice.title, notice.text, rows)
    held = (each.post_id for each in getattr(by, "terms", ()) if KEEPS in each.capabilities)
    notice.post_id, notice.poster_id = next(held, None), getattr(by, "person_id", None)
    return {"days": notice.days, "digest": notice.digest, "rows": notice.rows_count}


@moves(NOTICE)
def post(notice: Notice, *, by: Any) -> dict[str, Any]:
    """Post it: from now on everyone can read it, and its words stay as they are."""
    return _post(notice, by)


@moves(NOTICE)
def post_list(notice: Notice, *, by: Any) -> dict[str, Any]:
    """Post it with its list of people; a second person has to agree."""
    return _post(notice, by)


def _post(notice: Notice, by: Any) -> dict[str, Any]:
    told = put_up(notice, by, [row.cells for row in notice.rows])
    if notice.replaces_id:
        before = Notice.objects.get(community=notice.community_id, pk=notice.replaces_id)
        if before.state in ON_BOARD:
            be_replaced(before, by=SYSTEM)
    return told


@moves(NOTICE)
def drop(notice: Notice, *, by: Any) -> None:
    """End a draft that is not posted; its list and its pictures go."""
    erase_rows(notice)
    Attachment.objects.of(notice).delete()
