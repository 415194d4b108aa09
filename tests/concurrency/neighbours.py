"""Scenarios of homes, claims and posts in which many real processes want the same thing; crowd.py runs them."""

from fractions import Fraction

from mulin.callups import actions as calling
from mulin.callups.models import Turnout
from mulin.callups.tests.walks import Units, call, turnout_of
from mulin.households import actions as homes
from mulin.households.models import Membership, Ownership
from mulin.households.tests.factories import Homes
from mulin.journal.models import Detail
from mulin.journal.verify import verify
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.participation import actions as taking_part
from mulin.participation.models import Claim
from mulin.people import actions as people
from mulin.people.models import Person, Term

from .crowd import CROWD, make_town, together


def tried(work):
    """Say what came of it: made, or the code of the refusal."""
    try:
        work()
    except Refused as refused:
        return f"refused: {refused.code}"
    return "made"


def lines(noun, verb):
    return Detail.objects.filter(noun_id=noun.pk, verb=verb).count()


def claim():
    """Everybody takes on the same claim."""
    town = make_town("claim")
    crowd = [town.person(f"N{number}", f"n{number}") for number in range(CROWD)]
    offered = taking_part.offer(by=town.worker, community=town.community, title="Stairs", term_days=90)
    answers = together(lambda number: tried(lambda: taking_part.claim(offered, by=crowd[number])))
    row = Claim.objects.get(pk=offered.pk)
    won = [number for number, who in enumerate(crowd) if who.person_id == row.holder_id]
    return {
        "answers": answers, "won": won, "lines": lines(offered, "claim"),
        "problems": verify(town.community.pk).problems,
    }  # fmt: skip


def report_in():
    """Everybody who speaks for a unit, and the desk, reports the same unit in."""
    town = make_town("whistle")
    units = Units.at(town)
    turnout = turnout_of(call(town, units), units.firm)
    answers = together(
        lambda number: tried(lambda: calling.report_in(turnout, by=(units.liaison, town.worker)[number % 2]))
    )
    return {
        "answers": answers, "lines": lines(turnout, "report_in"), "version": Turnout.objects.get(pk=turnout.pk).version,
        "problems": verify(town.community.pk).problems,
    }  # fmt: skip


def shares():
    """Everybody registers a fifth of the same dwelling, each for another owner."""
    town = make_town("shares")
    found = Homes(town)
    answers = together(lambda number: tried(lambda: found.own(0, name=f"业主{number}", share=(1, 5))))
    rows = Ownership.objects.filter(dwelling=found.doors[0], ends_on=None)
    whole = sum((Fraction(row.numerator, row.denominator) for row in rows), Fraction())
    return {"answers": answers, "whole": str(whole), "problems": verify(town.community.pk).problems}


def terms():
    """Everybody offers the same post to the same person, and then everybody accepts for them."""
    town = make_town("terms")
    person = Person.objects.get(pk=town.neighbour.person_id)
    given = {"by": SYSTEM, "post": town.officer_post, "person": person}
    offers = together(lambda _number: tried(lambda: people.offer(**given)))
    term = Term.objects.get(post=town.officer_post, person=person)
    accepts = together(lambda _number: tried(lambda: people.accept(term, by=town.neighbour)))
    return {
        "offers": offers, "accepts": accepts, "lines": lines(term, "accept"),
        "problems": verify(town.community.pk).problems,
    }  # fmt: skip


def main_home():
    """Somebody says to live behind three doors, and everybody confirms one of these at once."""
    town = make_town("main-home")
    found = Homes(town)
    said = [found.declare(town.resident, number) for number in range(3)]
    answers = together(lambda number: tried(lambda: homes.confirm(said[number % 3], by=found.keeper)))
    rows = Membership.objects.filter(person=town.resident.person_id, state="member")
    return {
        "answers": answers, "main": rows.filter(is_main=True).count(),
        "doors": rows.values("household").distinct().count(), "memberships": rows.count(),
        "lines": [lines(one, "confirm") for one in said], "problems": verify(town.community.pk).problems,
    }  # fmt: skip


SCENARIOS = (claim, report_in, shares, terms, main_home)
