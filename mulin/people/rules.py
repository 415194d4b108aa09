"""Who may do what with posts and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import rule

if TYPE_CHECKING:
    from .models import Term


@rule(_("whoever looks after the posts"))
def looks_after_posts(viewer: Any, term: Term) -> bool:
    if viewer.actor in ("clock", "system"):
        return False
    return bool(viewer.can("people.invite") and viewer.community_id == term.community_id)


@rule(_("the person asked"))
def is_the_person(viewer: Any, term: Term) -> bool:
    return bool(viewer.actor == f"person:{term.person_id}")
