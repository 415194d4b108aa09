"""What is like a case is found by words, distance and time, and only by what one may read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from mulin.cases import actions
from mulin.cases.models import Case
from mulin.cases.queries import Where, where
from mulin.kernel import clock
from mulin.kernel.viewer import NOBODY
from mulin.learning.figures import likeness
from mulin.learning.queries import similar, similar_to, taken_into

NORTH = 0.00005  # some five metres
SHARE = st.floats(0, 1)


@pytest.fixture
def middle(town):
    """A place some steps from the door that it is shown at."""
    door = town.where()
    return where(town.community, lon=door.lon, lat=door.lat + NORTH)


def found(town, viewer, text, place, category=None):
    return [each.case for each in similar(town.community, viewer, text, place, category)]


def test_it_says_what_is_alike(town):
    case = town.report(words="楼道的灯不亮", category=town.category("stair_light"))
    clock.advance(timedelta(days=3))
    [alike] = similar(town.community, town.worker, "三楼的灯不亮", town.where(), None)
    assert alike.case == case
    assert alike.why == "same entrance, 3 days apart, same words: 灯不亮"


def test_similar_is_what_is_shown_near_and_not_what_is_near(town, middle):
    case = town.report(place=middle, category=town.category("lamp"))
    assert (case.lat, case.shown_lat) == (middle.lat, middle.lat - NORTH)
    assert found(town, NOBODY, "灯", town.where(), case.category) == [case]
    far = replace(middle, shown_lat=case.lat + 0.01, building=None)  # near the exact point alone
    assert not found(town, NOBODY, "", far, case.category)


def test_hidden_words_are_not_found_out_by_asking(town):
    town.report(words="蜂窝在墙角，请快来", category=town.category("paving"), place=town.where())
    asked = "蜂窝在墙角，请快来"
    assert found(town, town.worker, asked, town.where())
    assert not found(town, town.neighbour, asked, town.where())
    assert not found(town, NOBODY, asked, town.where())


def test_ones_own_are_found_by_their_words(town):
    case = town.report(words="蜂窝在墙角，请快来", category=town.category("paving"))
    assert found(town, town.resident, "墙角的蜂窝还在", town.where()) == [case]


def test_a_public_summary_is_found_by_its_words(town):
    case = town.report(words="这里有一窝", category=town.category("paving"))
    actions.summarise(case, by=town.worker, summary="墙角有蜂窝")
    [alike] = similar(town.community, town.neighbour, "墙角的蜂窝", town.where(), None)
    assert "蜂窝" in alike.why


def test_a_confidential_case_is_nobody_elses_twin(town):
    town.report(disclosure="confidential", category=town.category("lamp"))
    assert not found(town, town.neighbour, "楼道的灯不亮", town.where(), town.category("lamp"))
    assert not found(town, NOBODY, "楼道的灯不亮", town.where(), town.category("lamp"))
    assert found(town, town.worker, "楼道的灯不亮", town.where(), town.category("lamp"))


def test_what_has_ended_is_no_twin(town):
    case = town.report(category=town.category("lamp"))
    actions.withdraw(case, by=town.resident)
    assert not found(town, town.worker, "楼道的灯不亮", town.where(), town.category("lamp"))


def test_another_matter_at_the_same_door_is_no_twin(town):
    town.report(words="狗没人管", category=town.category("pet_mess"))
    assert not found(town, town.worker, "电梯坏了", town.where(), town.category("lift"))


def test_without_a_place_only_the_very_same_words_count(town):
    case = town.report(words="整个小区都停水了", category=town.category("water_pipe"))
    assert found(town, town.worker, "小区停水了", Where()) == [case]
    assert not found(town, town.worker, "小区有狗", Where())


def test_a_case_has_its_neighbours_and_not_itself(town):
    one, other = town.report(), town.report(by=town.neighbour)
    assert [each.case for each in similar_to(one, town.worker)] == [other]


@pytest.mark.parametrize("text", ["", "😀", "x" * 100_000, "灯" * 50_000, "\x00", "'; DROP TABLE", "%s %(x)s"])
def test_anything_may_be_written(town, text):
    town.report()
    assert isinstance(found(town, town.neighbour, text, town.where()), list)


def test_to_look_for_twins_costs_few_statements(town):
    for _time in range(3):
        town.report()
    place = town.where()
    similar(town.community, town.neighbour, "灯不亮", place, None)
    with CaptureQueriesContext(connection) as seen:
        similar(town.community, town.neighbour, "灯不亮", place, None)
    assert len(seen) <= 3, [each["sql"] for each in seen]


def test_the_candidates_come_by_the_index(town):
    from mulin.learning.queries.alike import candidates

    with CaptureQueriesContext(connection) as seen:
        candidates(town.community, NOBODY, town.where())
    asked = next(each["sql"] for each in seen if "arm_0" in each["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table it would read whole
            cursor.execute(f"EXPLAIN {asked}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "case_near" in plan
    assert "SCAN cases_case" not in plan.replace("SCAN cases_case USING INDEX", "")
    assert "Seq Scan on cases_case" not in plan


def test_both_histories_can_be_read_from_where_they_were_merged(town):
    one, other = town.report(), town.report(by=town.neighbour, words="灯又灭了")
    actions.merge(other, by=town.worker, into=one)
    assert [case.pk for case in taken_into(Case.objects.get(pk=one.pk), town.worker)] == [other.pk]
    hidden = town.report(by=town.neighbour, disclosure="confidential")
    actions.merge(hidden, by=town.worker, into=one)
    assert [case.pk for case in taken_into(one, town.resident)] == [other.pk]


@given(SHARE, SHARE, SHARE, SHARE)
def test_more_alike_is_never_less(words, kind, place, time):
    less = likeness.together(words, kind, place, time)
    assert 0 <= less <= 1
    for more in ((1, kind, place, time), (words, 1, place, time), (words, kind, 1, time), (words, kind, place, 1)):
        assert likeness.together(*more) >= less


@given(st.sets(st.text(min_size=1, max_size=4), max_size=8), st.sets(st.text(min_size=1, max_size=4), max_size=8))
def test_words_are_as_much_alike_from_either_side(one, other):
    weights = likeness.rarities([one, other])
    assert likeness.by_words(one, other, weights)[0] == pytest.approx(likeness.by_words(other, one, weights)[0])
    assert likeness.by_words(one, one, weights)[0] == pytest.approx(1 if one else 0)
