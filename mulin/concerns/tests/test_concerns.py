"""What is told in confidence is looked into, decided by two together, and leads to a measure with an appeal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.concerns import actions, queries
from mulin.concerns.models import Bench as Named
from mulin.concerns.models import Concern, Finding, Message, Seat
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import read_on, tick
from mulin.people import actions as people
from mulin.people.models import Organisation

from .walks import GROUND, now, person, sees, told

pytestmark = pytest.mark.django_db


def test_a_question_and_its_answer_also_without_a_name(bench):
    made, teller = bench.told_without_name()
    concern = actions.ask(actions.take_up(made, by=bench.first), by=bench.second, words="Since when?")
    assert concern.state == "asked"
    concern = actions.reply(now(concern), by=teller, words="Since May")
    assert concern.state == "review"
    assert [(each.kind, each.words) for each in now(concern).messages] == [
        ("question", "Since when?"), ("reply", "Since May"),
    ]  # fmt: skip


def test_without_an_answer_it_goes_on_after_fourteen_days(bench):
    concern = actions.ask(bench.looked_into(), by=bench.first, words="When?")
    clock.set(clock.now() + timedelta(days=15))
    while tick():
        pass
    assert now(concern).state == "review"


def test_nobody_taking_it_up_reminds_both_and_never_anyone_above(bench):
    bench.tell()
    for _week in range(2):
        clock.set(clock.now() + timedelta(days=8))
        while tick():
            pass
    for viewer in (bench.first, bench.second):
        assert told(viewer).count("remind") == 2
    assert told(bench.town.worker) == []


def test_whoever_told_it_takes_it_back(bench):
    concern = bench.drafted()
    with pytest.raises(Refused):
        actions.withdraw(concern, by=bench.first)
    concern = actions.withdraw(now(concern), by=bench.town.resident)
    assert (concern.state, concern.ground) == ("withdrawn", "")
    assert told(bench.first)[-1] == "withdraw"


def test_a_finding_is_not_rewritten_while_it_waits_for_the_other(bench):
    concern = bench.drafted()
    actions.decide(concern, by=bench.first, fingerprint=concern.fingerprint)
    with pytest.raises(Refused, match="no finding that waits"):
        actions.draft(now(concern), by=bench.second, outcome="unfounded", ground="Other words")
    second(now(concern), "decide", by=bench.second, agree=False)
    changed = actions.draft(now(concern), by=bench.second, outcome="unfounded", ground="Other words")
    assert changed.outcome == "unfounded"


def test_another_wording_than_was_read_is_not_released(bench):
    concern = bench.drafted()
    actions.decide(concern, by=bench.first, fingerprint="0" * 64)
    with pytest.raises(Refused):
        second(now(concern), "decide", by=bench.second, agree=True)
    assert now(concern).state == "review"


def test_what_was_unfounded_is_told_to_whom_it_was_about_and_to_nobody_else(bench):
    concern = bench.decided(outcome="unfounded", measure="")
    finding = Finding.objects.get()
    assert (concern.state, finding.state) == ("unfounded", "told")
    assert told(bench.leader, "concerns.finding") == ["release"]
    assert told(bench.town.worker, "concerns.finding") == []
    assert Finding.objects.visible_to(bench.leader).get() == finding
    assert not Finding.objects.visible_to(bench.town.worker).exists()
    assert not sees(bench.leader, concern)


def test_after_its_time_nothing_of_it_is_kept(bench):
    concern = actions.withdraw(bench.looked_into(), by=bench.town.resident)
    clock.set(clock.now() + timedelta(days=366))
    while tick():
        pass
    row = now(concern)
    assert row.forgotten_at
    assert (row.words, row.happened, row.told_by, row.told_by_hash, row.told_name, row.subject) == ("",) * 5 + (None,)
    assert not Message.objects.exists()
    assert not sees(bench.town.resident, concern)
    assert not sees(bench.first, concern)


def test_five_at_a_time_are_enough(bench):
    for _time in range(5):
        bench.tell()
    with pytest.raises(Refused, match="Add to one of them"):
        bench.tell()


def test_the_database_keeps_one_reader_in_a_seat_and_one_subject(bench):
    concern, post = bench.tell(), Named.objects.get().stand_in
    given = {"community": bench.town.community, "concern": concern, "post": post, "since": clock.now()}
    for number, viewer in ((1, bench.stand_in), (3, bench.stand_in)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(**given, number=number, person=person(viewer))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE concerns_concern SET organisation_id = NULL")


def test_whoever_keeps_the_register_takes_the_measure_on_the_released_ground(bench):
    bench.member(bench.town.neighbour)
    finding = bench.finding(measure="warn")
    assert told(bench.town.worker, "concerns.finding") == ["release"]
    finding = actions.follow(finding, by=bench.town.worker)
    assert finding.state == "followed"
    assert Concern.objects.get().state == "closed"
    assert told(bench.town.neighbour, "people.organisation") == ["warn"]
    assert told(bench.town.resident)[-1] == "close"
    said = queries.notices(bench.group, queries.reads_notices(bench.town.neighbour, bench.group))
    assert [(each["text"], each["voice"]) for each in said] == [("Warn", GROUND)]


def test_to_dissolve_needs_the_second_person_and_then_closes_it(bench):
    bench.member(bench.town.neighbour)
    finding = actions.follow(bench.finding(measure="dissolve"), by=bench.town.worker)
    assert finding.state == "asked"
    second(now(bench.group), "dissolve", by=bench.town.worker_two, agree=True)
    assert told(bench.town.neighbour, "people.organisation") == ["dissolve"]
    assert (now(finding).state, Concern.objects.get().state) == ("followed", "closed")
    assert queries.notices(now(bench.group), queries.reads_notices(bench.town.neighbour, now(bench.group)))


def test_a_dissolution_not_agreed_to_waits_again(bench):
    finding = actions.follow(bench.finding(measure="dissolve"), by=bench.town.worker)
    second(now(bench.group), "dissolve", by=bench.town.worker_two, agree=False)
    while read_on():
        pass
    assert now(finding).state == "open"


def test_a_measure_taken_on_the_organisations_page_counts(bench):
    finding = bench.finding(measure="suspend")
    people.suspend(now(bench.group), by=bench.town.worker, reason="The same ground")
    while read_on():
        pass
    assert now(finding).state == "followed"


def test_a_measure_that_is_not_possible_any_more_is_not_offered(bench):
    finding = bench.finding(measure="warn")
    people.suspend(now(bench.group), by=bench.town.worker, reason="For something else")
    with pytest.raises(Refused, match="possible as things stand"):
        actions.follow(now(finding), by=bench.town.worker)
    assert actions.leave(now(finding), by=bench.town.worker, words="Suspended already").state == "left"


def test_a_measure_that_is_not_taken_needs_a_reason(bench):
    finding = actions.leave(bench.finding(), by=bench.town.worker, words="They paid it back.")
    assert finding.state == "left"
    assert now(Concern.objects.get()).finding.answer == "They paid it back."


def test_whoever_it_is_about_does_not_decide_about_the_measure(bench):
    people.amend(bench.group, by=bench.town.worker, name="Arts group", contact=person(bench.town.worker_two))
    finding = bench.finding(about=now(bench.group))
    with pytest.raises(Refused, match="not concerned"):
        actions.leave(finding, by=bench.town.worker_two, words="No")


def test_about_an_official_whoever_looks_after_posts_ends_the_term(bench):
    term = bench.term_of(bench.town.officer)
    finding = bench.finding(about=term, measure="end")
    assert not finding.goes_up
    assert Finding.objects.visible_to(bench.town.officer).exists()
    actions.follow(finding, by=bench.town.worker)
    assert now(term).state == "ended"
    assert Concern.objects.get().state == "closed"


def test_about_one_who_fills_posts_those_above_read_the_finding_and_never_the_report(bench):
    finding = bench.finding(about=bench.term_of(bench.town.worker), measure="talk")
    above = replace(NOBODY, community_id=bench.town.community.pk, capabilities=frozenset({"cases.oversee"}))
    assert finding.goes_up
    assert Finding.objects.visible_to(above).exists()
    assert not Concern.objects.visible_to(above).exists()
    with pytest.raises(Refused):
        actions.follow(finding, by=bench.town.worker)
    assert actions.follow(now(finding), by=bench.town.worker_two).state == "followed"


def test_nobody_deciding_about_the_measure_is_reminded(bench):
    bench.finding()
    clock.set(clock.now() + timedelta(days=15))
    while tick():
        pass
    assert "urge" in told(bench.town.worker, "concerns.finding")


def test_an_appeal_is_answered_by_somebody_who_did_not_take_the_measure(bench):
    bench.member(bench.town.neighbour)
    group = people.suspend(bench.group, by=bench.town.worker, reason="Money collected")
    with pytest.raises(Refused, match="appeal that nobody answered"):
        people.uphold(group, by=bench.town.worker_two, reason="No")
    group = people.appeal(now(group), by=bench.leader, words="It was a birthday present.")
    with pytest.raises(Refused, match="had no part in the measure"):
        people.grant(now(group), by=bench.town.worker, reason="Mine")
    group = people.grant(now(group), by=bench.town.worker_two, reason="The money was given back.")
    assert group.state == "registered"
    assert told(bench.town.neighbour, "people.organisation") == ["suspend", "grant"]
    assert told(bench.leader, "people.organisation")[-1] == "grant"
    said = queries.notices(group, queries.reads_notices(bench.town.neighbour, group))
    assert [each["voice"] for each in said] == ["The money was given back.", "", "Money collected"]


def test_neither_of_the_two_who_dissolved_it_answers_the_appeal(bench):
    third = bench.town.holder("Shu", "shu", bench.town.desk_post)
    people.dissolve(bench.group, by=bench.town.worker, reason="Fraud")
    second(now(bench.group), "dissolve", by=bench.town.worker_two, agree=True)
    people.appeal(now(bench.group), by=bench.leader, words="We are honest.")
    for viewer in (bench.town.worker, bench.town.worker_two):
        with pytest.raises(Refused, match="had no part"):
            people.uphold(now(bench.group), by=viewer, reason="No")
    assert people.uphold(now(bench.group), by=third, reason="The court found the same.").state == "dissolved"


def test_a_group_comes_back_only_under_a_free_name(bench):
    people.dissolve(bench.group, by=bench.town.worker, reason="Fraud")
    second(now(bench.group), "dissolve", by=bench.town.worker_two, agree=True)
    people.appeal(now(bench.group), by=bench.leader, words="We are honest.")
    people.add_organisation(by=SYSTEM, community=bench.town.community, kind="interest_group", name="Arts group")
    third = bench.town.holder("Shu", "shu", bench.town.desk_post)
    with pytest.raises(Refused, match="Take another name"):
        people.grant(now(bench.group), by=third, reason="They are.")
    assert Organisation.objects.get(pk=bench.group.pk).state == "dissolved"
