"""Two named people read what is told in confidence; nobody else learns of it, and no table holds a word of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.concerns import actions, queries
from mulin.concerns.models import Bench as Named
from mulin.concerns.models import Concern, Finding, Seat
from mulin.journal.models import Detail, Line
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.models import Link, Pending
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import tick
from mulin.people import actions as people
from mulin.people.queries import viewer_of

from .walks import GROUND, WORDS, now, person, reads, sees, told

pytestmark = pytest.mark.django_db


def test_the_two_named_and_whoever_told_it_see_it_and_nobody_else(bench):
    town, concern = bench.town, bench.tell()
    assert all(sees(viewer, concern) for viewer in (town.resident, bench.first, bench.second))
    secretary = town.holder(
        "Shu", "shu", people.add_post(by=SYSTEM, community=town.community, kind=town.kinds["secretary"])
    )
    auditor = town.holder(
        "Shen", "shen", people.add_post(by=SYSTEM, community=town.community, kind=town.kinds["auditor"])
    )
    above = replace(NOBODY, community_id=town.community.pk, capabilities=frozenset({"cases.oversee"}))
    for viewer in (
        secretary, auditor, above, bench.stand_in, bench.leader, town.neighbour, town.officer, town.worker, NOBODY,
    ):  # fmt: skip
        assert not sees(viewer, concern), viewer.name


def test_whoever_answers_for_the_group_never_reads_and_the_stand_in_does(bench):
    people.amend(bench.group, by=bench.town.worker, name="Arts group", contact=person(bench.first))
    concern = bench.tell(about=now(bench.group))
    assert reads(concern) == {"Du", "Bei"}
    assert not sees(bench.first, concern)


def test_whoever_holds_office_in_the_group_never_reads(bench):
    post = people.add_post(
        by=SYSTEM, community=bench.town.community, kind=bench.town.kinds["unit_liaison"], organisation=bench.group
    )
    liaison = bench.town.give(bench.second, post)
    concern = bench.tell()
    assert reads(concern) == {"Ji", "Bei"}
    assert not sees(liaison, concern)


def test_a_reader_reported_about_never_reads(bench):
    concern = bench.tell(about=bench.term_of(bench.first))
    assert reads(concern) == {"Du", "Bei"}
    assert not sees(bench.first, concern)


def test_a_reader_who_becomes_concerned_reads_no_more_and_the_other_calls_the_stand_in(bench):
    concern = bench.looked_into()
    people.amend(bench.group, by=bench.town.worker, name="Arts group", contact=person(bench.second))
    assert not sees(bench.second, concern)
    assert reads(concern) == {"Ji"}
    actions.call_in(now(concern), by=bench.first)
    assert reads(concern) == {"Ji", "Bei"}
    assert sees(bench.stand_in, concern)
    assert told(bench.stand_in)[-1] == "call_in"


def test_with_both_in_their_seats_nobody_is_called_in(bench):
    with pytest.raises(Refused, match="seat of a reader that stands empty"):
        actions.call_in(bench.looked_into(), by=bench.first)


def test_nothing_is_decided_by_one_alone(bench):
    concern = bench.drafted()
    actions.decide(concern, by=bench.first, fingerprint=concern.fingerprint)
    for viewer in (bench.first, bench.stand_in, bench.town.worker, bench.town.resident):
        with pytest.raises(Refused):
            second(now(concern), "decide", by=viewer, agree=True)
    assert now(concern).state == "review"


def test_a_term_that_ended_closes_the_eyes(bench):
    concern = bench.tell()
    people.end(bench.term_of(bench.first), by=bench.town.worker)
    assert not sees(viewer_of(person(bench.first)), concern)


def test_who_keeps_the_register_never_reads_even_with_the_post(bench):
    both = bench.town.give(bench.first, bench.town.desk_post)
    concern = bench.tell()
    assert reads(concern) == {"Du", "Bei"}
    assert not sees(both, concern)


def test_a_right_that_waits_for_the_second_factor_does_not_hide_that_one_is_barred(bench):
    concern = bench.tell()
    waits = replace(bench.first, withheld=frozenset({"people.keep"}))
    assert not sees(waits, concern)


def test_if_both_seats_stand_empty_the_clock_fills_them(bench):
    concern = bench.tell()
    for viewer in (bench.first, bench.second):
        people.end(bench.term_of(viewer), by=bench.town.worker)
    later = person(bench.town.neighbour)
    bench.town.give(bench.town.neighbour, Named.objects.get().first)
    clock.set(clock.now() + timedelta(days=8))
    while tick():
        pass
    assert reads(concern) == {"Bei", later.name}


def test_without_two_who_may_read_nothing_is_stored(bench):
    for viewer in (bench.first, bench.second):
        people.end(bench.term_of(viewer), by=bench.town.worker)
    with pytest.raises(Refused, match="12388"):
        bench.tell()
    assert not Concern.objects.exists()
    assert not Seat.objects.exists()


def test_a_reader_does_not_read_what_they_told_themself(bench):
    concern = bench.tell(by=bench.first)
    assert reads(concern) == {"Du", "Bei"}
    with pytest.raises(Refused):
        actions.take_up(concern, by=bench.first)
    unnamed = bench.tell(by=bench.second, unnamed=True)
    assert reads(unnamed) == {"Ji", "Bei"}


SEATS = st.sets(st.sampled_from(["first", "second", "stand_in"]))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(concerned=SEATS, gone=SEATS, barred=SEATS)
def test_whatever_happens_two_fit_persons_read_or_nothing_is_stored(bench, concerned, gone, barred):
    with transaction.atomic():
        office = people.add_post(
            by=SYSTEM, community=bench.town.community, kind=bench.town.kinds["unit_liaison"], organisation=bench.group
        )
        for name in gone:
            people.end(bench.term_of(getattr(bench, name)), by=bench.town.worker)
        for names, post in ((concerned, office), (barred, bench.town.desk_post)):
            for name in names:
                bench.town.give(getattr(bench, name), post)
        order = [name for name in ("first", "second", "stand_in") if name not in concerned | gone | barred]
        if len(order) < 2:
            with pytest.raises(Refused), transaction.atomic():
                bench.tell()
            assert not Concern.objects.exists()
        else:
            concern = bench.tell()
            fit = [viewer_of(person(getattr(bench, name))) for name in order[:2]]
            assert reads(concern) == {viewer.name for viewer in fit}
            assert all(sees(viewer, concern) for viewer in fit)
            others = {"first", "second", "stand_in"} - set(order[:2])
            assert not any(sees(viewer_of(person(getattr(bench, name))), concern) for name in others)
        transaction.set_rollback(True)


def test_naming_other_posts_leaves_what_was_told_with_its_readers(bench):
    concern, named = bench.tell(), Named.objects.get()
    actions.name_readers(
        by=bench.town.worker, community=bench.town.community, first=named.stand_in, second=named.second
    )
    assert reads(concern) == {"Ji", "Du"}
    assert reads(bench.tell()) == {"Bei", "Du"}


def test_only_who_looks_after_posts_names_readers_and_only_fitting_posts(bench):
    named = Named.objects.get()
    given = {"community": bench.town.community, "first": named.first, "second": named.second}
    with pytest.raises(Refused, match="looks after the posts"):
        actions.name_readers(by=bench.first, **given)
    with pytest.raises(Refused, match="different posts"):
        actions.name_readers(by=bench.town.worker, **{**given, "second": named.first})
    with pytest.raises(Refused, match="cannot read"):
        actions.name_readers(by=bench.town.worker, **{**given, "second": bench.town.desk_post})


def rows_of_all_tables():
    """Write out what lies in the database, as whoever steals it would see it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        said = []
        for table in tables:
            if table.startswith(("concerns_", "journal_", "kernel_", "news_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def test_no_table_holds_a_word_or_who_told_it(bench):
    concern = bench.drafted()
    actions.ask(concern, by=bench.first, words="Who else paid him?")
    actions.reply(now(concern), by=bench.town.resident, words="My aunt did")
    actions.note(now(concern), by=bench.second, words="Seen at the bank")
    stolen = rows_of_all_tables()
    secrets = [WORDS, "since May", "Who else paid him?", "My aunt did", "Seen at the bank", GROUND]
    assert not [words for words in secrets if words in stolen]
    keys = {str(bench.town.resident.person_id), bench.town.resident.person_id.hex}
    lines = Detail.objects.filter(noun_id=concern.pk)
    assert not any(key in line.actor + line.body for line in lines for key in keys)
    assert {line.actor for line in lines if line.verb in ("tell", "reply")} == {"guest"}


def test_the_open_log_does_not_say_that_there_is_one(bench):
    before = Line.objects.count()
    bench.decided(measure="warn")
    cleared = [json.loads(line.cleared) for line in Line.objects.order_by("seq")[before:]]
    assert len(cleared) >= 5
    assert all(each == {} for each in cleared)


def test_no_link_leads_from_what_was_released_to_what_was_told(bench):
    bench.finding()
    assert not Link.objects.exists()
    fields = {field.name for field in Finding._meta.get_fields()}
    assert not {name for name in fields if "concern" in name}


def test_a_waiting_decision_keeps_no_words(bench):
    concern = bench.drafted()
    actions.decide(concern, by=bench.first, fingerprint=concern.fingerprint)
    assert set(Pending.objects.get().answers) == {"fingerprint"}


def test_while_it_is_looked_into_nobody_but_those_concerned_hears(bench):
    concern = bench.drafted()
    actions.ask(concern, by=bench.first, words="When?")
    hear = (bench.leader, bench.stand_in, bench.town.worker, bench.town.neighbour)
    assert [told(viewer) + told(viewer, "concerns.finding") for viewer in hear] == [[], [], [], []]
    assert told(bench.second) == ["tell", "take_up", "draft"] or told(bench.second) == ["tell", "draft"]
    assert told(bench.town.resident) == ["take_up", "ask"]


def test_who_told_it_without_a_name_is_nowhere(bench):
    made, teller = bench.told_without_name()
    stored = Concern.objects.get()
    assert (stored.told_by, stored.told_by_hash, stored.told_name) == ("", "", "")
    assert made.secret
    assert made.secret not in rows_of_all_tables()
    assert sees(teller, made)
    assert queries.by_code(bench.town.community, made.secret.lower()) == stored
    assert queries.by_code(bench.town.community, "") is None


def test_a_ground_that_names_who_told_it_is_refused(bench):
    concern = bench.looked_into()
    form = concern.flow.form("draft")(
        {"outcome": "founded", "measure": "warn", "ground": "Wang was asked for money."}, by=bench.first, noun=concern
    )
    assert "ground" in form.errors
