"""A case in whole sentences: who did what, where it stands, and its five slips."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mulin.kernel.clock import now
from mulin.web import dates

from .. import queries, rules
from ..flow import NEW, OPEN, SHOWN, State, awaits_reporter
from ..models import Case

Told = Case | queries.Row
_l = gettext_lazy

# What happened, with who did it, and without.
SAID: dict[str, tuple[Any, Any]] = {
    "report": (_l("%(who)s reported this"), _l("It was reported")),
    "adopt": (_l("Taken over from the earlier system"), _l("Taken over from the earlier system")),
    "assign": (_l("%(who)s assigned it"), _l("It was assigned")),
    "accept": (_l("%(who)s took it on"), _l("It was taken on")),
    "ask": (_l("%(who)s asked the reporter"), _l("The reporter was asked something")),
    "reply": (_l("%(who)s answered"), _l("The reporter answered")),
    "wait": (_l("%(who)s put it off until a day"), _l("It was put off until a day")),
    "resume": (_l("%(who)s went on with it"), _l("It goes on")),
    "pass_up": (_l("%(who)s passed it up"), _l("It was passed up")),
    "escalate": (_l("Time ran out: it went one level up"), _l("Time ran out: it went one level up")),
    "correct": (_l("%(who)s corrected the category or place"), _l("Category or place was corrected")),
    "merge": (_l("%(who)s merged it with another"), _l("It was merged with another")),
    "gather": (_l("Another report was joined to it"), _l("Another report was joined to it")),
    "refuse": (_l("%(who)s did not take it on"), _l("It was not taken on")),
    "solve": (_l("%(who)s solved it"), _l("It was solved")),
    "tell": (_l("The reporter was told"), _l("The reporter was told")),
    "confirm": (_l("%(who)s confirmed that it is fixed"), _l("It was confirmed")),
    "reopen": (_l("%(who)s gave it back: it is not fixed"), _l("It was given back")),
    "withdraw": (_l("%(who)s withdrew it"), _l("It was withdrawn")),
    "expire": (_l("Closed, since no answer came"), _l("Closed, since no answer came")),
    "note": (_l("%(who)s wrote a note"), _l("A note was written")),
    "summarise": (_l("%(who)s wrote the summary for the public"), _l("The summary was written")),
    "me_too": (_l("%(who)s met this too"), _l("A neighbour met this too")),
    "join": (_l("%(who)s joined in"), _l("A neighbour joined in")),
    "lead": (_l("%(who)s leads it now"), _l("A neighbour leads it now")),
    "leave": (_l("%(who)s left"), _l("A neighbour left")),
    "contact": (_l("%(who)s looked at the phone number"), _l("Somebody looked at the phone number")),
    "refuse.asked": (_l("%(who)s asked not to take it on"), _l("Somebody asked not to take it on")),
    "refuse.declined": (_l("%(who)s disagreed: it stays open"), _l("It stays open")),
    "refuse.expired": (_l("Nobody agreed in time: it stays open"), _l("Nobody agreed in time: it stays open")),
}
# The words of a person that belong to it.
VOICE = {
    "assign": "words", "ask": "words", "reply": "words", "wait": "reason", "pass_up": "reason", "refuse": "words",
    "confirm": "words", "reopen": "reason", "withdraw": "reason", "note": "words", "summarise": "summary",
    "contact": "reason", "refuse.asked": "words", "solve": "remedy",
}  # fmt: skip
MOODS = {3: _l("pleased"), 2: _l("so-so"), 1: _l("not pleased")}
RECENT = timedelta(days=6)
SAME_MOMENT = timedelta(seconds=5)


def where(case: Told) -> str:
    """Name the place as everyone may know it: the entrance, else the building, else the grid."""
    if case.building and case.entrance:
        return f"{case.building} {case.entrance.name}"
    return str(case.building or case.grid or "")


def label(case: Told, mine: bool) -> str:
    """Name the state; only the reporter is asked to confirm."""
    return _("Solved, not confirmed yet") if case.state == State.SOLVED and not mine else case.state_label


def tone(case: Told) -> str:
    """Say how a state looks: new, go, done or late."""
    if case.state in OPEN and case.due_at and case.due_at < now():
        return "late"
    if case.state in NEW:
        return "new"
    return "go" if case.state in SHOWN else "done"


def names(case: Case, steps: list[queries.Step], viewer: Any) -> dict[str, queries.Name]:
    """Name everyone who acted on a case, as this viewer may know them; one statement."""
    agreed = {step.details["agreed_by"] for step in steps if "agreed_by" in step.details}
    found = queries.names(case, viewer, {step.actor for step in steps} | agreed | {case.solver})
    mine = {viewer.actor} | ({"guest"} if case.pk in viewer.holds else set())
    if rules.is_reporter(viewer, case):
        mine.add(f"account:{case.reporter_account}")  # reported before one joined the community
    return found | dict.fromkeys(mine, queries.Name(_("You")))


def _sentence(step: queries.Step, known: dict[str, queries.Name]) -> str:
    named, bare = SAID.get(step.verb, (None, None))
    if named is None:
        return str(_("Something changed"))
    who = known.get(step.actor, _("Someone with an account") if step.actor.startswith("account:") else "")
    return str(named) % {"who": who} if who else str(bare)


def _after(step: queries.Step, case: Case, known: dict[str, queries.Name]) -> str:
    details = step.details
    if who := known.get(details.get("agreed_by", "")):
        return _("%(who)s agreed") % {"who": who}
    if step.verb == "assign":
        return str(details.get("post", ""))
    if step.verb == "merge":
        return str(details.get("into", ""))
    if step.verb == "confirm" and details.get("rating"):
        return str(MOODS[details["rating"]])
    if step.verb == "wait" and details.get("until"):
        return dates.day(datetime.fromisoformat(details["until"]))
    if step.verb == "solve":
        minutes = (step.at - case.happened_at).total_seconds() / 60
        return _("it took %(time)s") % {"time": dates.span(minutes)}
    return ""


def _voice(step: queries.Step, case: Case) -> str:
    said = step.details.get(VOICE.get(step.verb, ""), "")
    # The newest answer stands above the timeline already.
    return "" if step.verb == "solve" and said == case.remedy and case.is_done else said


def timeline(
    case: Case, steps: list[queries.Step], known: dict[str, queries.Name], photos: list[dict[str, Any]], mine: bool
) -> list[dict[str, Any]]:
    """Tell what happened, newest first, and at the top where it stands now."""
    told = [
        {
            "at": step.at,
            "text": _sentence(step, known),
            "after": _after(step, case, known),
            "voice": _voice(step, case),
            "photos": [
                photo for photo in photos if photo["stage"] == step.verb and abs(photo["at"] - step.at) < SAME_MOMENT
            ],
        }
        for step in steps
    ]
    text, note = standing(case, mine)
    return [{"at": None, "text": text, "note": note, "now": True}, *told] if text else told


def standing(case: Case, mine: bool) -> tuple[str, str]:
    """Say where a case stands now, and what comes of it by itself; nothing when it has ended."""
    due = dates.when(case.due_at) if case.due_at else ""
    if case.state in NEW:
        note = _("By %(when)s someone takes it on, or it goes one level up.") % {"when": due} if due else ""
        return _("Waits to be taken on"), note
    if case.state == State.IN_HAND:
        return _("Being worked on"), _("Promised by: %(when)s.") % {"when": due} if due else ""
    if awaits_reporter(case):
        words = _("Waits for your answer") if mine else _("Waits for the reporter's answer")
        return words, _("The time to solve it stands still until then.")
    if case.state == State.WAITING:
        day = dates.day(case.waits_until) if case.waits_until else ""
        return _("Waits until: %(day)s") % {"day": day}, ""
    if case.state == State.SOLVED:
        words = _("Waits for your word") if mine else _("Waits for the reporter's word")
        silence = _("Without an answer by %(day)s it counts as done; for 30 days after that it can be reopened.")
        return words, silence % {"day": dates.day(case.due_at)} if case.due_at else ""
    return "", ""


# ---- the five slips ----

SLIPS = (
    pgettext_lazy("slip", "Reported"), pgettext_lazy("slip", "Assigned"), pgettext_lazy("slip", "Taken on"),
    pgettext_lazy("slip", "Rated"), pgettext_lazy("slip", "Published"),
)  # fmt: skip


def _short(value: datetime | None) -> str:
    if value is None:
        return ""
    here = timezone.localtime(value)
    if now() - value < RECENT:
        return str(dates.WEEKDAYS[here.weekday()])
    return f"{here.month}-{here.day}"


def slips(case: Case, mine: bool = False) -> list[dict[str, Any]]:
    """Show how far a case has come on its five slips: reported, assigned, taken on, judged, shown."""
    at, closed, going = _reached(case), case.state == State.CLOSED, case.state in SHOWN
    judged = _("waits for you") if mine and at == 4 else _("waits") if at == 4 else ""
    if closed:
        judged = str(MOODS[case.rating]) if case.rating else _("no answer")
    accepted = _short(case.accepted_at) or (_("waits") if at == 3 and going else "")
    shown = (_short(case.closed_at) if case.is_public else _("private")) if closed else ""
    assigned = _short(case.created_at) if case.post_id or case.accepted_at else _("waits") if going else ""
    notes = (_short(case.happened_at), assigned, accepted, judged, shown)
    return [
        {"label": label, "note": note, "state": state}
        for label, note, state in zip(SLIPS, notes, progress(case), strict=True)
    ]


def progress(case: Told) -> tuple[str, ...]:
    """Say of each of the five slips whether it is done, now or todo."""
    at, closed, going = _reached(case), case.state == State.CLOSED, case.state in SHOWN
    return tuple("done" if n < at or closed else "now" if n == at and going else "todo" for n in range(1, 6))


def _reached(case: Told) -> int:
    if case.state == State.CLOSED:
        return 5
    return 4 if case.state == State.SOLVED else 3 if case.post_id or case.accepted_at else 2


def due(case: Case) -> dict[str, Any]:
    """Say until when what is promised, and whether its clock stands still."""
    running = {name: entry["due"] for name, entry in case.clocks.items() if isinstance(entry, dict) and "due" in entry}
    paused = awaits_reporter(case)
    if not running:
        return {"label": "", "at": None, "paused": paused}
    first = min(running, key=lambda name: running[name])
    return {"label": case.flow.limit(first).label, "at": case.due_at, "paused": paused}
