"""Who may join two entries of the register, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule
from mulin.people.actions import in_the_way
from mulin.people.flow import PersonState

if TYPE_CHECKING:
    from .models import Joining


@rule(_("whoever keeps the register of persons, and is neither of the two"))
def keeps_others(viewer: Any, joining: Joining) -> bool:
    able = is_here(viewer, joining) and bool(viewer.can("people.keep"))
    return able and viewer.person_id not in (joining.stays_id, joining.gone_id)


@rule(_("nobody who proposed it: a second person"))
def is_second(viewer: Any, joining: Joining) -> bool:
    return bool(viewer.person_id != joining.proposed_by_id)


@rule(_("whoever signs in as the entry that is closed"))
def signs_in_as_gone(viewer: Any, joining: Joining) -> bool:
    account = getattr(viewer, "account_id", None)
    return is_here(viewer, joining) and account is not None and bool(account == joining.gone.account_id)


def needs_yes(joining: Joining) -> bool:
    """Tell whether two accounts are concerned: then whoever signs in with the one that ends has to say yes."""
    return bool(joining.gone.account_id and joining.stays.account_id)


@rule(_("two accounts, and no answer yet"))
def is_asked(viewer: Any, joining: Joining) -> bool:
    return needs_yes(joining) and joining.agreed_at is None


@rule(_("both entries open, nothing that only one can have, and a yes where both sign in"))
def can_be_joined(viewer: Any, joining: Joining) -> bool:
    open_ones = joining.stays.state == PersonState.HERE and joining.gone.state != PersonState.JOINED
    return open_ones and not is_asked(viewer, joining) and not in_the_way(joining.gone, joining.stays)
