"""How a body begins: founded with seats that the law allows, and filled with people who may sit there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.bodies import actions, queries
from mulin.bodies.models import Body, OldRules, Seat
from mulin.bodies.tests.walks import SMALL, again, agreed, sitting
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import adopt, save_adopted, second, writing
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person, Post, Term
from mulin.people.queries import viewer_of
from mulin.territory.models import Building, Dwelling


def refused(act, *given, **named):
    with pytest.raises(Refused) as refusal:
        act(*given, **named)
    return refusal.value.code


# ---- founded ----


def test_founding_opens_the_seats_as_posts_of_the_organisation(hall):
    body = hall.found(seats=7)
    posts = Post.objects.filter(organisation=body.organisation)
    assert (posts.count(), {post.kind.key for post in posts}) == (7, {"council_member"})
    assert list(body.open_seats().values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert (body.state, body.rules.quorum.least(7), body.pack) == ("founded", 5, "council-2/3")
    assert OldRules.objects.get(body=body.pk).number == 1


def test_each_building_gets_a_seat_and_the_rest_speak_for_the_whole(hall):
    houses = Building.objects.filter(community=hall.town.community).count()
    body = hall.found(seats=houses + 5, one_each="building")
    kinds = [seat.post.place_kind for seat in body.open_seats().select_related("post")]
    assert kinds == ["building"] * houses + ["community"] * 5
    assert refused(hall.found, seats=5, name="Other", one_each="building") == "too_few_seats" if houses > 5 else True


@pytest.mark.parametrize(
    ("kind", "seats", "told"),
    [
        ("owners_committee", 6, "an odd number"), ("owners_committee", 13, "From 5 to 11"),
        ("owners_committee", 4, "From 5 to 11"), ("residents_committee", 4, "From 5 to 9"),
        ("residents_committee", 10, "From 5 to 9"), ("council", 4, "At least 5"), (SMALL, 2, "From 3 to 9"),
    ],
)  # fmt: skip
def test_seats_that_the_law_does_not_allow_are_refused(hall, kind, seats, told):
    with pytest.raises(Refused, match=told):
        hall.found(kind=kind, seats=seats)
    assert not Body.objects.exists()


def test_three_owners_are_a_committee_only_in_a_small_place(hall):
    house = Building.objects.filter(community=hall.town.community).first()
    place = {"place_kind": "building", "place_id": house.pk, "kind": "owners_committee", "seats": 3}
    Dwelling.objects.filter(building=house).delete()
    with pytest.raises(Refused, match="has 0 homes"):
        hall.found(**place)
    Dwelling.objects.create(community=house.community, building=house, name="101")
    body = hall.found(name="Small", **place)
    assert (body.kinds.least_members(3), body.rules.quorum.least(3)) == (3, 2)


def test_a_body_is_made_of_one_registered_organisation_of_a_fitting_kind(hall):
    body = hall.found()
    given = {"by": hall.town.worker, "community": hall.town.community, "kind": "council", "seats": 5}
    assert refused(actions.found, organisation=body.organisation, **given) == "is_body"
    firm = hall.organisation("Firm", "property_firm")
    assert refused(actions.found, organisation=firm, **given) == "wrong_kind"
    asleep = people.suspend(hall.organisation("Asleep"), by=hall.town.worker, reason="x")
    assert refused(actions.found, organisation=asleep, **given) == "not_there"
    assert refused(actions.found, organisation=firm, **{**given, "by": hall.town.resident}) == "not_yours"
    names = ", ".join(field.column for field in Body._meta.concrete_fields if not field.primary_key)
    copy = f"INSERT INTO bodies_body (id, {names}) SELECT %s, {names} FROM bodies_body"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, ["0" * 32])


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"quorum": "0.6667"}, "fraction"), ({"decision": "3/2"}, "fraction"), ({"years": 6}, "years"),
        ({"quorum": "1/1", "quorum_how": "more_than"}, "fraction"), ({"pack": "CN-278-special"}, "pack"),
        ({"pack": "mine"}, "pack"), ({"quorum": "1/3"}, "weaker"), ({"decision_base": "present"}, "weaker"),
        ({"decision": "1/2", "decision_how": "at_least", "seats": 11, "quorum": "1/2", "quorum_how": "at_least"}, ""),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_or_are_weaker_than_the_law_are_refused(hall, told, code):
    given = {"kind": "owners_committee", "seats": 5, **told}
    assert (refused(hall.found, **given) if code else hall.found(**given) and "") == code


# ---- filled ----


def test_a_seat_is_offered_taken_and_ends_with_the_term_of_the_body(hall):
    body = hall.in_office(seats=7, members=6)
    person = hall.person()
    term = hall.offer(body, person)
    assert term.ends_on == body.ends_on
    assert sitting(body) != [person.name]
    people.accept(term, by=viewer_of(person))
    assert person.name in sitting(body)
    assert queries.sitting(body).seats == 7
    assert len(queries.sitting(body).terms) == 7
    assert sitting(body, body.ends_on) == []
    assert (
        refused(hall.offer, again(body), hall.person(), seat=Seat.objects.first()) == "needed_first"
    )  # none is vacant


def test_one_seat_is_taken_once_and_the_first_who_says_yes_has_it(hall):
    body = hall.found()
    seat = body.vacant_seats().first()
    first, late = (hall.offer(body, seat=seat) for _number in range(2))
    people.accept(first, by=viewer_of(first.person))
    assert refused(people.accept, late, by=viewer_of(late.person)) == "seat_taken"
    assert Term.objects.filter(post=seat.post_id, state="held").count() == 1


def test_nobody_sits_twice_in_one_body_whatever_page_it_is_tried_on(hall):
    body = hall.found()
    person = hall.person()
    hall.seat(body, person)
    other = body.vacant_seats().first().post
    assert refused(people.offer, by=SYSTEM, post=other, person=person) == "sits_here"
    asked = hall.person()
    people.offer(by=SYSTEM, post=other, person=asked)
    assert refused(hall.offer, again(body), asked, seat=body.vacant_seats().last()) == "sits_here"


def test_nobody_sits_in_a_body_and_in_the_one_that_supervises_it(hall):
    above = hall.found(kind=SMALL, seats=3, name="Supervisors")
    below = hall.found(supervisor=above)
    person, other = hall.person(), hall.person()
    hall.seat(below, person)
    assert refused(hall.offer, above, person) == "supervises"
    hall.seat(above, other)
    assert refused(hall.offer, below, other) == "supervises"
    apart = hall.found(name="Apart")
    hall.seat(apart, other)  # a body that has nothing to do with it
    below.refresh_from_db()
    actions.change_rules(apart, by=hall.town.worker, reason="x", supervisor=str(above.pk), seats=5)
    with pytest.raises(Refused, match=other.name):
        second(again(apart), "change_rules", by=hall.town.worker_two, agree=True)


def test_an_offer_and_its_answer_are_asked_again_under_the_lock(hall):
    above, below = hall.found(kind=SMALL, seats=3, name="Supervisors"), hall.found()
    person = hall.person()
    hall.seat(below, person)
    term = hall.offer(above, person)  # no tie between the two as yet
    actions.change_rules(below, by=hall.town.worker, reason="x", supervisor=str(above.pk), seats=5)
    agreed(below, "change_rules", hall.town.worker_two)
    assert refused(people.accept, term, by=viewer_of(person)) == "supervises"


def test_a_term_is_no_longer_than_the_law_and_the_rules_say(hall):
    body = hall.found(years=3)
    today, post = today_in(hall.town.community), body.vacant_seats().first().post
    long = {"by": SYSTEM, "post": post, "starts_on": today, "ends_on": today + timedelta(days=3 * 366 + 2)}
    assert refused(people.offer, person=hall.person(), **long) == "term_too_long"
    term = hall.seat(body)
    assert refused(people.renew, term, by=hall.town.worker, ends_on=long["ends_on"]) == "term_too_long"


def test_the_next_term_begins_when_this_one_ends_and_never_before(hall):
    body = hall.found()
    term, person = hall.seat(body), hall.person()
    people.hand_over(term, by=hall.town.worker, person=person, on=today_in(hall.town.community) + timedelta(days=10))
    following = Term.objects.get(person=person)
    people.accept(following, by=viewer_of(person))
    term.refresh_from_db()
    assert refused(people.renew, term, by=hall.town.worker, ends_on=term.ends_on + timedelta(days=1)) == "seat_taken"
    row = queries.seats_of([body], hall.town.community)[body.pk][0]
    assert ([term.person.name for term in row.following], row.ends_soon) == ([person.name], False)


def test_who_came_in_twice_by_a_table_is_shown_and_counts_once(hall):
    body = hall.in_office(seats=7, members=6)
    person = Person.objects.get(pk=queries.sitting(body).terms[0].person_id)
    vacant = body.vacant_seats().get().post
    today = today_in(hall.town.community)
    days = {"starts_on": today, "ends_on": today + timedelta(days=99)}
    row = Term(community=hall.town.community, post=vacant, person=person, state="held", **days)
    with writing(hall.town.community.pk) as turn:  # as the table of posts does, which writes many rows at once
        adopt(turn, row, details={})
        save_adopted([row])
    assert queries.conflicts(body) == [person.name]
    assert (len(queries.sitting(body).terms), body.count_members()) == (6, 6)
