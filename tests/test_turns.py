"""Law 8 and 10 as they are lived: two people, two clicks, two officers, old history, and time that goes on."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.cases import actions
from mulin.cases.models import Case
from mulin.journal.models import Detail, Job, Line
from mulin.journal.verify import verify
from mulin.kernel import clock, engine, readers, worker
from mulin.kernel.clock import CLOCK, SYSTEM, now
from mulin.kernel.engine import Once, adopt, save_adopted, second, writing
from mulin.kernel.models import OnceKey, Pending, engine_writes, pending_for
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.people import actions as people
from mulin.people.models import Term

pytestmark = pytest.mark.usefixtures("english")
DAY = timedelta(days=1)


def verbs(case):
    return list(Detail.objects.filter(noun_id=case.pk).order_by("seq").values_list("verb", flat=True))


@pytest.fixture
def case(town):
    return town.report()


@pytest.fixture
def asked(town, case):
    return actions.refuse(case, by=town.worker, why="not_ours", words="The water works look after this.")


# Two people


def test_a_move_waits_for_a_second_person(town, asked):
    assert (asked.state, verbs(asked)) == ("assigned", ["report", "refuse.asked"])
    made = second(asked, "refuse", by=town.worker_two, agree=True)
    assert (made.state, verbs(made)[-1]) == ("refused", "refuse")
    body = Detail.objects.filter(noun_id=made.pk).latest("seq").body
    assert f'"agreed_by":"{town.worker_two.actor}"' in body
    assert town.worker.actor in body
    assert pending_for(made) == []


def test_nobody_is_their_own_second_person(town, asked):
    with pytest.raises(Refused, match=r"^A second person has to agree\."):
        second(asked, "refuse", by=town.worker, agree=True)


@pytest.mark.parametrize("who", ["officer", "resident"])
def test_the_second_person_needs_the_right(town, asked, who):
    with pytest.raises(Refused) as refused:
        second(asked, "refuse", by=getattr(town, who), agree=True)
    assert refused.value.status == 403


def test_the_second_person_may_say_no(town, asked):
    kept = second(asked, "refuse", by=town.worker_two, agree=False)
    assert (kept.state, verbs(kept)[-1], pending_for(kept)) == ("assigned", "refuse.declined", [])


def test_it_is_asked_once(town, asked):
    with pytest.raises(Refused, match="already waits"):
        actions.refuse(asked, by=town.worker_two, why="not_ours", words="x")


def test_the_first_persons_right_is_checked_again(town, asked):
    clock.set(now() + timedelta(hours=1))
    for term in Term.objects.filter(person_id=town.worker.person_id):
        people.end(term, by=town.worker_two)
    clock.advance(2 * DAY)
    with pytest.raises(Refused, match="Who can do this"):
        second(asked, "refuse", by=town.worker_two, agree=True)


def test_what_became_impossible_meanwhile_is_refused(town, asked):
    actions.withdraw(asked, by=town.resident)
    with pytest.raises(Refused, match="stands at"):
        second(asked, "refuse", by=town.worker_two, agree=True)


def test_without_a_second_word_it_lapses(town, asked):
    clock.set(now() + engine.SECOND_WAITS + DAY)
    with pytest.raises(Refused, match="Nothing waits"):
        second(asked, "refuse", by=town.worker_two, agree=True)
    worker.tick()
    assert pending_for(asked) == []
    assert "refuse.expired" in verbs(asked)


def test_what_lapsed_can_be_asked_anew(town, asked):
    clock.set(now() + engine.SECOND_WAITS + DAY)  # and the worker did not come by
    again = actions.refuse(asked, by=town.worker_two, why="not_ours", words="Ask the water works.")
    assert [waiting.actor for waiting in pending_for(again)] == [town.worker_two.actor]
    assert second(again, "refuse", by=town.worker, agree=True).state == "refused"


# Two clicks


def test_a_second_click_gets_what_the_first_made(town):
    one, two = (town.report(once=Once("key", b"same")) for _ in range(2))
    assert one.pk == two.pk
    assert (one.is_repeat, two.is_repeat) == (False, True)
    assert Case.objects.count() == 1
    assert verify(town.community.pk).ok


def test_a_key_is_good_for_one_thing(town):
    town.report(once=Once("key", b"one"))
    with pytest.raises(Refused) as refused:
        town.report(once=Once("key", b"another"))
    assert (refused.value.code, refused.value.status) == ("once_reused", 422)
    assert Case.objects.count() == 1


def test_the_same_key_of_another_is_another(town):
    one = town.report(once=Once("key", b"same"))
    assert town.report(by=town.neighbour, once=Once("key", b"same")).pk != one.pk


def test_a_second_click_on_a_move_does_nothing(town, case):
    for _ in range(2):
        moved = actions.accept(case, by=town.officer, once=Once("key", b""))
    assert moved.state == "in_hand"
    assert verbs(case) == ["report", "accept"]


def test_keys_keep_the_ref_for_thirty_days_and_never_the_words(town):
    town.report(once=Once("key", "楼道的灯".encode()))
    row = OnceKey.objects.get()
    assert len(row.body_hash) == 64
    clock.set(now() + 29 * DAY)
    worker.do_chores()
    assert OnceKey.objects.exists()
    clock.advance(2 * DAY)
    worker.tick()
    assert OnceKey.objects.exists()  # not each second: it takes the one place to write
    worker.do_chores()
    assert not OnceKey.objects.exists()


# Two officers


def test_who_saw_an_older_version_is_told(town, case):
    seen = case.version
    actions.accept(case, by=town.officer, version=seen)
    with pytest.raises(Refused) as refused:
        actions.solve(case, by=town.worker, version=seen, cause="x", remedy="y")
    assert (refused.value.code, refused.value.status) == ("conflict", 409)
    assert verbs(case) == ["report", "accept"]


# Old history


def adopted(town, key):
    place = town.where()
    return Case(
        community=town.community, category=town.category("other"), number=f"old-{key}", words="old", state="closed",
        disclosure="named", is_public=False, happened_at=now() - 900 * DAY, source="old", external_id=key,
        building=place.building, created_at=now(),
    )  # fmt: skip


def test_old_history_is_one_line_each_without_clocks_and_readers(town):
    before = Line.objects.count()
    rows = [adopted(town, str(number)) for number in range(3)]
    with writing(town.community.pk) as turn:
        for row in rows:
            adopt(turn, row, details={"source": "old"})
        save_adopted(rows)
    assert Line.objects.count() == before + 3
    assert {row.rings_at for row in Case.objects.filter(source="old")} == {None}
    assert {tuple(row.clocks) for row in Case.objects.filter(source="old")} == {()}
    assert not Job.objects.filter(noun_id__in=[row.pk for row in rows]).exists()
    assert verify(town.community.pk).ok


def test_old_history_comes_in_once(town):
    save_adopted([adopted(town, "1")])
    again = adopted(town, "1")
    again.number = "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        save_adopted([again])


# Time that goes on


def test_the_clock_escalates_by_itself_and_only_in_time(town, case):
    with pytest.raises(Refused, match="Who can do this: the clock"):
        actions.escalate(case, by=CLOCK)
    assert worker.tick() == 0
    clock.set(case.rings_at)
    assert worker.tick() == 1
    case.refresh_from_db()
    assert (case.level, verbs(case)[-1]) == (2, "escalate")


def test_the_clock_backs_off_when_it_is_refused(town, case, monkeypatch):
    def refuses(*args, **kwargs):
        raise Refused("not_now", "Not now.")

    monkeypatch.setattr(actions, "escalate", refuses)
    clock.set(case.rings_at)
    waits = []
    for _ in range(3):
        assert worker.tick() == 0
        case.refresh_from_db()
        waits.append(case.rings_at - now())
        clock.set(case.rings_at)
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]


def test_a_bug_in_one_life_does_not_stop_the_others(town, monkeypatch, caplog):
    broken, sound = town.report(), town.report()
    plain = actions.escalate
    monkeypatch.setattr(actions, "escalate", lambda case, by: 1 / 0 if case.pk == broken.pk else plain(case, by=by))
    clock.set(sound.rings_at)
    with caplog.at_level(logging.CRITICAL):
        assert worker.tick() == 1
    sound.refresh_from_db()
    assert sound.level == 2


@pytest.mark.parametrize("broken", ["clock", "model"])
def test_a_row_that_fits_nothing_does_not_end_the_worker(town, monkeypatch, caplog, broken):
    sound = town.report()
    if broken == "clock":
        town.report(by=town.neighbour)
        clocks = {"gone": {"due": now().isoformat()}}
        token = engine_writes.set(True)
        Case.objects.exclude(pk=sound.pk).update(clocks=clocks)
        engine_writes.reset(token)
    else:
        actions.refuse(sound, by=town.worker, why="not_ours", words="The water works look after this.")
        Pending.objects.update(noun_kind="cases.gone", expires_at=now())
    clock.set(sound.rings_at)
    with caplog.at_level(logging.CRITICAL):
        assert worker.tick() == 1
        assert worker.tick() == 0
    sound.refresh_from_db()
    assert sound.level == 2
    assert not Pending.objects.filter(expires_at__lte=now()).exists()


# Readers


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(readers, "READERS", {})
    monkeypatch.setattr(worker, "READERS", readers.READERS)
    lines = []

    @readers.reads("cases.case", "report", "accept", "note")
    def listen(line):
        lines.append(line)
        if line.details.get("words") == "fail":
            raise ValueError("no")

    return lines


def test_readers_hear_each_line_once_and_in_order(town, heard):
    case = actions.accept(town.report(), by=town.officer)
    worker.drain()
    worker.drain()
    assert [(line.verb, line.after) for line in heard] == [("report", "assigned"), ("accept", "in_hand")]
    assert heard[0].noun_id == case.pk
    assert not Job.objects.exists()


def test_a_failed_job_waits_longer_each_time_and_holds_back_what_follows(town, heard, caplog):
    case = actions.accept(town.report(), by=town.officer)
    actions.note(case, by=town.officer, words="fail")
    actions.note(case, by=town.officer, words="later")
    other = town.report()
    clock.set(now())
    with caplog.at_level(logging.CRITICAL):
        worker.drain()
        clock.advance(timedelta(minutes=2))
        worker.drain()
    assert [line.details.get("words") for line in heard if line.noun_id == case.pk] == [None, None, "fail", "fail"]
    assert [line.verb for line in heard if line.noun_id == other.pk] == ["report"]
    failed = Job.objects.get(tries__gt=0)
    assert failed.error == "ValueError: no"
    assert failed.due_at - now() == timedelta(minutes=5)


def test_a_guest_and_the_system_are_named_as_such(town):
    case = town.report(by=NOBODY, disclosure="anonymous")
    assert Detail.objects.filter(noun_id=case.pk).get().actor == "guest"
    assert SYSTEM.actor == "system"
