"""What people take on: offered, claimed, kept, done and confirmed; keepers of places, and who comes after them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain, tick
from mulin.participation import actions, queries
from mulin.participation.models import Claim, ClaimParty
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.territory.tests.factories import buildings, entrances


def offered(town, **more):
    given = {"title": "Keep the stairs", "place": entrances(town.community)[0], "term_days": 90, **more}
    return actions.offer(by=town.worker, community=town.community, **given)


def kept(town, **more):
    return actions.keep(actions.claim(offered(town, **more), by=town.resident), by=town.resident)


def later(days):
    clock.advance(timedelta(days=days))
    tick()


def lead(town):
    post = people.add_post(
        by=SYSTEM, community=town.community, kind=town.kinds["building_lead"], place_kind="building",
        place_id=buildings(town.community)[0].pk,
    )  # fmt: skip
    return town.give(town.neighbour, post)


def test_something_is_taken_on_begun_done_and_confirmed_by_another(town):
    claim = kept(town)
    assert (claim.ends_on - claim.starts_on).days == 90
    done = actions.finish(claim, by=town.resident, outcome="Swept every Monday")
    with pytest.raises(Refused, match="nobody who did it"):
        actions.confirm(done, by=town.resident)
    assert actions.confirm(done, by=town.worker_two).state == "confirmed"


def test_a_helper_neither_leaves_nor_confirms_what_is_said_to_be_done(town):
    claim = actions.join(kept(town), by=town.worker_two)
    done = actions.finish(claim, by=town.resident)
    with pytest.raises(Refused) as refused:
        actions.leave(done, by=town.worker_two)
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refused, match="nobody who did it"):
        actions.confirm(done, by=town.worker_two)


def test_of_two_who_take_it_on_one_has_it(town):
    claim = offered(town)
    assert actions.claim(claim, by=town.resident).holder_id == town.resident.person_id
    with pytest.raises(Refused) as refused:
        actions.claim(claim, by=town.neighbour)
    assert refused.value.code == "wrong_state"
    claim.refresh_from_db()
    assert claim.holder_id == town.resident.person_id


def copy(claim, **changed):
    names = [field.column for field in Claim._meta.concrete_fields]
    values = [f"'{changed[name]}'" if name in changed else name for name in names]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO participation_claim ({', '.join(names)}) "
            f"SELECT {', '.join(values)} FROM participation_claim WHERE id = %s",
            [claim.pk.hex],
        )


def test_the_database_keeps_one_open_claim_for_a_thing_and_one_holder_for_it(town):
    claim = kept(town)
    with pytest.raises(IntegrityError):
        copy(claim, id=uuid7().hex)
    copy(claim, id=uuid7().hex, title="Water the flowers")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE participation_claim SET holder_id = NULL WHERE id = %s", [claim.pk.hex])
    with pytest.raises(Refused, match="looked for here already"):
        offered(town)


def test_the_database_keeps_one_stand_in_and_one_next_keeper(town):
    claim = actions.join(kept(town), by=town.neighbour, role="stand_in")
    with pytest.raises(Refused, match="stands in already"):
        actions.join(claim, by=town.officer, role="stand_in")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimParty.objects.create(
            community=town.community, claim=claim, person_id=town.officer.person_id, role="stand_in", since=clock.now()
        )


def test_a_lead_looks_for_someone_only_where_they_lead(town):
    own, other = entrances(town.community)[0], entrances(town.community)[2]
    by = lead(town)
    assert actions.offer(by=by, community=town.community, title="Stairs", place=own).offered_by_id == by.person_id
    with pytest.raises(Refused, match="the lead of this building"):
        actions.offer(by=by, community=town.community, title="Stairs", place=other)
    with pytest.raises(Refused):
        actions.offer(by=by, community=town.community, title="Anything")
    with pytest.raises(Refused):
        actions.offer(by=town.resident, community=town.community, title="Stairs", place=other)


def test_what_is_not_begun_in_time_lapses_and_can_be_offered_again(town):
    claim = actions.claim(offered(town, begin_days=3), by=town.resident)
    later(4)
    claim.refresh_from_db()
    assert (claim.state, claim.holder_id) == ("lapsed", None)
    assert claim in queries.watched(town.worker, town.community)
    assert actions.offer_again(claim, by=town.worker).state == "offered"


def test_what_is_handed_back_looks_for_someone_again(town):
    claim = actions.join(kept(town), by=town.neighbour, role="helper")
    claim = actions.hand_back(claim, by=town.resident)
    assert (claim.state, claim.holder_id, ClaimParty.objects.count()) == ("offered", None, 0)
    assert actions.claim(claim, by=town.neighbour).state == "claimed"


@pytest.mark.story("B16")
def test_thirty_days_before_the_end_the_next_keeper_is_looked_for_and_follows(town):
    claim = kept(town)
    with pytest.raises(Refused, match="Needed first"):
        actions.be_next(claim, by=town.neighbour)
    later(61)
    claim.refresh_from_db()
    assert claim.seeks_next
    assert claim in queries.found(town.neighbour, town.community, tab="places")
    actions.be_next(claim, by=town.neighbour)
    with pytest.raises(Refused):
        actions.renew(claim, by=town.resident)
    later(30)
    claim.refresh_from_db()
    assert (claim.state, claim.holder_id) == ("claimed", town.neighbour.person_id)


def test_a_keeper_goes_on_when_nobody_else_wants_to_and_is_asked_again_then(town):
    claim = kept(town)
    with pytest.raises(Refused, match="last days"):
        actions.renew(claim, by=town.resident)
    later(61)
    claim = actions.renew(claim, by=town.resident)
    assert ((claim.ends_on - claim.starts_on).days, claim.seeks_next) == (180, False)
    later(89)
    claim.refresh_from_db()
    assert (claim.state, claim.seeks_next) == ("kept", True)


def test_a_term_ends_by_itself(town):
    claim = kept(town, place=None)
    later(91)
    claim.refresh_from_db()
    assert (claim.state, claim.holder_id) == ("lapsed", None)


def test_what_nobody_looks_at_counts_as_done(town):
    claim = actions.finish(kept(town), by=town.resident)
    later(15)
    claim.refresh_from_db()
    assert claim.state == "confirmed"


def test_only_the_contact_person_takes_on_for_an_organisation(town, team):
    with pytest.raises(Refused, match="contact person"):
        actions.claim(offered(town), by=town.resident, organisation=team)
    assert actions.claim(offered(town, title="Other"), by=town.neighbour, organisation=team).organisation == team


def test_nobody_under_fourteen_is_named(town):
    person = Person.objects.get(pk=town.resident.person_id)
    with connection.cursor() as cursor:
        person.born_on = (clock.now() - timedelta(days=13 * 365)).date().isoformat()
        value = Person._meta.get_field("born_on").get_db_prep_save(person.born_on, connection)
        cursor.execute("UPDATE people_person SET born_on = %s WHERE id = %s", [value, person.pk.hex])
    with pytest.raises(Refused, match="from fourteen on"):
        actions.claim(offered(town), by=town.resident)


def test_the_journal_names_nobody_and_repeats_no_words(town):
    claim = actions.finish(kept(town), by=town.resident, outcome="A secret word")
    bodies = " ".join(Detail.objects.filter(noun_id=claim.pk).values_list("body", flat=True))
    assert "Wang" not in bodies
    assert "secret" not in bodies


def test_who_moves_away_hands_everything_back(town):
    claim = kept(town)
    mine = actions.share(by=town.resident, community=town.community, title="Tea", kind="other")
    people.move_away(Person.objects.get(pk=town.resident.person_id), by=town.worker)
    drain()
    claim.refresh_from_db()
    mine.refresh_from_db()
    assert (claim.state, mine.state) == ("offered", "withdrawn")


def test_keepers_of_places_are_told_with_their_stand_ins(town):
    claim = actions.join(kept(town), by=town.neighbour, role="stand_in")
    place = entrances(town.community)[0].pk
    told = queries.keepers_of(town.resident, town.community, [place, entrances(town.community)[1].pk])
    assert list(told) == [place]
    assert [(row.holder.name, row.parties_now[0].person.name) for row in told[place]] == [("Wang", "Zhao")]
    assert claim.persons == {town.neighbour.person_id: "stand_in"}


@pytest.mark.story("B16")
def test_a_keeper_is_found_with_one_tap_on_the_page(client, town):
    base = f"/{town.community.slug}/take-part/"
    sign_in(client, town.worker)
    place = entrances(town.community)[0]
    asked = {"title": "Keep the stairs", "place": f"entrance:{place.pk}", "duties": "Sweep", "begin_days": 14,
             "term_days": 90, "once": "a"}  # fmt: skip
    url = client.post(f"{base}claims/new/", asked)["Location"]
    sign_in(client, town.resident)
    assert f"{url}claim/" in client.get(base).content.decode()
    assert client.post(f"{url}claim/", {"once": "b", "version": 1}).status_code == 302
    assert client.post(f"{url}keep/", {"once": "c", "version": 2}).status_code == 302
    page = client.get(url).content.decode()
    assert "Wang" in page
    assert "1号楼 1门" in page
    assert f"{url}keep/" not in page
    client.cookies.clear()
    outside = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "Wang" not in outside
    assert "a neighbour" in outside


@pytest.mark.story("B16")
def test_a_keeper_is_found_over_rest(town, resident):
    worker = Caller(town, town.worker)
    place = entrances(town.community)[0]
    body = {"title": "Keep the stairs", "place": f"entrance:{place.pk}", "term_days": "90"}
    made = worker.post("/claims", body)
    assert made.status_code == 201, made.content
    path = f"/claims/{made.json()['id']}"
    assert resident.post("/claims", body).status_code == 403
    assert [step["name"] for step in resident.get(path).json()["moves"]] == ["claim"]
    assert resident.post(f"{path}/claim").json()["holder"] == "Wang"
    assert Caller(town, town.neighbour).post(f"{path}/claim").status_code == 409
    shown = resident.post(f"{path}/keep").json()
    assert (shown["state"], shown["subject_id"]) == ("kept", str(place.pk))
    assert len(resident.get("/claims?mine=true&places=true").json()["items"]) == 1
    assert Caller(town).get(path).json()["holder"] == ""
    assert resident.get("/claims?seeking=true").json()["items"] == []


def test_lapsed_claims_are_not_shown_to_everyone(client, town):
    claim = actions.withdraw(offered(town), by=town.worker)
    assert not Claim.objects.visible_to(town.resident).exists()
    assert not Claim.objects.visible_to(NOBODY).exists()
    sign_in(client, town.resident)
    assert client.get(claim.get_absolute_url()).status_code == 404


def test_lists_are_narrowed_and_say_when_nothing_fits(client, town):
    offered(town)
    sign_in(client, town.resident)
    base = f"/{town.community.slug}/take-part/claims/"
    assert "Keep the stairs" in client.get(f"{base}?q=stairs").content.decode()
    assert "Nothing here fits" in client.get(f"{base}?q=lamp").content.decode()
    assert "Keep the stairs" not in client.get(f"{base}?tab=kept").content.decode()
    assert "To look at" not in client.get(base).content.decode()
    sign_in(client, town.worker)
    assert "To look at" in client.get(base).content.decode()


def test_a_list_of_many_costs_as_much_as_one_of_few(client, town, django_assert_max_num_queries):
    for number in range(35):
        offered(town, title=f"Stairs {number}")
    sign_in(client, town.resident)
    with django_assert_max_num_queries(12):
        page = client.get(f"/{town.community.slug}/take-part/claims/").content.decode()
    assert "?after=" in page.replace("&amp;", "?")
