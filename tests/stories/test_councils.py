"""The stories of councils and committees: members with terms, and a mandate beyond which all residents are asked."""

from datetime import datetime, timedelta

import pytest

from mulin.bodies import queries
from mulin.bodies.models import Body, Seat
from mulin.bodies.tests.walks import GRANTED, SMALL, Hall, again, later
from mulin.kernel import clock
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Term
from mulin.people.queries import viewer_of

from .conftest import PAGES, Api, done

pytestmark = pytest.mark.usefixtures("english")
PAGES |= {"bodies": ("bodies/", "bodies/new/"), "mandates": ("bodies/mandates/", "bodies/mandates/new/"),
          "terms": ("people/terms/", "")}  # fmt: skip


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


def found(hall, keeper, name, kind, seats, **more):
    """Found a body through a door, from a registered organisation."""
    organisation = hall.organisation(name)
    return keeper.make(
        "bodies", organisation=str(organisation.pk), kind=kind, place="community", seats=seats,
        founded_by="Residents' meeting of 12 May", **more,
    )  # fmt: skip


def seat(hall, door, keeper, key, person):
    """Offer a vacant seat through a door, and let whoever was asked say yes."""
    vacant = Body.objects.get(pk=key).vacant_seats().first()
    status = keeper.move(key, "offer_seat", "bodies", seat=str(vacant.pk), person=str(person.person_id))
    if not done(status):
        return status
    term = Term.objects.get(post=vacant.post_id, person=person.person_id)
    return door(hall.town, person).move(term.pk, "accept", "terms")


@pytest.mark.story("B10")
def test_committees_have_members_with_terms_and_nobody_supervises_themself(town, door):
    hall = Hall(town)
    keeper, anyone = door(town, town.worker), door(town)
    above = found(hall, keeper, "Supervision committee", SMALL, 3)
    below = found(hall, keeper, "Deliberation committee", "deliberation_committee", 5, supervisor=above)
    assert "Supervision committee" in door(town, town.resident).sees(below, "bodies")
    watchers, members = ([hall.signing_in(f"{name} {n}") for n in range(most)] for name, most in (("Gu", 3), ("Yi", 5)))
    assert done(seat(hall, door, keeper, above, watchers[0]))
    assert not done(seat(hall, door, keeper, below, watchers[0]))  # not in both: article 36
    assert not done(seat(hall, door, keeper, above, watchers[0]))  # and not twice
    for key, several in ((above, watchers[1:]), (below, members)):
        assert all(done(seat(hall, door, keeper, key, each)) for each in several)
    today = today_in(town.community)
    for key in (above, below):
        given = {"term_by": "Elected on 20 November", "ends_on": str(today + timedelta(days=400))}
        assert done(keeper.move(key, "take_office", "bodies", **given))
    seats = anyone.open(f"bodies/{below}/seats" if door is Api else f"bodies/{below}/").content.decode()
    assert all(viewer.name in seats for viewer in members)
    assert queries.can_decide(Body.objects.get(pk=below)).ok
    later(days=401)  # the term of the whole ends by itself, and everybody reads that it cannot decide
    assert "It is not in office" in anyone.sees(below, "bodies")


@pytest.mark.story("B10")
def test_a_committee_below_its_minimum_says_so_and_the_vacancy_is_filled(town, door):
    hall = Hall(town)
    body = hall.in_office(kind=SMALL, seats=3)
    keeper, anyone, gone = door(town, town.worker), door(town), body.sitting().first()
    assert done(keeper.move(gone.pk, "end", "terms", reason="Moved away"))
    assert "It has 2 members; such a body has 3 at least." in anyone.sees(body.pk, "bodies")
    follower = hall.signing_in("Follower")
    assert done(seat(hall, door, keeper, body.pk, follower))
    assert "It has 3 members on 3 seats, and can decide." in anyone.sees(body.pk, "bodies")
    assert Term.objects.get(person=follower.person_id).ends_on == again(body).ends_on


@pytest.mark.story("C4")
def test_a_council_decides_alone_within_its_mandate_and_beyond_it_all_are_asked(town, door):
    hall = Hall(town)
    body = hall.in_office(kind="council", seats=7, members=6)
    keeper, other, resident, anyone = (door(town, who) for who in (town.worker, town.worker_two, town.resident, None))
    today = today_in(town.community)
    key = keeper.make(
        "mandates", body=str(body.pk), year=100000, limit_public_works=30000, limit_events=0, starts_on=str(today),
        ends_on=str(today + timedelta(days=20)),
    )  # fmt: skip
    assert resident.move(key, "grant", "mandates", **GRANTED) == 403
    assert "The matter goes to all residents." in ask(resident, body, "public_works", 100)  # only proposed as yet
    assert keeper.move(key, "grant", "mandates", **GRANTED) in (200, 202, 302)
    assert done(agree(other, key, "grant"))
    assert "Within the mandate" in ask(resident, body, "public_works", 30000)
    for matter, yuan in (("public_works", 30001), ("parking", 1), ("events", 1)):
        assert "The matter goes to all residents." in ask(resident, body, matter, yuan)
    noted = {"matter": "public_works", "what": "A ramp at no. 3"}
    assert done(keeper.move(key, "use", "mandates", amount=30000, **noted))
    assert not done(keeper.move(key, "use", "mandates", amount=30001, **noted))
    member = viewer_of(queries.sitting(body).terms[0].person)
    assert body.has_member(member)
    assert "up to 30,000 yuan each time" in anyone.sees(key, "mandates") or '"most_fen":3000000' in anyone.sees(
        key, "mandates"
    )
    later(days=20, minutes=1)
    assert "The matter goes to all residents." in ask(resident, body, "public_works", 1)


def ask(who, body, matter, yuan):
    """Ask whether something would be within the mandate."""
    api = isinstance(who, Api)
    path = f"bodies/{body.pk}/within?amount_fen={yuan * 100}&" if api else f"bodies/{body.pk}/?amount={yuan}&"
    return who.open(f"{path}matter={matter}").content.decode()


def agree(who, key, verb):
    """Give the second word on a mandate's move."""
    if isinstance(who, Api):
        return who.post(f"/mandates/{key}/{verb}/agree", agree=True).status_code
    return who.send(f"bodies/mandates/{key}/{verb}/agree/", agree="yes").status_code


def test_two_thirds_of_all_37_seats_are_25_whoever_is_there(town, door):
    hall = Hall(town)
    body = hall.in_office(kind="council", seats=37, members=34)
    told = door(town).sees(body.pk, "bodies")
    assert "Of 37 seats, vacant ones counted, 25 must be there: at least 2/3." in told
    assert "Of 37 seats, vacant ones counted, 25 must say yes: at least 2/3." in told
    for term in list(body.sitting())[:10]:
        people.end(term, by=town.worker, reason="x")
    assert "It has 24 members, and 25 of its 37 seats must be there." in door(town).sees(body.pk, "bodies")
    assert Seat.objects.filter(body=body.pk).count() == 37
