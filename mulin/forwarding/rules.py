"""Who connects other servers, who sends a case on, and what must hold."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.cases import rules as cases
from mulin.kernel.rules import rule

is_desk = cases.is_desk


@rule(_("who is in charge of the case"))
def in_charge(viewer: Any, forwarding: Any) -> bool:
    # Before it is made nobody may know of which case: then the action asks again.
    case = forwarding.case if forwarding.case_id else None
    return case is not None and cases.in_charge(viewer, case)


@rule(_("an open case that everyone may see"))
def is_public(viewer: Any, forwarding: Any) -> bool:
    return forwarding.case_id is not None and bool(forwarding.case.is_public and forwarding.case.is_open)


@rule(_("an active connection"))
def is_connected(viewer: Any, forwarding: Any) -> bool:
    return forwarding.connection_id is None or bool(forwarding.connection.state == "active")


@rule(_("a category that goes there"))
def sends_something(viewer: Any, connection: Any) -> bool:
    return bool(connection.mappings.exists())


@rule(_("a case in hand"))
def can_be_solved(viewer: Any, forwarding: Any) -> bool:
    return forwarding.case.state in ("in_hand", "waiting")
