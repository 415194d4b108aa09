"""What a page of a vote shows: one's own entries and ballots, the roll, how each voted once it is over, its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from mulin.journal.models import Detail
from mulin.kernel.viewer import Viewer

from ..figures import PREPARE, amount
from ..flow import VOTE
from ..models import Ballot, Holder, RollEntry, RollOwner, Vote
from ..models.standing import mine, why_no_proxy
from .ruling import choice_label


@dataclass
class Own:
    """An entry that concerns a viewer: what it counts, what was voted last, and whether they may vote now."""

    entry: RollEntry
    numbers: str
    may: bool
    by_proxy: bool
    why_not: str
    last: Ballot | None = None
    choice: str = ""  # one's own last choice, shown to nobody else
    times: int = 0


def numbers_of(vote: Vote, entry: RollEntry) -> str:
    """Write with what an entry counts, by the measures of the rules."""
    told = []
    for measure in vote.rules["measures"]:
        value = amount(measure, getattr(entry, measure))
        told.append(_("%(n)s vote") % {"n": value} if measure == "heads" else value)
    return str(_(", ")).join(told)


def own(vote: Vote, viewer: Viewer) -> list[Own]:
    """List a viewer's own entries, then those lent to them, with the last choice of each that is theirs to know."""
    if viewer.person_id is None or vote.community_id != viewer.community_id:
        return []
    may = {chance.entry.pk for chance in vote.chances(viewer)}
    theirs, found = vote.own_entries(viewer), []
    for entry in theirs:
        why = "" if entry.pk in may or not vote.together(viewer) else _("Say first which of you votes for all.")
        found.append(Own(entry, numbers_of(vote, entry), entry.pk in may, False, why))
    own_keys = {entry.pk for entry in theirs}
    for entry in vote.asked("lent_to", viewer) if vote.state == "open" else ():
        if entry.pk not in own_keys:
            why = why_no_proxy(vote, viewer, entry)
            found.append(Own(entry, numbers_of(vote, entry), entry.pk in may, True, why))
    _with_last(vote, viewer, found)
    return found


def _with_last(vote: Vote, viewer: Viewer, found: list[Own]) -> None:
    last = _last_of(vote, [each.entry for each in found])
    held = set(vote.holders.filter(community=vote.community_id, person=viewer.person_id).values_list("key", flat=True))
    for each in found:
        each.last = last.get(each.entry.pk)
        # A proxy reads what the proxy cast, never what the owner did.
        if each.last and (not each.by_proxy or each.last.proxy in held):
            each.choice, each.times = choice_label(vote, each.last.choices), each.last.number


def own_ballots(viewer: Viewer) -> QuerySet[Ballot]:
    """List the ballots whose receipts a viewer may open: of their own entries, and those cast by them for others."""
    if viewer.person_id is None:
        return Ballot.objects.none()
    entries = RollOwner.objects.filter(mine(viewer), community=viewer.community_id)
    lent = Holder.objects.filter(community=viewer.community_id, person=viewer.person_id, key=OuterRef("proxy"),
                                 vote=OuterRef("vote"))  # fmt: skip
    rows = Ballot.objects.filter(community=viewer.community_id).select_related("vote__community", "entry")
    kept: QuerySet[Ballot] = rows.filter(entry__in=entries.values("entry")) | rows.filter(Exists(lent))
    return kept


# ---- the roll, and how each voted ----


def may_read_roll(vote: Vote, viewer: Viewer) -> bool:
    """Tell who reads the roll: everyone of a body's seats, else those on it and who prepares votes."""
    if vote.of_seats:
        return True
    here = viewer.community_id == vote.community_id
    return here and (viewer.can(PREPARE) or (viewer.person_id is not None and vote.is_on_roll(viewer)))


def may_read_choices(vote: Vote, viewer: Viewer) -> bool:
    """Tell who reads how each entry voted, once it is counted: everyone of seats, else those on the roll alone."""
    if not vote.is_counted:
        return False
    on_roll = viewer.person_id is not None and viewer.community_id == vote.community_id and vote.is_on_roll(viewer)
    return vote.of_seats or on_roll


def roll(vote: Vote, q: str = "") -> QuerySet[RollEntry]:
    """List the entries of a roll, by key or by what is read of the door."""
    rows = vote.entries.filter(community=vote.community_id)
    kept: QuerySet[RollEntry] = rows.filter(unit__icontains=q) | rows.filter(key__iexact=q) if q else rows
    return kept.order_by("key")


def choices_of(vote: Vote, entries: list[RollEntry]) -> dict[Any, tuple[str, Ballot]]:
    """Say how entries voted: the last ballot of each."""
    return {key: (choice_label(vote, row.choices), row) for key, row in _last_of(vote, entries).items()}


def _last_of(vote: Vote, entries: list[RollEntry]) -> dict[Any, Ballot]:
    rows = Ballot.objects.filter(community=vote.community_id, entry__in=[entry.pk for entry in entries])
    return {row.entry_id: row for row in rows.order_by("number")}


# What was done, where the words of the button would not tell it.
SAID = {
    "prepare": _l("Being prepared"), "notice": _l("Announced: rules and roll stand"), "take_back": _l("Taken back"),
    "correct_roll": _l("The roll was corrected"), "open": _l("Voting began; the hashes stand in the log"),
    "close": _l("Voting ended"), "count_hands": _l("A show of hands was written down and confirmed"),
    "count": pgettext_lazy("vote", "Counted"), "publish": _l("The result was published"),
    "challenge": _l("The result was challenged"),
    "answer": _l("The challenge was answered"), "finish": _l("The result is final"), "call_off": _l("Called off"),
}  # fmt: skip


def way(vote: Vote) -> list[dict[str, Any]]:
    """List every step that everyone may read as steps of a timeline, the newest first."""
    public = [move.name for move in VOTE if move.public]
    rows = Detail.objects.filter(community=vote.community_id, noun_id=vote.pk, noun_kind="votes.vote", verb__in=public)
    return [{"at": at, "text": str(SAID[verb])} for verb, at in rows.order_by("-seq").values_list("verb", "at")]
