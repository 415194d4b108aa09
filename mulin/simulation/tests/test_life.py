"""Invented lives: the same seed lives the same life, time only goes forwards, and what is lost is found."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mulin.cases.models import Case
from mulin.journal.models import Detail, Job
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.simulation import course, marks, truth
from mulin.simulation.founding import invent
from mulin.simulation.life import Life
from mulin.territory.tests.factories import make_community

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, tzinfo=UTC)


def live(days, seed=7, towns=1, slug="town"):
    clock.set(START)
    chance = Random(seed)
    life = Life([invent(number, chance, slug) for number in range(1, towns + 1)], chance, [(4.0, course.case)])
    life.live_until(START + timedelta(days=days))
    return life


def made(life):
    total = Counter()
    for (_key, verb), times in life.made.items():
        total[verb] += times
    return total


def test_nothing_is_lost_in_a_life():
    life = live(days=4, towns=2)
    assert made(life)["report"] > 20
    assert [truth.faults(town.community, life.made) for town in life.towns] == [[], []]


def test_the_same_seed_lives_the_same_life():
    first = live(days=2)
    twin = live(days=2, slug="twin")  # beside the first, in a town of its own
    assert made(twin) == made(first)


def test_time_only_goes_forwards():
    live(days=2)
    at = list(Detail.objects.order_by("community", "seq").values_list("community", "at"))
    assert at == sorted(at)
    assert marks.latest() <= clock.now()


@pytest.fixture
def town():
    life = live(days=1)
    return life, life.towns[0].community


def write(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_row_that_says_otherwise_than_its_line_is_found(town):
    life, community = town
    case = Case.objects.first()
    write("UPDATE cases_case SET state = 'withdrawn' WHERE number = %s", case.number)
    assert any(fault.startswith("apart: cases.Case") for fault in truth.faults(community, life.made))


def test_a_move_that_left_no_line_is_found(town):
    life, community = town
    life.made[community.pk, "report"] += 1
    assert any(fault.startswith("lost: report") for fault in truth.faults(community, life.made))


def test_a_job_left_undone_is_found(town):
    life, community = town
    Job.objects.create(community_id=community.pk, seq=0, reader="x", noun_id=community.pk, due_at=clock.now())
    assert any(fault.startswith("jobs:") for fault in truth.faults(community, life.made))


def test_a_clock_that_did_not_ring_is_found(town):
    life, community = town
    case = Case.objects.filter(rings_at__isnull=False).first()
    write("UPDATE cases_case SET rings_at = '2026-01-01 00:00:00' WHERE number = %s", case.number)
    assert any(fault.startswith("late:") for fault in truth.faults(community, life.made))


def test_a_database_with_real_people_is_never_lived_in():
    make_community()
    with pytest.raises(Refused):
        marks.mark()


def test_a_marked_database_is_known():
    assert not marks.is_marked()
    marks.mark()
    assert marks.is_marked()


def test_a_simulation_takes_an_empty_database(capsys):
    marks.mark()
    make_community()
    with pytest.raises(CommandError):
        call_command("simulate", communities=1, days=1)


def test_the_command_tells_what_it_saw(capsys):
    call_command("simulate", communities=1, days=2, seed=3, matters=2.0)
    assert "0" in capsys.readouterr().out
