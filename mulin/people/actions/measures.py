"""Measures on organisations: warned, suspended, dissolved; and the answer to an appeal."""

from __future__ import annotations

from typing import Any

from mulin.kernel.engine import moves

from ..flow import ORGANISATION
from ..models import Organisation
from .organisations import name_is_free


@moves(ORGANISATION)
def warn(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """Tell an organisation what it has to put right."""
    return {"reason": reason}


@moves(ORGANISATION)
def suspend(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """Let an organisation rest until something is put right."""
    return {"reason": reason}


@moves(ORGANISATION)
def appeal(organisation: Organisation, *, by: Any, words: str) -> dict[str, str]:
    """Say why a warning or suspension is wrong."""
    return {"words": words}


@moves(ORGANISATION)
def uphold(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """Answer an appeal: the measure stays, and why."""
    return {"reason": reason}


@moves(ORGANISATION)
def grant(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """Answer an appeal: the measure is taken back, and why."""
    name_is_free(None, organisation)
    return {"reason": reason}


@moves(ORGANISATION)
def lift(organisation: Organisation, *, by: Any) -> None:
    """Let a suspended organisation go on."""


@moves(ORGANISATION)
def dissolve(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """End an organisation for good; a second person agrees."""
    return {"reason": reason}
