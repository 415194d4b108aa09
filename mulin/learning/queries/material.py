"""What may be learnt from: public cases that somebody has looked at, without the words of only a few."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet

from mulin.cases import queries as cases
from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.journal.models import Detail
from mulin.kernel.clock import now
from mulin.people.models import Person
from mulin.territory.models import Community
from mulin.text.words import is_han

from ..figures.hints import head_start
from ..figures.linear import FEWEST
from ..figures.signs import is_small, masked, plain, signs
from ..models import Lesson

MOST_CASES = 4_000  # the newest; older ones were about other lamps
MOST_ANSWERS = 30  # of one category and one move
SURE = 0.6  # the share of a word's cases at one place from which on the word stands for the place
PAIR = 3  # characters of the sign of two that stand together
VERSION = "1"  # another way to read or learn makes all lessons anew
ENDED_BADLY = (State.WITHDRAWN, State.REFUSED)
SAID = {"ask": "words", "refuse": "words"}
A_NIGHT, LATE = timedelta(hours=20), timedelta(hours=30)
NIGHT = range(0, 6)  # hours of the community
_COLUMNS = (
    "pk", "category__key", "words", "building_id", "entrance_id", "reporter_account", "reporter_id", "source",
    "cause", "remedy", "is_behalf",
)  # fmt: skip

Given = tuple[str, str, int]  # cause (or nothing), words, how often


@dataclass
class Material:
    """What a community's cases say, read for learning."""

    texts: list[dict[str, tuple[str, int]]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    voices: list[Any] = field(default_factory=list)
    starts: list[dict[str, float]] = field(default_factory=list)
    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # word: places and how often
    answers: dict[str, dict[str, list[Given]]] = field(default_factory=dict)  # move: category: answers
    fingerprint: str = ""


def learnable(community: Any) -> QuerySet[Any]:
    """Keep the public cases that somebody has looked at: confidential and household matters teach nothing."""
    looked_at = Q(accepted_at__isnull=False) | Q(state__in=(State.SOLVED, State.CLOSED, State.MERGED))
    found = Case.objects.filter(looked_at, community=community, is_public=True)
    kept: QuerySet[Any] = found.exclude(words="").exclude(state__in=ENDED_BADLY).exclude(disclosure="confidential")
    return kept


def material(community: Any, tell: Callable[[int], None] = lambda read: None) -> Material:
    """Read what a community's cases teach; four statements."""
    names = _names(community)
    leaves = {row.key: row.words for row in cases.leaves(community.pk)}
    read, spoken, marks = Material(), defaultdict(list), blake2b(VERSION.encode(), digest_size=16)
    marks.update(json.dumps(leaves, sort_keys=True).encode())
    kept, given = {}, _Answers(names)
    rows = learnable(community).order_by("-happened_at", "-pk").values_list(*_COLUMNS)[:MOST_CASES]
    for number, (pk, key, words, building, entrance, account, person, source, cause, remedy, behalf) in enumerate(rows):
        if key not in leaves:
            continue
        said = plain(words, names)
        voice = _voice(pk, account, person, source, behalf)
        read.texts.append(found := signs(said))
        read.labels.append(key)
        read.voices.append(voice)
        read.starts.append(head_start(leaves, words)[0])
        for word in _telling(found) if building else ():
            spoken[word].append((str(building), str(entrance or ""), voice))
        given.add("solve", key, cause, remedy)
        kept[pk] = key
        marks.update(f"{key}|{said}|{voice}|{building}|{entrance}|{cause}|{remedy}".encode())
        if number % 100 == 0:
            tell(number)
    _said_in_moves(community, kept, given, marks)
    read.places = {word: at for word, heard in spoken.items() if (at := _where(heard))}
    read.answers, read.fingerprint = given.sorted(), marks.hexdigest()
    return read


def words_of(said: str) -> set[str]:
    """Keep of a plain text the words that may stand for a place."""
    return _telling(signs(said))


def _telling(found: Collection[str]) -> set[str]:
    pairs = {sign[1:] for sign in found if sign[0] == "~" and len(sign) == PAIR and is_han(sign[1:])}
    return pairs | {word for word in found if " " not in word and word[0] != "~" and not is_small(word)}


def _voice(pk: Any, account: Any, person: Any, source: str, behalf: bool) -> str:
    # Whoever is not known may always be the same one; what another system sent has its reporters there.
    return str(account or person or (pk if source or behalf else "nobody"))


def _names(community: Any) -> Collection[str]:
    found = Person.objects.filter(community=community).values_list("name", flat=True)
    given = Case.objects.filter(community=community).exclude(contact_name="").values_list("contact_name", flat=True)
    return {name.casefold() for name in (*found, *given)}


def _where(heard: list[tuple[str, str, str]]) -> list[tuple[str, int]]:
    """Name the places for which a word stands: most who said it, said it there."""
    for at in (1, 0):  # the entrance, else the building
        often = Counter(one[at] for one in heard if one[at])
        voices = defaultdict(set)
        for one in heard:
            voices[one[at]].add(one[2])
        sure = [(key, n) for key, n in often.most_common(1) if n >= SURE * len(heard) and len(voices[key]) >= FEWEST]
        if sure:
            return sure
    return []


@dataclass
class _Answers:
    """Answers that were given, masked and each once, by move and category."""

    names: Collection[str]
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, move: str, key: str, cause: str, words: str) -> None:
        if words.strip():
            self.counts[move, key][masked(cause, self.names)[:500], masked(words, self.names)[:500]] += 1

    def sorted(self) -> dict[str, dict[str, list[Given]]]:
        found: dict[str, dict[str, list[Given]]] = {}
        for (move, key), counted in sorted(self.counts.items()):
            often = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:MOST_ANSWERS]
            found.setdefault(move, {})[key] = [(cause, words, n) for (cause, words), n in often]
        return found


def _said_in_moves(community: Any, kept: dict[Any, str], given: _Answers, marks: Any) -> None:
    """Add what those in charge wrote when they asked, or did not take something on."""
    rows = Detail.objects.filter(community_id=community.pk, noun_kind="cases.case", verb__in=SAID)
    # Refused cases teach no category, but their answer may be needed again.
    refused = Case.objects.filter(community=community, is_public=True, state=State.REFUSED)
    known = kept | dict(refused.values_list("pk", "category__key")[:MOST_CASES])
    for noun, verb, body in rows.order_by("-seq").values_list("noun_id", "verb", "body")[: 2 * MOST_CASES]:
        said = json.loads(body)["details"].get(SAID[verb], "") if noun in known else ""
        given.add(verb, known.get(noun, ""), "", said)
        marks.update(f"{verb}|{said}".encode())


def communities() -> list[Any]:
    """List all communities, to learn for each."""
    return list(Community.objects.order_by("slug"))


def changed_since() -> list[Any]:
    """List the communities whose night it is and that were not looked at since the last one, the longest ago first."""
    looked = dict(Lesson.objects.values_list("community_id", "looked_at"))
    due = []
    for community in Community.objects.all():
        at = looked.get(community.pk)
        is_night = now().astimezone(community.zone_info).hour in NIGHT
        if at is None or now() - at > LATE or (is_night and now() - at > A_NIGHT):
            due.append((at is not None, at or now(), str(community.pk), community))
    return [community for *_order, community in sorted(due, key=lambda each: each[:3])]
