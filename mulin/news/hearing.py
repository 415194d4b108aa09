"""What modules above say when they start: who hears of their nouns, who is in charge, what group chats are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mulin.kernel.readers import READERS

from .figures import ENDINGS, GROUPS, HEARINGS, IN_CHARGE, Ending, Hearing, InCharge, Say, Who
from .readers import listen


def hears(kind: str, who: Who, sentences: Mapping[str, Any], *, voice: str = "") -> None:
    """Say which accounts hear of a line of such a noun (`cases.case`), and what they read for each verb.

    `who` is called, after the commit, only for the verbs that have a sentence. Whoever did it never hears of it. Where
    one kind is heard by several circles to whom the same verb says different things, name each but one by its `voice`.
    """
    known = [each for each in HEARINGS.get(kind, []) if each.voice != voice]
    HEARINGS[kind] = [*known, Hearing(who, sentences, voice)]
    verbs = frozenset().union(*(each.sentences for each in HEARINGS[kind]))
    READERS[f"mulin.news.readers.listen.{kind}"] = (listen, kind, verbs)


def is_watched(kind: str, in_charge: InCharge) -> None:
    """Say who is in charge of nouns: they get the morning's letter, and a word before a promise is broken.

    `in_charge` gets many nouns at once and names the accounts for each by its id; a noun that waits for nobody's work
    is left out.
    """
    IN_CHARGE[kind] = in_charge


def ends_soon(kind: str, whose: InCharge, within: timedelta, sentence: Any) -> None:
    """Say whom to tell once, so long before a noun's `due_at`, that something of theirs ends.

    `whose` is asked as `in_charge` is; a noun that should end quietly, or is in another state, is left out.
    """
    ENDINGS[kind] = Ending(within, whose, sentence)


def groups_hear(kind: str, say: Say) -> None:
    """Let group chats hear of such nouns: `say` names one by number, category and grid, never by words or people.

    An empty text keeps a noun out of the groups. They hear of the verbs that have a sentence.
    """
    GROUPS[kind] = say
