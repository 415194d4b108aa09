"""From rows to mulin.tally and back: what is hashed, what is counted, and the files from which anyone recounts."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from mulin.journal import log
from mulin.journal.models import Head
from mulin.tally import files, hashes
from mulin.tally.ballots import Ballot, Hands, Option, Question
from mulin.tally.result import Result
from mulin.tally.roll import Entry, Roll
from mulin.tally.ruleset import RuleSet
from mulin.tally.sheet import Section, reason, sheet

from .. import models
from ..models import Vote
from .ruling import rules_of


def question_of(vote: Vote) -> Question:
    """Give what is asked, with its options."""
    options = tuple(Option(each["key"], each["title"]) for each in vote.options)
    return Question(id=str(vote.pk), title=vote.title, options=options)


def roll_of(vote: Vote) -> Roll:
    """Give the roll, with keys in place of people."""
    rows = models.RollEntry.objects.filter(community=vote.community_id, vote=vote).order_by("key")
    return Roll(tuple(Entry(*row) for row in rows.values_list("key", "heads", "area", "shares")), vote.seats)


def frozen_hashes(vote: Vote) -> tuple[str, str, str]:
    """Hash question, rules and roll as they are now: as they have to stay once voting began."""
    question, rules = hashes.question_hash(question_of(vote)), hashes.rules_hash(rules_of(vote))
    return question, rules, hashes.roll_hash(roll_of(vote))


def matter(vote: Vote, lot: str | None = None) -> files.Vote:
    """Read all that a vote is counted from."""
    rules, here = rules_of(vote), {"community": vote.community_id, "vote": vote}
    rows = models.Ballot.objects.filter(**here).order_by("entry__key", "number")
    plain: Any = rows.values_list("entry__key", "number", "choices", "channel", "proxy")
    result = result_of(vote)
    return files.Vote(
        question=question_of(vote), rules=rules, roll=roll_of(vote),
        ballots=tuple(Ballot(key, n, tuple(said), True, channel, proxy) for key, n, said, channel, proxy in plain),
        present=_present(vote, rules), hands=msgspec.convert(vote.hands, Hands | None),
        unreached=_unreached(vote, rules), lot=(vote.result or {}).get("lot", "") if lot is None else lot,
        result=result, hashes=_hashes(vote) if result else None,
    )  # fmt: skip


def _present(vote: Vote, rules: RuleSet) -> tuple[str, ...] | None:
    if not rules.counts_presence or vote.hands is not None:
        return None
    here = models.RollEntry.objects.filter(community=vote.community_id, vote=vote).exclude(present_at=None)
    return tuple(here.order_by("key").values_list("key", flat=True))


def _unreached(vote: Vote, rules: RuleSet) -> tuple[str, ...]:
    if not rules.counts_silence:
        return ()
    rows = models.RollEntry.objects.filter(community=vote.community_id, vote=vote, reached=False)
    return tuple(rows.filter(ballots__isnull=True).order_by("key").values_list("key", flat=True))


def _hashes(vote: Vote) -> hashes.Hashes:
    return hashes.Hashes(vote.question_hash, vote.rules_hash, vote.roll_hash, vote.ballots_hash)


def counted(vote: Vote) -> tuple[dict[str, Any], str, str]:
    """Count a vote whose last day is over: result, outcome, and the hash of what was returned."""
    if frozen_hashes(vote) != (vote.question_hash, vote.rules_hash, vote.roll_hash):
        raise RuntimeError(f"{vote.pk}: question, rules or roll are not what they were when voting began.")
    # Nobody knew this root before the last ballot was in, and everybody can look it up.
    root = log.root(Head.objects.get(key=vote.community_id)).hex()
    made = matter(vote, root if rules_of(vote).ties == "lot" else "")
    result = files.recount(made)
    written: dict[str, Any] = {**msgspec.to_builtins(result), "lot": made.lot}
    return written, result.outcome, files.hashes_of(made).ballots


def result_of(vote: Vote) -> Result | None:
    """Read what was counted."""
    if vote.result is None:
        return None
    return msgspec.convert({name: value for name, value in vote.result.items() if name != "lot"}, Result)


def document(vote: Vote) -> bytes:
    """Write the file of a vote, from which `mulin tally` counts it again."""
    return files.document(matter(vote))


def openings(vote: Vote) -> bytes:
    """Write the salt of each ballot, so that whoever has the file finds every ballot in the log."""
    rows = models.Ballot.objects.filter(community=vote.community_id, vote=vote).select_related("entry").order_by("seq")
    told = [
        {
            "entry": row.entry.key, "number": row.number, "salt": bytes(row.salt).hex(), "ballot": row.commitment,
            "line": row.seq,
        }
        for row in rows
    ]  # fmt: skip
    return json.dumps(
        {"format": "mulin-openings/1", "vote": str(vote.pk), "log": str(vote.community_id), "ballots": told}, indent=1
    ).encode()


def sheet_of(vote: Vote, lang: str) -> tuple[Section, ...]:
    """Write the proof sheet: every number, and why it ended so."""
    result = result_of(vote)
    return sheet(question_of(vote), rules_of(vote), result, lang) if result else ()


def reason_of(vote: Vote, lang: str) -> tuple[str, ...]:
    """Say what came of a vote and why, the outcome first."""
    result = result_of(vote)
    return reason(question_of(vote), rules_of(vote), result, lang) if result else ()
