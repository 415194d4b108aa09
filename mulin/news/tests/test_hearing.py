"""Who hears of a line, in whose words, and never the one who did it."""

import pytest
from django.utils.functional import Promise

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import READERS
from mulin.kernel.worker import drain
from mulin.news import figures, queries
from mulin.news.hearing import hears
from mulin.news.models import Notification
from mulin.participation import actions as participation
from mulin.people import actions as people
from mulin.people.models import Person


def told(viewer, kind=""):
    drain()
    rows = Notification.objects.filter(account=viewer.account_id).order_by("at", "pk")
    return [(row.verb, row.voice) for row in rows if row.kind.startswith(kind)]


@pytest.fixture
def forget():
    kept = [(register, dict(register)) for register in (figures.HEARINGS, READERS)]
    yield
    for register, before in kept:
        register.clear()
        register.update(before)


def test_two_circles_hear_the_same_verb_in_their_own_words(town, forget):
    hears("cases.case", lambda line: {town.neighbour.account_id}, {"report": "For you."}, voice="test")
    town.report()
    assert told(town.neighbour) == [("report", "test")]
    assert figures.sentence("cases.case", "report", "test") == "For you."
    assert figures.sentence("cases.case", "report") != "For you."


def test_nobody_is_told_what_they_did_themselves(town, forget):
    hears("cases.case", lambda line: {town.resident.account_id, town.neighbour.account_id}, {"report": "x"})
    town.report()
    assert told(town.resident, "cases.case") == []
    assert told(town.neighbour, "cases.case") == [("report", "")]


def test_who_is_asked_to_take_a_post_hears_of_it_and_who_asked_hears_the_answer(town):
    person = Person.objects.get(pk=town.neighbour.person_id)
    chief = town.give(town.resident, people.add_post(
        by=SYSTEM, community=town.community, kind=town.kinds["secretary"], place_kind="community",
    ))  # fmt: skip
    term = people.offer(by=SYSTEM, post=town.desk_post, person=person, starts_on=clock.now().date())
    assert told(town.neighbour, "people.term") == [("offer", "")]
    people.accept(term, by=town.neighbour)
    assert ("accept", "keeper") in told(chief, "people.term")


def test_what_lapses_is_told_to_who_had_it_though_its_row_has_forgotten_them(town):
    claim = participation.offer(by=town.worker, community=town.community, title="给花浇水", term_days=30)
    participation.claim(claim, by=town.neighbour)
    assert told(town.worker, "participation") == [("claim", "")]
    claim.refresh_from_db()
    clock.set(claim.rings_at)
    assert ("lapse", "former") in told(town.neighbour, "participation")
    assert ("lapse", "") in told(town.worker, "participation")


def test_what_a_reader_may_not_see_vanishes_from_the_list(town):
    case = town.report(disclosure="confidential")
    drain()
    rows = list(Notification.objects.filter(account=town.officer.account_id))
    assert [card.url for _row, card, _what in queries.shown(rows, town.officer)] == [case.get_absolute_url()]
    assert bool(queries.shown(rows, town.neighbour)) == case.is_public


def test_what_vanished_is_not_counted_as_unread_once_the_list_was_looked_at(town, go, here):
    case = town.report(disclosure="confidential")
    drain()
    line = Notification.objects.get(account=town.officer.account_id)
    Notification.objects.create(
        community=town.community, account=town.neighbour.account_id, kind=line.kind, noun_id=case.pk, seq=line.seq,
        verb=line.verb, at=line.at,
    )  # fmt: skip
    assert queries.unread_count(town.neighbour) == 1
    go(here("notifications"), by=town.neighbour)
    assert queries.unread_count(town.neighbour) == 0
    go(here("notifications"), by=town.officer)
    assert queries.unread_count(town.officer) == 1


def test_every_kind_that_is_heard_has_words_in_two_languages():
    for kind, hearings in figures.HEARINGS.items():
        assert figures.topics([kind]), kind
        assert all(isinstance(words, Promise) for each in hearings for words in each.sentences.values()), kind
