"""Councils: a show of hands by two officers, seats checked in, and what everyone may read of it."""

import pytest

from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.votes import actions
from mulin.votes.models import Ballot, RollEntry
from mulin.votes.tests.walks import again, main, text


def test_a_show_of_hands_counts_once_a_second_officer_confirms_it(polls, town, web):
    vote, _seats = polls.of_council(members=3)
    actions.count_hands(vote, by=town.worker, yes=2, no=1, abstain=0, present=3)
    assert again(vote).state == "open"
    page = main(web(town.worker_two).get(vote.get_absolute_url()))
    assert "Waits for a second person: Enter a show of hands" in page
    assert '<dd class="ml-num">2</dd>' in page
    assert "Waits for a second person" not in main(web(town.resident).get(vote.get_absolute_url()))
    with pytest.raises(Refused, match="second person has to agree"):
        second(again(vote), "count_hands", by=town.worker, agree=True)
    second(again(vote), "count_hands", by=town.worker_two, agree=True)
    vote = polls.over(vote)
    assert (vote.outcome, vote.hands) == ("adopted", {"yes": 2, "no": 1, "abstain": 0, "present": 3})


def test_hands_and_web_ballots_are_not_mixed(polls, town):
    vote, seats = polls.of_council(members=3)
    polls.cast(vote, seats[0])
    with pytest.raises(Refused, match="no ballot cast on the web"):
        actions.count_hands(again(vote), by=town.worker, yes=2, no=1, abstain=0, present=3)


def test_more_hands_than_people_are_refused(polls, town, web):
    vote, _seats = polls.of_council(members=3)
    sent = {"yes": "3", "no": "1", "abstain": "0", "present": "3"}
    answer = web(town.worker).post(f"{vote.get_absolute_url()}count_hands/", sent)
    assert (answer.status_code, "Count once more" in answer.content.decode()) == (422, True)
    answer = web(town.worker).post(f"{vote.get_absolute_url()}count_hands/", {**sent, "present": "4"})
    assert "No more can be present than sit in it" in answer.content.decode()


def test_who_votes_is_there_and_others_are_checked_in(polls, town):
    vote, seats = polls.of_council("CN-RC-reps-meeting", members=3)
    actions.check_in(vote, by=town.worker, seats=["R-0001"])
    polls.cast(vote, seats[1])
    polls.cast(vote, seats[2])
    assert RollEntry.objects.exclude(present_at=None).count() == 3
    vote = polls.over(vote)
    total = vote.result["totals"][0]
    assert (vote.outcome, total["present"], total["yes"]) == ("adopted", 3, 2)


def test_everyone_reads_how_each_seat_voted_once_it_is_over_and_not_before(polls, town, web):
    vote, seats = polls.of_council(members=3)
    polls.cast(vote, seats[0], "no")
    url = vote.get_absolute_url()
    page = main(web().get(f"{url}roll/"))
    assert (seats[0].name in page, "Voted" in page) == (True, False)
    assert web().get(f"{url}vote.json").status_code == 404
    vote = polls.over(vote)
    page = main(web().get(f"{url}roll/"))
    assert ("Voted" in page, ">No<" in page) == (True, True)
    assert text(web().get(f"{url}vote.json"))


def test_vacant_seats_count_among_all(polls, town):
    body, seats = polls.council(members=3, seats=5)
    vote = polls.opened("council-2/3", opens=4, body=body)
    for seat in seats:
        polls.cast(vote, seat)
    vote = polls.over(vote)
    assert (vote.outcome, vote.result["totals"][0]["members"]) == ("rejected", 5)


def test_who_is_elected_into_the_council_later_has_no_vote_in_this_one(polls, town):
    body, _seats = polls.council(members=3, seats=5)
    vote = polls.opened("council-2/3", opens=4, body=body)
    newcomer = polls.hall.signing_in("Late")
    polls.hall.seat(body, person=polls.homes.person(newcomer))
    with pytest.raises(Refused, match="whoever may vote here"):
        polls.cast(vote, newcomer)
    assert not Ballot.objects.exists()
