"""Who helped and left: may come again, and judges nothing of it while it lasts."""

import pytest

from mulin.kernel.refusals import Refused
from mulin.participation import actions
from mulin.participation.models import Claim
from mulin.participation.tests.test_claims import kept


def test_a_helper_who_left_before_the_end_does_not_confirm_either(town):
    claim = actions.leave(actions.join(kept(town), by=town.worker_two), by=town.worker_two)
    assert (claim.persons, town.worker_two.person_id in claim.taking_part) == ({}, False)
    assert not Claim.objects.concerning(town.worker_two).exists()
    done = actions.finish(claim, by=town.resident)
    for judge in (actions.confirm, actions.reopen):
        with pytest.raises(Refused, match="nobody who did it"):
            judge(done, by=town.worker_two)
    assert actions.confirm(done, by=town.worker).state == "confirmed"


def test_who_left_may_join_once_more_and_leaves_the_place_of_a_stand_in_free(town):
    claim = actions.join(kept(town), by=town.neighbour, role="stand_in")
    claim = actions.leave(claim, by=town.neighbour)
    claim = actions.join(claim, by=town.worker_two, role="stand_in")
    claim = actions.join(claim, by=town.neighbour)
    assert claim.persons == {town.neighbour.person_id: "helper", town.worker_two.person_id: "stand_in"}


def test_what_begins_anew_may_be_judged_by_who_helped_the_time_before(town):
    claim = actions.leave(actions.join(kept(town), by=town.worker_two), by=town.worker_two)
    claim = actions.claim(actions.hand_back(claim, by=town.resident), by=town.resident)
    done = actions.finish(actions.keep(claim, by=town.resident), by=town.resident)
    assert actions.confirm(done, by=town.worker_two).state == "confirmed"
