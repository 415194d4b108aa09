"""One sentence for each thing that can happen to a case, and how counts and shares are written for onlookers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Whoever can do one of these has work here, and begins the day with it.
WORK = frozenset({"cases.desk", "cases.oversee", "cases.handle", "cases.lead"})
SENTENCES = {
    "report": gettext_lazy("A new report has come to you."),
    "assign": gettext_lazy("It was assigned."),
    "accept": gettext_lazy("Someone has taken it on."),
    "ask": gettext_lazy("There is a question for you."),
    "reply": gettext_lazy("The reporter has answered."),
    "wait": gettext_lazy("It has to wait for a while; the reason stands there."),
    "resume": gettext_lazy("The work goes on."),
    "solve": gettext_lazy("It is said to be solved. Please have a look and confirm."),
    "confirm": gettext_lazy("The reporter has confirmed that it is solved."),
    "reopen": gettext_lazy("It is not solved yet and was opened again."),
    "refuse": gettext_lazy("It was not taken on; the reason stands there."),
    "refuse.asked": gettext_lazy("Someone proposes not to take this on. A second person has to agree."),
    "merge": gettext_lazy("It was joined to another report about the same matter."),
    "pass_up": gettext_lazy("It was passed up to the next level."),
    "escalate": gettext_lazy("Time ran out, and it went up one level."),
    "expire": gettext_lazy("It was closed, since nobody objected."),
    "withdraw": gettext_lazy("The reporter has taken it back."),
    "note": gettext_lazy("There is a note for you."),
}


def sentence(verb: str) -> str:
    """Say in one sentence what happened."""
    return str(SENTENCES.get(verb, _("Something happened to this case.")))


FEW = 5  # smaller counts would tell of single persons to who looks on from afar


def few(count: int, *, exact: bool = False) -> str:
    """Write a count; under five only that it is small, unless the reader handles these very matters."""
    return str(count) if exact or count >= FEW else f"<{FEW}"


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole percent; of few it says nothing."""
    return (200 * part + whole) // (2 * whole) if whole >= FEW else None


def share(part: int, whole: int) -> str:
    """Write a share in whole percent; of few it says nothing."""
    found = percent(part, whole)
    return "–" if found is None else f"{found}%"


def needs_help(late: int, opened: int) -> tuple[int, int]:
    """Order places by who needs help first; small counts weigh nothing, so the order does not tell them either."""
    return (-late if late >= FEW else 0, -opened if opened >= FEW else 0)
