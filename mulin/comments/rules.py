"""Who may say something, and who may do what with what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.rules import is_here, rule

from .figures import FRESH, GROUNDS, KEEPS

if TYPE_CHECKING:
    from .models import Comment


def is_resident(viewer: Any, noun: Any) -> bool:
    """Tell whether somebody belongs here, and is no guest."""
    return is_here(viewer, noun) and bool(getattr(viewer, "is_person", False))


@rule(_("residents, and those who speak for a unit here"))
def may_write(viewer: Any, comment: Comment) -> bool:
    if not is_resident(viewer, comment):
        return False
    ground = GROUNDS.get(comment.subject_kind)
    return ground is None or ground.who is None or ground.who(viewer, comment.subject)


@rule(_("whoever wrote it"))
def is_writer(viewer: Any, comment: Comment) -> bool:
    return is_resident(viewer, comment) and viewer.person_id == comment.writer_id


@rule(_("a quarter of an hour that is not over; later you can add something"))
def is_fresh(viewer: Any, comment: Comment) -> bool:
    return now() - comment.created_at < FRESH


@rule(_("that nothing was added yet, and that the first quarter of an hour is over"))
def may_add(viewer: Any, comment: Comment) -> bool:
    return not comment.addition and now() - comment.created_at >= FRESH


@rule(_("whoever keeps the community's pages"))
def keeps_pages(viewer: Any, noun: Any) -> bool:
    return is_resident(viewer, noun) and bool(viewer.can(KEEPS))


@rule(_("whoever keeps the community's pages, on what others wrote"))
def moderates(viewer: Any, comment: Comment) -> bool:
    return keeps_pages(viewer, comment) and viewer.person_id != comment.writer_id


@rule(_("another one who keeps the community's pages, and did not hide it"))
def decides(viewer: Any, comment: Comment) -> bool:
    return moderates(viewer, comment) and viewer.person_id != comment.hidden_by_id


@rule(_("anyone who is signed in, on what others wrote"))
def may_report(viewer: Any, comment: Comment) -> bool:
    if not is_here(viewer, comment):
        return False
    # Whoever reported is let in once more without a name, holding nothing but this comment.
    is_known = getattr(viewer, "account_id", None) is not None or comment.pk in viewer.holds
    return is_known and not is_writer(viewer, comment)


@rule(_("that you did not report it before"))
def has_not_reported(viewer: Any, comment: Comment) -> bool:
    return not comment.is_reported_by(viewer)


@rule(_("that somebody reported it"))
def is_reported(viewer: Any, comment: Comment) -> bool:
    return comment.reports_open > 0


@rule(_("that nobody looked at it a second time yet"))
def may_ask(viewer: Any, comment: Comment) -> bool:
    return comment.asked_at is None
