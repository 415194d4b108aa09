"""Twelve processes at once: nothing is lost, doubled or out of order (laws 2, 4, 10 and 12, and the gate)."""

import pytest

CROWD, EACH = 12, 6  # as in crowd.py, which is a program of its own

pytestmark = pytest.mark.xdist_group("crowd")


def is_sound(town):
    assert town["problems"] == []
    assert town["size"] == town["lines"] == town["details"]
    assert town["numbers"] == list(range(1, town["counter"] + 1))


@pytest.mark.parametrize("scenario", ["one_town", "three_towns"])
def test_no_line_is_lost_and_numbers_have_no_gaps(found, scenario):
    found = found[scenario]
    assert found["answers"] == ["done"] * CROWD
    assert sum(town["counter"] for town in found["towns"]) == CROWD * EACH
    for town, before in zip(found["towns"], found["before"], strict=True):
        is_sound(town)
        assert town["size"] == before + town["counter"]
        assert town["signed"] >= 1


def test_the_same_key_makes_one_case(found):
    found = found["clicks"]
    assert len({key for key, _repeat in found["answers"]}) == 1
    assert sorted(repeat for _key, repeat in found["answers"]) == [False] + [True] * (CROWD - 1)
    assert found["numbers"] == [1]
    is_sound(found)


def test_of_twelve_exactly_one_wins(found):
    found = found["race"]
    accepts, offers = zip(*found["answers"], strict=True)
    assert (sum(accepts), sum(offers)) == (1, 1)
    assert (found["accepted"], found["offered"]) == (1, 1)
    is_sound(found)


def test_of_twelve_neighbours_exactly_one_takes_a_claim_on(found):
    found = found["claim"]
    assert found["answers"].count("made") == 1
    assert found["won"] == [found["answers"].index("made")]
    assert (found["lines"], found["problems"]) == (1, [])


def test_of_twelve_who_report_a_unit_in_exactly_one_does(found):
    found = found["report_in"]
    assert found["answers"].count("made") == 1
    assert found["answers"].count("refused: wrong_state") == len(found["answers"]) - 1
    assert (found["lines"], found["version"], found["problems"]) == (1, 2, [])


def test_shares_registered_at_once_never_exceed_the_whole(found):
    found = found["shares"]
    assert found["answers"].count("made") == 5
    assert all(answer == "made" or answer.startswith("refused") for answer in found["answers"])
    assert (found["whole"], found["problems"]) == ("1", [])


def test_one_person_gets_one_term_of_a_post_and_accepts_it_once(found):
    found = found["terms"]
    assert (found["offers"].count("made"), found["accepts"].count("made")) == (1, 1)
    assert all(answer == "made" or answer.startswith("refused") for answer in found["offers"] + found["accepts"])
    assert (found["lines"], found["problems"]) == (1, [])


def test_nobody_ever_has_two_main_homes(found):
    found = found["main_home"]
    assert all(answer == "made" or answer.startswith("refused") for answer in found["answers"])
    assert found["lines"] == [1, 1, 1]
    assert (found["main"], found["problems"]) == (1, [])
    assert found["memberships"] == found["doors"]


def test_processes_and_threads_pass_the_gate_one_by_one(sqlite):
    found = sqlite["gate"]
    assert found["answers"] == [4, 4]
    assert found["counter"] == 40
    is_sound(found)


def test_behind_a_stuck_writer_one_is_told_in_time(sqlite):
    found = sqlite["stuck"]
    assert found["said"] == "The database is busy."
    assert found["read"] < 0.25
    assert 0.25 < found["waited"] < 1.9
    assert found["numbers"] == [1]
    is_sound(found)


@pytest.mark.postgres
def test_two_communities_never_wait_for_each_other(postgres):
    found = postgres["apart"]
    assert found["free"] < 5
    assert found["waited"], "Who writes to a locked community has to wait."
    assert found["numbers"] == [1]


def test_ballots_of_the_same_entry_at_once_are_numbered_one_after_the_other(found):
    found = found["ballots"]
    assert found["answers"] == ["made"] * CROWD
    assert found["numbers"] == [[key, number] for key in ("R-0001", "R-0002") for number in range(1, CROWD // 2 + 1)]
    assert (found["lines"], found["problems"]) == (CROWD, [])


def test_every_ballot_that_was_taken_is_counted_and_none_after_the_close(found):
    found = found["closing"]
    assert found["state"] == "counted"
    assert found["counted"] == len(found["numbers"]) == found["lines"]
    cast = [answer for number, answer in enumerate(found["answers"]) if number % 4]
    assert cast.count("made") == found["counted"]
    assert set(cast) <= {"made", "refused: wrong_state"}
    assert found["answers"][::4].count("made") == 1
    assert found["problems"] == []
