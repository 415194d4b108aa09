"""What time and the system do: escalate, tell, expire."""

from __future__ import annotations

from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import moves

from ..flow import CASE
from ..models import Case


@moves(CASE)
def escalate(case: Case, *, by: Any) -> dict[str, Any]:
    """Let the next level know that time ran out; whoever is in charge stays in charge."""
    case.level += 1
    return {"level": case.level}


@moves(CASE)
def tell(case: Case, *, by: Any) -> None:
    """Note that the reporter was told; from now on silence counts."""
    case.told_at = now()


@moves(CASE)
def expire(case: Case, *, by: Any) -> None:
    """Close it: the reporter was told, and two weeks of silence mean yes."""
    case.closed_at = now()
