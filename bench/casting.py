"""Casting a ballot beside reporting a case, in turns: the same resident of the demo, over the API, whole middleware."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.test import Client

from mulin.cases.models import Case
from mulin.entry.actions import make_key
from mulin.people.models import Account, Person
from mulin.people.queries import viewer_of
from mulin.simulation.demo import build
from mulin.votes.models import Ballot, Vote

from .results import Result

SUBJECT = "casting"
WORDS = "The lamp at gate {} is out since yesterday evening."


def measure(database: str, quick: bool) -> None:
    """Measure a ballot and a report in turns, so that whatever slows the machine slows both."""
    community = build()
    account = Account.objects.get(email="wang@demo.mulin")
    vote = Vote.objects.filter(community=community, state="open", electorate="owners").for_list().get()
    entry = vote.chances(viewer_of(Person.objects.get(account=account)))[0].entry.key
    _key, secret = make_key(account.pk, community=community, name="bench", scopes=["read", "write"])
    client, numbers = Client(headers={"Authorization": f"Bearer {secret}"}), itertools.count(1)
    base = f"/api/v1/{community.slug}"
    where = Case.objects.filter(community=community, lon__isnull=False).values("lon", "lat")[0]

    def send(path: str, said: dict[str, Any]) -> None:
        answer = client.post(f"{base}/{path}", said, content_type="application/json")
        assert answer.status_code in (200, 201), answer.content[:500]

    def cast() -> None:
        choice = "yes" if next(numbers) % 3 else "no"
        send(f"votes/{vote.pk}/cast", {"entry": entry, "choice": choice})

    def report() -> None:
        send("cases", {"words": WORDS.format(next(numbers)), **where})

    before = Ballot.objects.count()
    times = _in_turns({"a ballot": cast, "a report": report}, 60 if quick else 400)
    assert Ballot.objects.count() > before
    for name, took in times.items():
        Result(SUBJECT, database, f"{name}, median", took * 1000, "ms CPU", "in-process, whole middleware").say()
    ratio = times["a ballot"] / times["a report"]
    Result(SUBJECT, database, "a ballot to a report", ratio, "times", "CPU; under 1: casting is quicker").say()


def _in_turns(acts: dict[str, Callable[[], None]], count: int) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(count + 5):
        for name, act in acts.items():
            at = time.process_time()
            act()
            if number >= 5:  # the first ones fill what is kept
                took[name].append(time.process_time() - at)
    return {name: statistics.median(each) for name, each in took.items()}
