"""The life of a vote: prepared, announced, open, closed, counted, published, final; and each refusal on the way."""

import json

import pytest

from mulin.journal.models import Detail, Line
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.notices.models import Notice
from mulin.votes import actions, queries
from mulin.votes.models import Ballot, Correction, RollEntry, Vote
from mulin.votes.tests.walks import again, supervisor, until_day

# ---- prepared and announced ----


def test_a_prepared_vote_is_seen_by_who_prepares_votes_alone(polls, town):
    vote = polls.prepare()
    assert vote.number == "B-2026-V001"
    assert Vote.objects.visible_to(town.worker_two).get() == vote
    assert not Vote.objects.visible_to(town.resident).exists()


def test_a_resident_prepares_no_vote(polls, town):
    with pytest.raises(Refused, match="whoever prepares votes here"):
        polls.prepare(by=town.resident)


def test_the_announcement_freezes_the_roll_and_is_posted(polls, town):
    polls.owners()
    vote = polls.noticed()
    entries = list(vote.entries.order_by("key").values_list("key", "heads", "area"))
    assert entries == [("R-0001", 1, 17900), ("R-0002", 1, 8950)]
    posted = Notice.objects.get(subject_id=vote.pk)
    assert (posted.kind, posted.state) == ("owners_vote", "posted")
    assert "at least 2/3 of all on the roll" in posted.text


def test_a_notice_that_comes_too_late_is_refused(polls, town):
    polls.owners()
    vote = polls.prepare(opens=14)
    with pytest.raises(Refused, match="notice and voting days as long as the rules ask"):
        actions.notice(vote, by=town.worker)


def test_a_home_without_an_area_stops_the_announcement(polls, town):
    polls.owners()
    polls.homes.door("301")
    with pytest.raises(Refused, match="Enter the floor area first"):
        actions.notice(polls.prepare(), by=town.worker)


def test_taken_back_it_is_prepared_again_and_all_days_count_from_the_beginning(polls, town):
    polls.owners()
    vote = polls.noticed()
    until_day(vote, polls.day(5))
    vote = actions.take_back(again(vote), by=town.worker, reason="The days were wrong")
    assert (vote.state, vote.entries.count(), vote.roll_on) == ("prepared", 0, None)
    assert Notice.objects.get(subject_id=vote.pk).state == "withdrawn"
    with pytest.raises(Refused, match="notice and voting days"):
        actions.notice(again(vote), by=town.worker)


def test_a_vote_is_called_off_with_a_reason_before_it_is_open_and_not_after(polls, town):
    polls.owners()
    vote = actions.call_off(polls.noticed(), by=town.worker, reason="The money is not there")
    assert (vote.state, vote.reason) == ("called_off", "The money is not there")
    opened = polls.opened()
    with pytest.raises(Refused, match="Voting is on"):
        actions.call_off(opened, by=town.worker, reason="x")


def test_the_roll_is_corrected_from_the_register_by_two(polls, town):
    polls.owners()
    vote = polls.noticed()
    keys = dict(vote.entries.values_list("area", "key"))
    polls.owner("Sun", "301", area=7000)
    actions.correct_roll(vote, by=town.worker, reason="301 was missing")
    assert vote.entries.count() == 2
    second(again(vote), "correct_roll", by=town.worker_two, agree=True)
    found = dict(again(vote).entries.values_list("area", "key"))
    assert found == {**keys, 7000: "R-0003"}
    row = Correction.objects.get()
    assert (row.reason, row.changes) == ("301 was missing", [{"key": "R-0003", "before": None, "after": [1, 7000, 0]}])


def test_rules_and_roll_are_not_changed_once_voting_is_on(polls, town):
    polls.owners()
    vote = polls.opened()
    for move in (
        lambda: actions.amend(vote, by=town.worker), lambda: actions.take_back(vote, by=town.worker, reason="x"),
        lambda: actions.correct_roll(vote, by=town.worker, reason="x"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="It stands at: Voting is on"):
            move()


def test_the_hashes_stand_in_the_log_when_voting_begins(polls, town):
    polls.owners()
    vote = polls.opened()
    body = json.loads(Detail.objects.get(noun_id=vote.pk, verb="open").body)
    assert body["details"] == {"question": vote.question_hash, "rules": vote.rules_hash, "roll": vote.roll_hash}
    assert (vote.question_hash, vote.rules_hash, vote.roll_hash) == queries.frozen_hashes(vote)


def test_a_roll_that_was_tampered_with_is_not_counted(polls, town):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    RollEntry.objects.filter(vote=vote, key="R-0001").update(area=1)
    with pytest.raises(RuntimeError, match="are not what they were"):
        queries.counted(again(vote))


# ---- cast ----


def test_an_owner_votes_and_votes_again_and_the_last_one_counts(polls, town):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident, "no")
    polls.cast(vote, town.resident, "yes")
    rows = Ballot.objects.order_by("number").values_list("number", "choices")
    assert list(rows) == [(1, ["no"]), (2, ["yes"])]
    polls.cast(vote, town.neighbour, "yes")
    vote = polls.over(vote)
    assert (vote.state, vote.outcome) == ("published", "adopted")
    assert vote.result["replaced"] == 1


def test_a_ballots_line_tells_a_commitment_and_nothing_else(polls, town):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident, "no")
    ballot = Ballot.objects.select_related("entry").get()
    line = Line.objects.get(community=town.community.pk, seq=ballot.seq)
    assert json.loads(line.cleared) == {"ballot": ballot.commitment, "kind": "votes.ballot"}
    assert ballot.commitment == ballot.seal(ballot.entry.key)
    for detail in Detail.objects.filter(verb="cast"):
        assert "no" not in json.loads(detail.body)["details"]
        assert json.loads(detail.body)["details"] == {}


def test_a_stranger_casts_nothing(polls, town):
    polls.owners()
    vote = polls.opened()
    for viewer in (town.officer, town.worker):
        with pytest.raises(Refused, match="whoever may vote here"):
            polls.cast(vote, viewer)


def test_nobody_votes_for_the_entry_of_another(polls, town):
    polls.owners()
    vote = polls.opened()
    for entry in ("R-0002", "R-9999"):
        with pytest.raises(Refused, match="for which entry"):
            polls.cast(vote, town.resident, entry=entry)
    assert not Ballot.objects.exists()


def test_no_ballot_is_taken_after_the_last_day_even_if_the_clock_has_not_come_by(polls, town):
    from mulin.kernel import clock
    from mulin.people.figures import until

    polls.owners()
    vote = polls.opened()
    last = polls.day(4)
    assert last == vote.closes_on
    clock.advance(until(polls.day(5), town.community))
    assert again(vote).state == "open"
    with pytest.raises(Refused, match="before the end of its last day"):
        polls.cast(vote, town.resident)
    vote = polls.over(vote)
    with pytest.raises(Refused, match="It stands at"):
        polls.cast(vote, town.resident)


def test_a_choice_that_is_none_is_refused(polls, town):
    polls.owners()
    vote = polls.opened()
    for choice in ("", "maybe", "follow_majority"):
        with pytest.raises(Refused, match="Choose one of"):
            polls.cast(vote, town.resident, choice)


# ---- counted, published, final ----


def test_the_clock_alone_closes_counts_publishes_and_ends_it(polls, town):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    vote = polls.over(vote)
    assert (vote.state, vote.outcome) == ("published", "no_quorum")  # two thirds of the area, half of the heads
    posted = Notice.objects.get(subject_id=vote.pk, kind="vote_result")
    assert vote.ballots_hash in posted.text
    until_day(vote, polls.day(8))
    assert again(vote).state == "final"


def test_a_challenge_that_is_rejected_lets_the_result_stand(polls, town):
    polls.owners()
    judge, vote = supervisor(town), polls.over(polls.opened())
    vote = actions.challenge(vote, by=town.resident, reason="I had no notice")
    for viewer in (town.resident, town.worker):
        with pytest.raises(Refused, match="had no part"):
            actions.answer(vote, by=viewer, upheld=False, words="x")
    vote = actions.answer(vote, by=judge, upheld=False, words="It hung for fifteen days")
    assert vote.state == "published"
    until_day(vote, polls.day(9))
    assert again(vote).state == "final"


def test_a_challenge_that_is_upheld_makes_the_vote_void(polls, town):
    polls.owners()
    judge, vote = supervisor(town), polls.over(polls.opened())
    vote = actions.challenge(vote, by=town.neighbour, reason="The roll is wrong")
    vote = actions.answer(vote, by=judge, upheld=True, words="It is")
    assert (vote.state, vote.challenges.get().upheld) == ("void", True)


def test_a_challenge_comes_from_the_roll_and_in_time(polls, town):
    polls.owners()
    vote = polls.over(polls.opened())
    with pytest.raises(Refused, match="whoever is on the roll"):
        actions.challenge(vote, by=town.officer, reason="x")
    until_day(vote, polls.day(8))
    with pytest.raises(Refused, match="Final"):
        actions.challenge(again(vote), by=town.resident, reason="x")


def test_an_objection_that_is_not_answered_keeps_voting_from_beginning(polls, town):
    from mulin.notices import actions as notices

    polls.owners()
    vote = polls.noticed()
    posted = Notice.objects.for_list().get(subject_id=vote.pk)
    until_day(vote, polls.day(13))
    lodged = notices.lodge(by=town.resident, community=town.community, notice=posted, words="My area is wrong")
    until_day(vote, vote.opens_on)
    assert again(vote).state == "noticed"
    assert lodged.state == "raised"
