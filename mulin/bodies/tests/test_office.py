"""A body in office: its term, what it can decide, rules that change by two, rest and end with its organisation."""

from datetime import timedelta

from mulin.bodies import actions, queries
from mulin.bodies.tests.test_life import refused
from mulin.bodies.tests.walks import SMALL, again, agreed, later
from mulin.journal.models import Detail
from mulin.kernel.engine import second
from mulin.kernel.worker import drain
from mulin.news.queries import notifications
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person, Post
from mulin.people.queries import viewer_of

# ---- in office ----


def test_it_takes_office_with_the_legal_minimum_and_more_than_half(hall):
    body = hall.filled(seats=11, members=5)
    assert refused(actions.take_office, body, by=hall.town.worker, term_by="x") == "needed_first"  # five of eleven
    hall.seat(body)
    body = actions.take_office(again(body), by=hall.town.worker, term_by="Elected")
    assert (body.state, body.ends_on.year - today_in(body.community).year) == ("in_office", 5)
    assert body.is_in_office


def test_a_body_under_its_minimum_or_its_own_quorum_cannot_decide_and_says_why(hall):
    body = hall.in_office(seats=7, members=5)
    assert queries.can_decide(body) == (queries.can_decide(again(body)))
    assert queries.can_decide(body).ok
    term = body.sitting().first()
    people.end(term, by=hall.town.worker, reason="Moved")
    assert queries.can_decide(body).why == "It has 4 members; such a body has 5 at least."
    wide = hall.in_office(seats=9, members=5, name="Wide")
    assert queries.can_decide(wide).why == "It has 5 members, and 6 of its 9 seats must be there."


def test_a_body_that_needs_more_yes_than_it_has_members_cannot_decide(hall):
    body = hall.in_office(seats=7, members=5, quorum="1/2", decision="1/1")
    assert queries.can_decide(body).why == "It has 5 members, and 7 of its 7 seats must say yes."


def test_its_term_ends_by_itself(hall):
    today = today_in(hall.town.community)
    body = hall.filled(kind=SMALL, seats=3)
    body = actions.take_office(body, by=hall.town.worker, term_by="x", ends_on=today + timedelta(days=30))
    later(days=29)
    assert again(body).is_in_office
    later(days=1, minutes=1)
    assert (again(body).state, queries.can_decide(again(body)).ok) == ("founded", False)
    again_in = actions.take_office(again(body), by=hall.town.worker, term_by="Elected anew")
    assert again_in.is_in_office
    assert refused(actions.new_term, again_in, by=hall.town.worker, term_by="x", ends_on=today) == "term_days"
    tomorrow = today_in(hall.town.community) + timedelta(days=1)
    assert actions.new_term(again_in, by=hall.town.worker, term_by="x", ends_on=tomorrow).ends_on == tomorrow


def test_a_vacancy_stands_in_the_list_and_is_filled_for_the_rest_of_the_term(hall):
    body = hall.in_office(kind=SMALL, seats=5, members=5)
    gone = body.sitting().first()
    later(days=400)
    people.resign(gone, by=viewer_of(gone.person))
    row = next(row for row in queries.seats_of([body], hall.town.community)[body.pk] if not row.held)
    assert row.vacant_since == today_in(hall.town.community)
    person = hall.person()
    assert hall.seat(body, person).ends_on == body.ends_on
    assert not body.vacant_seats().exists()


# ---- its rules change by two, and stay readable ----


def test_rules_change_by_two_with_a_reason_and_the_old_ones_stay_readable(hall):
    body = hall.found(seats=7)
    told = {"seats": 9, "quorum": "3/4", "quorum_how": "at_least", "reason": "Two more buildings"}
    asked = actions.change_rules(body, by=hall.town.worker, **told)
    assert (asked.seats, body.open_seats().count()) == (7, 7)
    assert refused(second, again(body), "change_rules", by=hall.town.worker, agree=True) == "second_person"
    changed = agreed(body, "change_rules", hall.town.worker_two)
    assert (changed.seats, changed.open_seats().count(), changed.version_of_rules) == (9, 9, 2)
    now, before = queries.versions(changed)
    assert (now["reason"], now["words"][0][:11], before["words"][0]) == (
        "Two more buildings", "Of 9 seats,", "Of 7 seats, vacant ones counted, 5 must be there: at least 2/3."
    )  # fmt: skip
    assert changed.decision_num == 2  # what was not said stays


def test_seats_are_fewer_only_as_far_as_they_are_vacant(hall):
    body = hall.filled(seats=7, members=6)
    actions.change_rules(body, by=hall.town.worker, reason="x", seats=5)
    assert refused(second, again(body), "change_rules", by=hall.town.worker_two, agree=True) == "seats_filled"
    agreed(body, "change_rules", hall.town.worker_two, agree=False)
    actions.change_rules(again(body), by=hall.town.worker, reason="x", seats=6)
    changed = agreed(body, "change_rules", hall.town.worker_two)
    assert list(changed.open_seats().values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Post.objects.filter(organisation=body.organisation, state="closed").count() == 1
    assert not changed.has_vacancy()


def test_two_bodies_do_not_supervise_each_other(hall):
    above = hall.found(name="Above")
    below = hall.found(name="Below", supervisor=above)
    actions.change_rules(above, by=hall.town.worker, reason="x", seats=5, supervisor=str(below.pk))
    assert refused(second, again(above), "change_rules", by=hall.town.worker_two, agree=True) == "supervisor"


# ---- with its organisation ----


def test_it_rests_and_goes_on_with_its_organisation(hall):
    body = hall.in_office(kind=SMALL, seats=3)
    organisation = Organisation.objects.get(pk=body.organisation_id)
    people.suspend(organisation, by=hall.town.worker, reason="x")
    drain()
    assert (again(body).state, queries.can_decide(again(body)).ok) == ("suspended", False)
    people.lift(Organisation.objects.get(pk=organisation.pk), by=hall.town.worker)
    drain()
    assert again(body).is_in_office


def test_it_ends_by_two_with_its_terms_seats_and_mandates(hall):
    mandate = hall.granted(hall.in_office(kind=SMALL, seats=3))
    body = again(mandate.body)
    actions.end_body(body, by=hall.town.worker, reason="Two councils became one")
    ended = agreed(body, "end_body", hall.town.worker_two)
    assert (ended.state, again(mandate).state, ended.sitting().count()) == ("ended", "ended", 0)
    assert not Post.objects.filter(organisation=body.organisation, state="open").exists()
    given = {"organisation": ended.organisation, "kind": "council", "seats": 5, "by": hall.town.worker}
    assert actions.found(community=hall.town.community, **given).state == "founded"  # it can be one again


def test_it_ends_when_its_organisation_is_dissolved(hall):
    body = hall.found(kind=SMALL, seats=3)
    for seat in body.open_seats():
        people.close(seat.post, by=hall.town.worker)
    organisation = Organisation.objects.get(pk=body.organisation_id)
    people.dissolve(organisation, by=hall.town.worker, reason="x")
    second(Organisation.objects.get(pk=organisation.pk), "dissolve", by=hall.town.worker_two, agree=True)
    drain()
    assert again(body).state == "ended"


def test_seats_whose_post_was_closed_are_opened_anew(hall):
    body = hall.found(kind=SMALL, seats=3)
    people.close(body.open_seats().get(number=2).post, by=hall.town.worker)
    assert body.open_seats().count() == 2
    opened = actions.open_seats(again(body), by=hall.town.worker)
    assert list(opened.open_seats().values_list("number", flat=True)) == [1, 2, 3]
    assert refused(actions.open_seats, opened, by=hall.town.worker) == "needed_first"


# ---- who hears, and what the journal keeps ----


def test_members_hear_of_what_concerns_them(hall):
    member = hall.signing_in()
    body = hall.filled(kind=SMALL, seats=3, members=2)
    hall.seat(body, Person.objects.get(pk=member.person_id))
    actions.take_office(again(body), by=hall.town.worker, term_by="x")
    drain()
    assert set(notifications(member).filter(kind="bodies.body").values_list("verb", flat=True)) == {"take_office"}
    assert not notifications(hall.town.resident).filter(kind="bodies.body").exists()


def test_the_journal_names_nobody(hall):
    body = hall.in_office(kind=SMALL, seats=3)
    actions.change_rules(body, by=hall.town.worker, reason="Because", seats=5)
    details = " ".join(Detail.objects.filter(noun_kind="bodies.body").values_list("body", flat=True))
    assert "Member" not in details
