"""The life of a notice: its days, the clock, objections that hold it, corrections, and notices of other nouns."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import engine_writes, writing
from mulin.kernel.models import Link
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain
from mulin.news.actions import tell_endings
from mulin.news.queries import notifications
from mulin.notices import actions
from mulin.notices.figures import KINDS, Term
from mulin.notices.models import ListRow, Notice, Objection
from mulin.notices.queries import notice_of
from mulin.notices.tests.walks import (
    again,
    answered,
    draft,
    for_subject,
    later,
    objected,
    posted,
    posted_list,
    subject,
)  # fmt: skip


def refused(act, *given, **named):
    with pytest.raises(Refused) as refusal:
        act(*given, **named)
    return refusal.value.code


def told(viewer, kind="notices.notice"):
    drain()
    return set(notifications(viewer).filter(kind=kind).values_list("verb", flat=True))


# ---- days ----


@pytest.mark.parametrize(
    ("key", "days", "last", "until"),
    [
        ("plan", 7, "2026-11-30", "2026-11-30"),
        ("plan", 10, "2026-12-03", "2026-12-03"),
        ("affairs", 15, "2026-12-08", "2026-12-08"),
        ("voters", 20, "2026-12-13", "2026-11-28"),  # twenty days, of which objections are taken for five
        ("voters", 22, "2026-12-15", "2026-11-30"),
        ("accounts", 30, "2026-12-23", "2026-12-23"),
        ("general", 3, "2026-11-26", None),
    ],
)
def test_days_are_whole_and_the_day_of_posting_is_not_counted(key, days, last, until):
    term = Term.of(KINDS[key], days, date(2026, 11, 23))
    assert (term.last.isoformat(), term.objections_until and term.objections_until.isoformat()) == (last, until)


def test_no_notice_is_posted_for_fewer_days_than_its_kind_asks(town):
    assert refused(draft, town, days=6) == "days"
    assert refused(draft, town, kind="affairs", days=14) == "days"
    assert refused(draft, town, days=181) == "days"
    assert (draft(town).days, draft(town, days=9).days) == (7, 9)
    assert for_subject(town, kind="owners_vote", days=3).days == 15


def test_days_are_counted_in_the_communitys_own_time(town):
    clock.set(datetime.fromisoformat("2026-11-23T16:30:00+00:00"))  # half past midnight on the 24th, there
    notice = posted(town)
    assert (notice.posted_on, notice.ends_on) == (date(2026, 11, 24), date(2026, 12, 1))
    clock.set(datetime.fromisoformat("2026-12-01T15:59:59+00:00"))
    later(seconds=0)
    assert (again(notice).state, again(notice).days_left, again(notice).is_settled) == ("posted", 1, False)
    clock.set(datetime.fromisoformat("2026-12-01T16:00:00+00:00"))
    assert again(notice).is_settled  # before the clock came by
    later(seconds=0)
    assert again(notice).state == "settled"


def test_it_settles_stays_and_is_taken_down_by_itself(town):
    notice = posted(town)
    assert (notice.number, notice.state) == ("B-2026-N001", "posted")
    later(days=8)
    assert (again(notice).state, again(notice).is_settled) == ("settled", True)
    assert again(notice).down_on == date(2026, 12, 31)
    later(days=29)
    assert again(notice).state == "settled"
    later(days=1)
    assert (again(notice).state, again(notice).is_settled) == ("down", True)
    assert told(town.worker) == {"settle"}


def test_who_posted_it_is_told_before_it_ends(town):
    posted(town)
    later(days=5)
    tell_endings()
    assert told(town.worker) == set()
    later(days=1)
    tell_endings()
    tell_endings()
    assert told(town.worker) == {"ends_soon"}
    assert told(town.worker_two) == set()


def test_a_draft_that_is_never_posted_ends(town):
    notice = draft(town)
    later(days=91)
    assert again(notice).state == "withdrawn"
    assert again(notice).posted_on is None


def test_the_database_holds_days_and_states(town):
    notice = posted(town)
    wrong = [
        {"days": 0}, {"ends_on": notice.posted_on}, {"number": ""}, {"digest": ""}, {"open_objections": 1},
        {"state": "settled"}, {"objections_until": notice.ends_on + timedelta(days=1)}, {"replaces": notice.pk},
    ]  # fmt: skip
    token = engine_writes.set(True)
    try:
        for values in wrong:
            with pytest.raises(IntegrityError), transaction.atomic():
                Notice.objects.filter(pk=notice.pk).update(**values)
    finally:
        engine_writes.reset(token)


# ---- who, and what may stand in it ----


def test_only_who_posts_notices_writes_and_posts_them(town):
    assert refused(actions.draft, by=town.resident, community=town.community, kind="plan", title="A", text="B") \
        == "not_yours"  # fmt: skip
    assert refused(actions.post, draft(town), by=town.officer) == "not_yours"
    assert refused(actions.withdraw, posted(town), by=town.resident, reason="x") == "not_yours"


def test_an_identity_number_is_posted_nowhere(town):
    assert refused(draft, town, text="Wang, 510104198803121234, wins") == "identity"
    assert refused(draft, town, title="For 51010419880312123X") == "identity"
    assert refused(for_subject, town, text="510104198803121234") == "identity"


def test_what_is_posted_is_never_changed(town):
    notice = posted(town)
    assert refused(actions.amend, notice, by=town.worker, title="B", text="C") == "wrong_state"
    assert refused(actions.fill, notice, by=town.worker, rows=[]) == "wrong_state"
    assert refused(actions.drop, notice, by=town.worker) == "wrong_state"
    body = Detail.objects.filter(noun_id=notice.pk, verb="post").get().body
    assert notice.digest in body
    assert "steel" not in body


def test_the_fingerprint_is_of_title_text_and_rows(town):
    one, two, other = posted(town), posted(town), posted(town, text="A gate of wood.")
    assert one.digest == two.digest != other.digest
    assert len(posted_list(town).digest) == 64


# ---- withdrawn and corrected ----


def test_a_withdrawn_notice_says_why_and_ends_its_objections(town):
    objection = objected(town)
    notice = actions.withdraw(again(objection.notice), by=town.worker, reason="The wrong drawing.")
    assert (notice.state, notice.reason, again(objection).state) == ("withdrawn", "The wrong drawing.", "settled")
    later(days=60)
    assert again(notice).state == "withdrawn"


def test_a_corrected_notice_takes_the_place_of_the_one_before(town):
    objection = objected(town)
    old = again(objection.notice)
    new = draft(town, title="Plan, corrected", replaces=old, reason="The sum was wrong.")
    assert again(old).state == "posted"
    clock.advance(timedelta(days=2))
    new = actions.post(new, by=town.worker)
    assert (again(old).state, again(objection).state) == ("replaced", "settled")
    assert (new.replaces_id, new.number, new.ends_on) == (old.pk, "B-2026-N002", date(2026, 12, 2))


def test_a_notice_is_corrected_by_one_of_its_own_kind(town):
    assert refused(draft, town, kind="general", replaces=posted(town), reason="x") == "kind"
    assert refused(draft, town, kind="vote") == "kind"
    assert refused(draft, town, replaces=for_subject(town), reason="x") == "kind"


# ---- with other nouns ----


def test_another_noun_posts_a_notice_with_itself_and_follows_it(town):
    noun = subject(town)
    assert notice_of(noun) is None
    notice = for_subject(town, noun)
    assert (notice_of(noun), notice.state, notice.is_settled) == (notice, "posted", False)
    link = Link.objects.get(source_id=noun.pk, target_id=notice.pk)
    assert (link.kind, link.target_kind) == ("origin", "notices.notice")
    assert notice.subject.id == noun.pk
    later(days=4)
    assert notice_of(noun).is_settled


def test_it_is_posted_within_the_action_of_that_noun_or_not_at_all(town):
    noun = subject(town)

    def act():
        with writing(town.community.pk):
            for_subject(town, noun)
            raise Refused("no", "No")

    assert refused(act) == "no"
    assert notice_of(noun) is None


def test_a_matter_that_changed_takes_its_notice_down(town):
    noun = subject(town)
    first = for_subject(town, noun)
    assert refused(actions.withdraw, first, by=town.worker, reason="By hand") == "needed_first"
    actions.take_down_for(noun, town.worker, "The rules were changed.")
    assert (again(first).state, again(first).reason) == ("withdrawn", "The rules were changed.")
    clock.advance(timedelta(seconds=1))
    newest = for_subject(town, noun)
    assert notice_of(noun) == newest
    later(days=4)
    actions.take_down_for(noun, SYSTEM)
    assert again(newest).state == "down"


def test_what_belongs_to_another_matter_is_not_withdrawn_by_an_objection(town):
    notice = for_subject(town)
    objection = answered(town, objected(town, notice), outcome="upheld")
    assert again(notice).state == "posted"
    later(days=9)
    assert (again(objection).state, again(notice).is_settled) == ("settled", True)


def test_a_list_posted_by_another_noun_needs_a_second_person_too(town):
    rows = [{"door": "3号楼2单元1201", "name": "王小明"}]
    noun = subject(town)
    assert refused(for_subject, town, noun, kind="vote_roll", rows=rows) == "second_person"
    assert refused(for_subject, town, noun, kind="vote_roll", rows=rows, agreed_by=town.worker.actor) == "second_person"
    assert refused(for_subject, town, noun, kind="vote", rows=rows, agreed_by="person:x") == "no_list"
    notice = for_subject(town, noun, kind="vote_roll", rows=rows, agreed_by=town.worker_two.actor)
    assert [row.cells for row in notice.rows] == [{"door": "3号楼2单元***", "name": "王**"}]
    assert ListRow.objects.count() == 1
    assert Objection.objects.count() == 0
