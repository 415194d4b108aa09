"""Two sides, a mediator whom both chose, a text that both confirm word for word, and what becomes of it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from mulin.journal.models import Detail, Line
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.mediation import actions, queries
from mulin.mediation.models import Choice, Mediation, Party, Session, Side
from mulin.news.tests.factories import heard
from mulin.people.models import Account, Person
from mulin.secrecy.fields import hash_of

from .walks import KEPT, confirm, now

pytestmark = pytest.mark.django_db
told = partial(heard, kind="mediation.mediation")


def sees(viewer, mediation):
    return Mediation.objects.visible_to(viewer).filter(pk=mediation.pk).exists()


def person(viewer):
    return Person.objects.get(pk=viewer.person_id)


def test_nothing_begins_before_both_sides_want_to_talk(table):
    mediation = table.joined()
    with pytest.raises(Refused):
        actions.propose(mediation, by=table.town.resident, person=person(table.mediator))
    assert now(actions.agree(mediation, by=table.town.neighbour)).state == "agreed"


def test_the_community_asks_and_waits_for_both(table):
    mediation = table.ask(by=table.town.worker, first_name="Wang")
    assert mediation.by_community
    for viewer, side in ((table.town.resident, 1), (table.town.neighbour, 2)):
        actions.enter(by=viewer, community=table.town.community, code=now(mediation).side(side).code)
        assert now(mediation).state == "asked"
        mediation = actions.agree(now(mediation), by=viewer)
    assert now(mediation).state == "agreed"


def test_whose_name_and_number_we_know_is_told_and_the_asker_cannot_tell_the_difference(table):
    Account.objects.filter(pk=table.town.neighbour.account_id).update(phone_hash=hash_of("phone", "13900001234"))
    known, unknown = table.ask(other_phone="13900001234"), table.ask(other_name="Nobody", other_phone="13900009999")
    assert told(table.town.neighbour) == ["ask"]
    assert (sees(table.town.neighbour, known), sees(table.town.neighbour, unknown)) == (True, False)
    shown = [queries.seats(now(each), table.town.resident)[1] for each in (known, unknown)]
    assert [seat["parties"] for seat in shown] == [[], []]
    assert [bool(seat["code"]) for seat in shown] == [True, True]


def test_a_used_code_admits_nobody_else(table):
    mediation = table.ask()
    code = mediation.side(2).code
    actions.enter(by=table.town.neighbour, community=table.town.community, code=code)
    with pytest.raises(Refused) as refused:
        actions.enter(by=table.town.person("Sun", "sun"), community=table.town.community, code=code)
    assert refused.value.code == "unknown_code"


def test_further_parties_of_a_side_read_but_do_not_speak(table):
    mediation, third = table.joined(), table.town.person("Sun", "sun")
    actions.enter(by=third, community=table.town.community, code=f" {mediation.side(2).code.lower()} ")
    assert sees(third, mediation)
    with pytest.raises(Refused):
        actions.agree(now(mediation), by=third)
    actions.leave(now(mediation), by=third)
    assert not sees(third, mediation)


def test_a_side_asks_for_three_at_once_at_most(table):
    for number in range(3):
        table.ask(other_name=f"Neighbour {number}")
    with pytest.raises(Refused, match="3 mediations"):
        table.ask(other_name="One more")


@pytest.mark.story("L13")
def test_declines_and_conflicts_of_interest_stay_on_record_and_are_not_asked_again(table):
    mediation = actions.pass_on(table.chosen(), by=table.mediator, ground="conflict", words="My cousin")
    assert (mediation.state, mediation.mediator_id) == ("agreed", None)
    assert [row.outcome for row in queries.choices(now(mediation))] == ["conflict"]
    with pytest.raises(Refused) as refused:
        actions.propose(now(mediation), by=table.town.neighbour, person=person(table.mediator))
    assert refused.value.code == "too_near"
    assert not sees(table.mediator, mediation)


def test_the_other_side_may_propose_somebody_else(table):
    lead = table.town.person("Song", "song")
    mediation = actions.propose(table.agreed(), by=table.town.resident, person=person(table.mediator))
    with pytest.raises(Refused):
        actions.choose(now(mediation), by=table.town.resident)
    actions.propose(now(mediation), by=table.town.neighbour, person=person(lead))
    assert now(actions.choose(now(mediation), by=table.town.resident)).mediator_id == lead.person_id
    assert list(Choice.objects.order_by("at").values_list("outcome", flat=True)) == ["passed_over", "chosen"]


def test_nobody_of_a_side_mediates(table):
    with pytest.raises(Refused):
        actions.propose(table.agreed(), by=table.town.resident, person=person(table.town.neighbour))


def test_a_silent_mediator_is_replaced_after_three_working_days(table):
    mediation = table.chosen()
    assert "choose" in told(table.mediator)
    clock.set(now(mediation).due_at + timedelta(minutes=1))
    tick()
    assert now(mediation).state == "agreed"
    assert queries.choices(now(mediation))[0].outcome == "silent"


def test_an_unanswered_request_ends_after_seven_days(table):
    mediation = table.joined()
    clock.set(clock.now() + timedelta(days=7, minutes=1))
    tick()
    assert now(mediation).state == "declined"


def test_another_word_needs_both_sides_again(table):
    mediation = table.drafted()
    old = mediation.agreement.fingerprint
    mediation = confirm(mediation, table.town.resident)
    days = [(clock.now() + timedelta(days=10)).date()]
    mediation = now(actions.draft(mediation, by=table.mediator, text=KEPT + " Or on Sundays.", days=days))
    with pytest.raises(Refused) as refused:
        actions.confirm(mediation, by=table.town.neighbour, fingerprint=old)
    assert refused.value.code == "other_text"
    assert confirm(mediation, table.town.neighbour).state == "drafted"
    assert confirm(now(mediation), table.town.resident).state == "settled"


def test_a_side_confirms_once_and_only_for_itself(table):
    mediation = confirm(table.drafted(), table.town.resident)
    with pytest.raises(Refused):
        confirm(mediation, table.town.resident)
    with pytest.raises(Refused):
        confirm(mediation, table.mediator)


def test_follow_ups_are_asked_for_and_end_in_kept(table):
    mediation = table.settled()
    with pytest.raises(Refused):
        actions.note_kept(mediation, by=table.mediator)
    for days in (11, 30):
        clock.set(clock.now() + timedelta(days=days))
        tick()
        mediation = now(actions.note_kept(now(mediation), by=table.mediator))
    assert mediation.state == "kept"
    assert {"remind_follow_up", "remind_court"} <= set(told(table.town.neighbour))


def test_a_breach_opens_it_again_and_the_mediator_is_asked_anew(table):
    mediation = actions.report_breach(table.settled(), by=table.town.neighbour, words="Drilling at ten.")
    assert (mediation.state, mediation.breaches) == ("chosen", 1)
    assert now(actions.take_on(now(mediation), by=table.mediator, no_conflict=True)).state == "in_session"


def test_consent_is_withdrawn_at_any_time(table):
    mediation = actions.withdraw(table.drafted(), by=table.town.neighbour)
    assert mediation.state == "withdrawn"


@pytest.mark.story("C9")
def test_a_pause_cools_off_and_ends_by_itself_where_it_stood(table):
    mediation = now(actions.pause(table.met(), by=table.town.neighbour, days=3))
    assert mediation.state == "resting"
    with pytest.raises(Refused):
        actions.resume(mediation, by=table.town.resident)
    clock.set(clock.now() + timedelta(days=3, minutes=1))
    tick()
    assert now(mediation).state == "in_session"


def test_the_log_holds_no_name_and_no_word(table):
    mediation = table.settled()
    actions.report_breach(mediation, by=table.town.neighbour, words="Drilling at ten.")
    bodies = " ".join(Detail.objects.filter(noun_id=mediation.pk).values_list("body", flat=True))
    cleared = " ".join(Line.objects.values_list("cleared", flat=True))
    for word in ("Drilling", "Wang", "Zhao", "Room 2", "drilling"):
        assert word not in bodies
    assert str(mediation.pk) not in cleared


def test_words_are_encrypted_where_they_are_stored(table):
    mediation = table.drafted()
    with connection.cursor() as cursor:
        for model in (Mediation, Session, Side):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            stored = str(cursor.fetchall())
            assert not any(word in stored for word in ("Drilling", "father is ill", "Both spoke", "Zhao"))
    assert mediation.sessions[0].notes == "Zhao's father is ill."


def test_the_desk_knows_only_of_what_it_asked_for_or_both_show(table):
    mediation, worker = table.joined(), table.town.worker
    assert not sees(worker, mediation)
    actions.show_desk(mediation, by=table.town.resident)
    assert not sees(worker, mediation)
    actions.show_desk(now(mediation), by=table.town.neighbour)
    assert sees(worker, mediation)
    actions.hide_desk(now(mediation), by=table.town.neighbour)
    assert not sees(worker, mediation)
    assert told(worker) == []


def test_the_mediators_own_notes_go_a_year_after_the_end(table):
    mediation = actions.withdraw(table.met(), by=table.town.neighbour)
    clock.set(clock.now() + timedelta(days=366))
    tick()
    assert [row.notes for row in now(mediation).sessions] == [""]


def test_few_are_not_told(table):
    for _each in range(4):
        actions.take_back(table.ask(), by=table.town.resident)
    assert queries.counts(table.town.community)[2].asked is None
    table.ask()
    quarters, kinds, whole = queries.counts(table.town.community)
    assert (whole.asked, whole.agreed, kinds[0].asked, len(quarters)) == (5, None, 5, 1)


def test_a_party_entered_twice_sits_once(table):
    mediation = table.joined()
    party = Party.objects.get(mediation=mediation, side=2)
    actions.give_way(party, "mediation_person_once")
    assert [each.side for each in now(mediation).parties] == [1]
