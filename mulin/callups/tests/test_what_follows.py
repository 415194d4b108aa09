"""What follows from call-ups: links, figures, suggestions, news, and names that go."""

import pytest

from mulin.callups import actions, queries
from mulin.callups.tests.walks import call, done, later, turnout_of
from mulin.journal.models import Detail
from mulin.kernel.models import Link
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain
from mulin.news.queries import notifications


def again(row):
    return type(row).objects.for_list().get(pk=row.pk)


def test_what_came_of_a_matter_is_linked_to_it(town, units):
    case = town.report()
    callup = call(town, units, subject=case)
    assert Link.objects.get(source_id=case.pk).target_id == callup.pk


def test_the_unit_that_leads_writes_who_does_what(town, units):
    callup = call(town, units)
    assert actions.arrange(callup, by=units.liaison, arrangement="Works first").arrangement == "Works first"
    with pytest.raises(Refused):
        actions.arrange(callup, by=units.contact, arrangement="We first")


def test_the_names_of_those_who_came_go_after_a_year(town, units):
    turnout = actions.appraise(done(call(town, units), units.firm, units.liaison), by=town.worker, rating=3)
    assert again(turnout).came
    later(days=366)
    assert again(turnout).came == ""


def test_the_journal_names_nobody_and_repeats_no_words(town, units):
    done(call(town, units, contact="Chen 13900000000"), units.firm, units.liaison)
    bodies = " ".join(Detail.objects.filter(noun_kind__startswith="callups.").values_list("body", flat=True))
    assert not [word for word in ("plumbers", "Chen", "Closed", "13900000000") if word in bodies]


def test_units_that_came_to_such_matters_before_are_suggested(town, units):
    case = town.report()
    done(call(town, units, subject=case), units.works, units.contact)
    assert queries.suggested(town.community, case.category.key) == [units.works]
    assert queries.suggested(town.community, "nothing-like-it") == []


def test_figures_are_of_units_and_tell_no_mean_of_few(town, units):
    for number in range(5):
        turnout = done(call(town, units, title=f"Matter {number}"), units.firm, units.liaison)
        actions.appraise(turnout, by=town.worker, rating=3 if number else 1)
        actions.judge(turnout, by=units.liaison, was_right=True, was_clear=True, was_needed=number > 0)
        if number == 3:
            assert [row.rating for row in queries.counted(town.community)] == ["–", "–"]
            assert queries.judged(town.community) is None
    later(days=2)
    firm, works = queries.counted(town.community)
    assert (firm.name, firm.called, firm.in_time_of, firm.finished_of, firm.rating) == ("Firm", 5, "5/5", "5/5", "2.6")
    assert (works.called, works.lapsed, works.rating) == (5, 5, "–")
    assert queries.judged(town.community) == {"n": 5, "right": 5, "clear": 5, "needed": 4}
    assert [row.name for row in queries.counted(town.community, frozenset([units.works.pk]))] == ["Water works"]
    assert [week[1:] for week in queries.weeks(town.community)][-1] == (10, 5)


def test_a_reminder_and_each_step_reach_those_they_concern(town, units):
    def told(viewer):
        rows = notifications(viewer).filter(kind__startswith="callups.")
        return set(rows.values_list("verb", flat=True))

    callup = call(town, units)
    actions.report_in(turnout_of(callup, units.works), by=units.contact)
    actions.remind(callup, by=town.worker)
    drain()
    assert told(units.liaison) == {"plan", "remind", "report_in"}  # it leads: so it hears of the others
    assert told(units.contact) == {"plan"}
    assert told(town.worker) == {"report_in"}
    assert told(town.worker_two) == set()


def test_who_hears_in_two_ways_hears_once(town, units):
    call(town, units)
    later(days=2)  # both lapse; the firm leads, so its silence concerns it twice
    lapsed = notifications(units.liaison).filter(kind="callups.turnout", verb="lapse")
    assert lapsed.count() == 2
