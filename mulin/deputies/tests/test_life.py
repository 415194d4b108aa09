"""The life of a suggestion: who does what, what happens by itself, and what is refused in plain words."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.deputies import actions
from mulin.deputies.figures import months_later
from mulin.deputies.models import Answer, CoSigner, Word
from mulin.deputies.tests.walks import again, department, later
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain
from mulin.news.queries import notifications
from mulin.people import actions as people
from mulin.people.figures import today_in


def refused(act, *given, **named):
    with pytest.raises(Refused) as refusal:
        act(*given, **named)
    return refusal.value.code


def told(viewer):
    drain()
    return set(notifications(viewer).filter(kind="deputies.suggestion").values_list("verb", flat=True))


# ---- days ----


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),  # a leap year
        ("2026-12-31", 6, "2027-06-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-01-15", 3, "2026-04-15"),
        ("2026-12-01", 12, "2027-12-01"),
    ],
)
def test_the_same_day_some_months_later_or_the_last_of_that_month(day, months, end):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(end)


def test_the_last_day_counts_whole_in_the_communitys_own_time(office):
    clock.set(datetime.fromisoformat("2026-11-29T17:30:00+00:00"))  # half past one on the 30th, there
    suggestion = office.in_hand()
    assert (suggestion.handed_on, suggestion.answer_by) == (date(2026, 11, 30), date(2027, 2, 28))
    clock.set(datetime.fromisoformat("2027-02-28T15:59:00+00:00"))
    later(seconds=0)
    assert not again(suggestion).is_late
    assert office.answered(suggestion=again(suggestion)).in_time


def test_a_minute_later_it_is_late_and_everyone_sees_it(office):
    clock.set(datetime.fromisoformat("2026-11-29T17:30:00+00:00"))
    suggestion = office.in_hand()
    clock.set(datetime.fromisoformat("2027-02-28T16:01:00+00:00"))
    later(seconds=0)
    late = again(suggestion)
    assert (late.is_late, late.state) == (True, "in_hand")
    assert {"overrun"} <= told(office.contact) & told(office.deputy) & told(office.town.worker)
    assert office.answered(suggestion=late).in_time is False


# ---- brought and handed on ----


def test_only_who_holds_the_post_writes_suggestions(office):
    given = {"title": "A", "matter": "B", "proposal": "C", "source": "own"}
    assert refused(actions.draft, by=office.town.resident, community=office.town.community, **given) == "not_yours"


def test_a_suggestion_gets_its_number_when_it_is_brought_and_keeps_it(office):
    assert office.draft().number == ""
    assert office.brought().number == "B-2026-D001"
    returned = actions.send_back(office.brought(), by=office.town.worker, reason="A name stands in it")
    assert (returned.state, returned.number) == ("drafted", "B-2026-D002")
    brought = actions.bring(returned, by=office.deputy)
    assert brought.number == "B-2026-D002"
    assert refused(actions.send_back, brought, by=office.town.worker, reason="Another one") == "needed_first"


def test_what_everyone_could_read_is_not_given_back_to_be_changed(office):
    back = actions.hand_back(
        office.handed(), by=office.contact, reason="Parks looks after the hedge", named=office.parks
    )
    assert refused(actions.send_back, back, by=office.town.worker, reason="x") == "needed_first"


def test_the_desk_cannot_let_it_lie(office):
    suggestion = office.brought()
    later(days=7, minutes=1)
    moved = again(suggestion)
    assert (moved.state, moved.department) == ("handed", office.roads)
    assert "go_on" in told(office.contact) & told(office.deputy)
    assert "go_on" not in told(office.town.worker)


def test_without_a_department_the_desk_is_reminded_every_week(office):
    suggestion = office.brought(department=None)
    later(days=7, minutes=1)
    later(days=7, minutes=1)
    assert again(suggestion).state == "brought"
    assert Detail.objects.filter(noun_id=suggestion.pk, verb="go_on").count() == 2
    assert "go_on" in told(office.town.worker)
    assert told(office.deputy) == set()


def test_what_is_handed_back_goes_to_whom_the_department_named(office):
    back = actions.hand_back(office.handed(), by=office.contact, reason="Not ours", named=office.parks)
    assert "hand_back" in told(office.town.worker)
    later(days=7, minutes=1)
    assert (again(back).department, again(back).state) == (office.parks, "handed")


def test_a_new_department_has_three_months_of_its_own(office):
    back = actions.hand_back(office.handed(), by=office.contact, reason="Not ours")
    clock.advance(timedelta(days=5))
    moved = actions.hand_on(back, by=office.town.worker_two, department=office.parks, partners=[office.roads])
    assert moved.answer_by == months_later(today_in(office.town.community), 3)
    assert [each.organisation for each in moved.partners] == [office.roads]


def test_silence_for_ten_days_means_that_it_is_theirs(office):
    suggestion = office.handed()
    later(days=10)
    assert again(suggestion).state == "handed"  # the tenth day is not over
    later(days=1)
    assert again(suggestion).state == "in_hand"
    assert refused(actions.hand_back, again(suggestion), by=office.contact, reason="x") == "wrong_state"


def test_a_unit_that_is_suspended_is_not_asked(office):
    people.suspend(office.parks, by=office.town.worker, reason="Moved")
    parks = type(office.parks).objects.get(pk=office.parks.pk)
    assert refused(actions.hand_on, office.brought(), by=office.town.worker, department=parks) == "not_there"


def test_when_a_department_is_no_more_the_desk_finds_another(office):
    firm = department(office.town, "Bureau of lamps")
    suggestion = actions.hand_on(office.brought(), by=office.town.worker, department=firm)
    people.dissolve(firm, by=office.town.worker, reason="Merged")
    second(firm, "dissolve", by=office.town.worker_two, agree=True)
    drain()
    assert (again(suggestion).state, again(suggestion).department) == ("brought", None)


def test_other_deputies_sign_once_and_take_their_name_off(office):
    suggestion = actions.co_sign(office.handed(), by=office.other)
    assert refused(actions.co_sign, suggestion, by=office.other) == "needed_first"
    assert refused(actions.co_sign, suggestion, by=office.deputy) == "not_yours"
    assert CoSigner.objects.get().person.name == "Fang"
    actions.step_back(again(suggestion), by=office.other)
    assert not CoSigner.objects.exists()


def test_a_draft_that_is_never_brought_ends(office):
    suggestion = office.draft()
    later(days=181)
    assert again(suggestion).state == "withdrawn"


def test_it_is_withdrawn_until_it_is_answered(office):
    assert actions.withdraw(office.in_hand(), by=office.deputy, reason="It stands").state == "withdrawn"
    assert "withdraw" in told(office.contact)
    assert refused(actions.withdraw, office.answered(), by=office.deputy) == "wrong_state"


# ---- answered and judged ----


def test_longer_time_needs_the_desks_word_and_is_given_once(office):
    suggestion = office.in_hand()
    waiting = actions.extend(suggestion, by=office.contact, reason="The road belongs to the district")
    assert again(waiting).answer_by == date(2027, 2, 23)
    assert "extend.asked" in told(office.town.worker)
    assert refused(second, waiting, "extend", by=office.contact, agree=True) == "second_person"
    longer = second(waiting, "extend", by=office.town.worker, agree=True)
    assert longer.answer_by == date(2027, 5, 23)
    assert longer.due_at == datetime.fromisoformat("2027-05-24T00:00:00+08:00")
    assert Word.objects.get(verb="extend").words == "The road belongs to the district"
    assert refused(actions.extend, longer, by=office.contact, reason="x") == "needed_first"
    later(days=100)
    assert not again(longer).is_late


def test_who_takes_part_says_how_far_it_is_and_does_not_answer(office):
    suggestion = actions.hand_on(
        office.brought(department=office.parks), by=office.town.worker, department=office.parks, partners=[office.roads]
    )
    suggestion = actions.receive(suggestion, by=office.town.worker)  # parks has no account: the desk notes it
    actions.report_on(suggestion, by=office.contact, words="The poles are ordered")
    assert Word.objects.get(verb="report_on").organisation == office.roads
    given = {"text": "x", "klass": "A", "signed": "x"}
    assert refused(actions.answer, again(suggestion), by=office.contact, **given) == "not_yours"
    actions.answer(again(suggestion), by=office.town.worker, **given)
    assert Answer.objects.get().by_desk


def test_a_satisfied_deputy_ends_it(office):
    done = actions.judge(office.answered(), by=office.deputy, judgement=3, words="Thank you")
    assert (done.state, done.judgement, done.in_time) == ("closed", 3, True)
    assert Answer.objects.get().judged_words == "Thank you"


def test_only_the_deputy_who_brought_it_judges(office):
    answered = office.answered()
    for viewer in (office.other, office.contact, office.town.worker):
        assert refused(actions.judge, answered, by=viewer, judgement=3) == "not_yours"


def test_an_answer_that_does_not_satisfy_is_taken_up_once_more_and_not_again(office):
    first = actions.judge(office.answered(klass="C"), by=office.deputy, judgement=1, words="No word of when")
    assert (first.state, first.round, first.klass, first.answer_by) == ("in_hand", 2, "", date(2027, 2, 23))
    assert "judge" in told(office.contact)
    assert refused(actions.extend, first, by=office.contact, reason="x") == "needed_first"
    again_answered = office.answered(klass="A", suggestion=first)
    assert again_answered.judgement is None
    end = actions.judge(again_answered, by=office.deputy, judgement=1)
    assert (end.state, end.judgement) == ("closed", 1)
    assert [each.judgement for each in again(end).answers] == [1, 1]


def test_without_the_deputys_word_it_goes_on_after_thirty_days(office):
    suggestion = office.answered()
    later(days=30, minutes=1)
    assert (again(suggestion).state, again(suggestion).judgement) == ("closed", None)


# ---- promises ----


def test_a_plan_needs_a_day_to_come(office):
    today = today_in(office.town.community)
    for day in (None, today, today + timedelta(days=366 * 6)):
        assert refused(office.answered, "B", promised_on=day) == "promise"
    assert not Answer.objects.exists()


def test_the_department_is_asked_the_day_after_and_says_that_it_kept_it(office):
    promised = actions.judge(office.answered("B"), by=office.deputy, judgement=3)
    assert (promised.state, promised.promised_on) == ("promised", date(2027, 3, 3))
    later(days=100)
    assert not again(promised).is_late
    later(days=1)
    assert again(promised).is_late
    assert "ask_kept" in told(office.contact)
    kept = actions.fulfil(again(promised), by=office.contact, words="The lights stand")
    assert (kept.state, kept.kept) == ("closed", True)
    assert "fulfil" in told(office.deputy)


def test_silence_on_a_promise_is_a_promise_not_kept_and_can_be_made_good(office):
    promised = actions.judge(office.answered("B"), by=office.deputy, judgement=3)
    later(days=101)
    later(days=31)
    broken = again(promised)
    assert (broken.state, broken.kept) == ("not_kept", False)
    assert actions.fulfil(broken, by=office.contact, words="At last").kept


def test_a_department_says_that_it_cannot_keep_it(office):
    promised = actions.judge(office.answered("B"), by=office.deputy, judgement=2)
    broken = actions.admit(promised, by=office.contact, reason="No money this year")
    assert (broken.state, broken.kept) == ("not_kept", False)


# ---- kept by the database, and what the journal says ----


def test_the_database_keeps_a_plan_and_its_day_together(office):
    office.answered("A")
    row = Answer.objects.get()
    row.klass = "B"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_journal_repeats_no_words(office):
    actions.judge(office.answered(text="The poles are ordered"), by=office.deputy, judgement=1, words="Too vague")
    bodies = " ".join(Detail.objects.filter(noun_kind="deputies.suggestion").values_list("body", flat=True))
    assert not [word for word in ("poles", "vague", "Children", "Sun") if word in bodies]
