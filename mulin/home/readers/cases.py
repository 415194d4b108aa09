"""Who hears of what happens to a case, in which words, and who is in charge of its promises."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.cases import actions
from mulin.cases.flow import OPEN, State, awaits_reporter
from mulin.cases.models import Case, Part
from mulin.cases.queries import handlers
from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news import queries as news
from mulin.news.hearing import groups_hear, hears, is_watched

# By verb, who hears of it and what: the Reporter, the Handlers, Followers, the Desk whoever handles it.
_TOLD = {
    "report": ("H", _("A new report has come to you.")),
    "assign": ("RH", _("It was assigned.")),
    "accept": ("RF", _("Someone has taken it on.")),
    "ask": ("R", _("There is a question for you.")),
    "reply": ("H", _("The reporter has answered.")),
    "wait": ("R", _("It has to wait for a while; the reason stands there.")),
    "resume": ("R", _("The work goes on.")),
    "solve": ("RF", _("It is said to be solved. Please have a look and confirm.")),
    "confirm": ("HF", _("The reporter has confirmed that it is solved.")),
    "reopen": ("HF", _("It is not solved yet and was opened again.")),
    "refuse": ("RF", _("It was not taken on; the reason stands there.")),
    "refuse.asked": ("D", _("Someone proposes not to take this on. A second person has to agree.")),
    "merge": ("R", _("It was joined to another report about the same matter.")),
    "pass_up": ("RHD", _("It was passed up to the next level.")),
    "escalate": ("RHD", _("Time ran out, and it went up one level.")),
    "expire": ("RF", _("It was closed, since nobody objected.")),
    "withdraw": ("HF", _("The reporter has taken it back.")),
    "note": ("R", _("There is a note for you.")),
}
SENTENCES = {verb: words for verb, (_who, words) in _TOLD.items()}


def who_hears(line: Heard) -> set[UUID]:
    """Name the reporter, those in charge and those who follow, as the verb concerns them."""
    case = Case.objects.filter(pk=line.noun_id, community=line.community).first()
    who, found = _TOLD[line.verb][0], set[UUID]()
    if case is None or (line.verb == "note" and line.details.get("audience") != "reporter"):
        return found
    if "R" in who and case.reporter_account:
        found.add(case.reporter_account)
    if "H" in who or "D" in who:
        found |= handlers(case, holders="H" in who, desk="D" in who)
    if "F" in who:
        parts = Part.objects.filter(community=case.community_id, case=case, ended_at=None)
        found |= news.accounts_of_persons(case.community_id, {*parts.values_list("person", flat=True), case.leader_id})
    return found


def in_charge(cases: list[Case]) -> dict[UUID, set[UUID]]:
    """Name who handles open cases that wait for nobody else; cases of one post and level are asked about once."""
    alike = {(case.community_id, case.post_id, case.level): case for case in cases}
    known = {key: handlers(case) for key, case in alike.items()}
    waiting = (case for case in cases if case.state in OPEN and not awaits_reporter(case))
    return {case.pk: known[case.community_id, case.post_id, case.level] for case in waiting}


def say(case: Case) -> str:
    """Name a case for a group chat: number, category and grid; what is not public stays out."""
    parts = (str(part) for part in (case.number, case.category, case.grid) if part)
    return str(_(", ")).join(parts) if case.is_public else ""


@reads("cases.case", "solve")
def note_told(line: Heard) -> None:
    """Note that the reporter was told. Unnamed ones have no address: for them it stands on the page of their code."""
    case = Case.objects.select_related("category", "community").get(pk=line.noun_id, community=line.community)
    if case.state == State.SOLVED:
        actions.tell(case, by=SYSTEM)


def hear() -> None:
    """Tell news who hears of cases."""
    hears("cases.case", who_hears, SENTENCES)
    is_watched("cases.case", in_charge)
    groups_hear("cases.case", say)
