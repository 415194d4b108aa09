"""Talents, signs, groups, and what a neighbour shows of themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.participation import actions, queries
from mulin.participation.figures import sign_kinds
from mulin.participation.models import Sign, Talent
from mulin.people.models import Account
from mulin.privacy.queries import known
from mulin.territory.tests.factories import entrances

from .walks import organisation


def shared(town, **more):
    given = {"title": "Calligraphy", "kind": "craft", "words": "I teach on Sundays", **more}
    return actions.share(by=town.resident, community=town.community, **given)


def put_up(town, **more):
    return actions.put_up(by=town.resident, community=town.community, **{"kind": "volunteer", "on_page": True, **more})


def lives_at(town, viewer, entrance):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET entrance_id = %s WHERE id = %s", [entrance.pk.hex, viewer.person_id.hex]
        )


def test_a_talent_is_seen_by_those_it_is_offered_to(town, team):
    open_one, narrow = shared(town), shared(town, title="Law", kind="law", audience="organisations")
    assert set(Talent.objects.visible_to(town.officer)) == {open_one}
    assert set(Talent.objects.visible_to(town.neighbour)) == {open_one, narrow}
    assert set(Talent.objects.visible_to(town.worker)) == {open_one, narrow}
    hidden = actions.hide(open_one, by=town.resident)
    assert hidden not in Talent.objects.visible_to(town.worker)
    assert hidden in Talent.objects.visible_to(town.resident)


def test_a_talent_is_hidden_after_a_year_and_forgotten_after_two(town):
    talent = shared(town)
    for days, state in ((366, "hidden"), (366, "withdrawn")):
        clock.advance(timedelta(days=days))
        tick()
        talent.refresh_from_db()
        assert talent.state == state
    assert talent.words == ""


@pytest.mark.story("H14")
def test_a_talent_is_offered_found_and_taken_back_on_pages(client, town):
    base = f"/{town.community.slug}/take-part/"
    sign_in(client, town.resident)
    asked = {"title": "Calligraphy", "kind": "craft", "words": "Sundays", "audience": "community", "once": "a"}
    url = client.post(f"{base}talents/new/", asked)["Location"]
    assert "You offer this already" in client.post(f"{base}talents/new/", {**asked, "once": "b"}).content.decode()
    sign_in(client, town.neighbour)
    found = client.get(f"{base}talents/?q=sundays&kind=craft").content.decode()
    assert "Calligraphy" in found
    assert "Nothing here fits" in client.get(f"{base}talents/?kind=law").content.decode()
    page = client.get(url).content.decode()
    assert "puts you in touch" in page
    assert "Wang" in client.get(f"{base}neighbours/{town.resident.person_id}/").content.decode()
    assert client.post(f"{url}unshare/", {"once": "c", "version": 1}).status_code == 403
    sign_in(client, town.resident)
    assert client.post(f"{url}unshare/", {"once": "d", "version": 1}).status_code == 302
    assert Talent.objects.get().words == ""


@pytest.mark.story("H14")
def test_a_talent_is_offered_over_rest(town, resident):
    made = resident.post("/talents", {"title": "Erhu", "kind": "music", "audience": "community"})
    assert made.status_code == 201, made.content
    neighbour = Caller(town, town.neighbour)
    assert [row["title"] for row in neighbour.get("/talents?q=erhu&kind=music").json()["items"]] == ["Erhu"]
    assert neighbour.get("/talents?kind=law").json()["items"] == []
    assert Caller(town).get("/talents").json()["items"] == []


@pytest.mark.story("H14")
def test_groups_have_a_contact_a_founder_and_a_count_that_is_never_small(client, town):
    organisation(town, "Calligraphy society", "interest_group", town.neighbour)
    sign_in(client, town.resident)
    page = client.get(f"/{town.community.slug}/take-part/groups/?q=calli").content.decode()
    assert "Calligraphy society" in page
    assert "contact: Zhao" in page
    assert "Members: &lt;5" in page
    assert "Nothing here fits" in client.get(f"/{town.community.slug}/take-part/groups/?q=chess").content.decode()


# ---- Signs ----


def test_a_sign_comes_from_the_list_and_hangs_somewhere(town):
    with pytest.raises(Refused, match="from the list"):
        put_up(town, kind="genius")
    with pytest.raises(Refused, match="from the list"):
        put_up(town, kind="translator", scope="household")
    with pytest.raises(Refused, match="Choose where"):
        put_up(town, on_page=False)
    with pytest.raises(Refused, match="do not know your door"):
        put_up(town, at_door=True)
    put_up(town)
    with pytest.raises(Refused, match="already"):
        put_up(town)


def test_the_database_keeps_a_sign_once_and_somewhere(town):
    sign = put_up(town)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE participation_sign SET on_page = %s WHERE id = %s", [False, sign.pk.hex])


def test_at_a_door_a_sign_has_no_name_and_no_count(town):
    door = entrances(town.community)[0]
    for viewer in (town.resident, town.neighbour):
        lives_at(town, viewer, door)
        actions.put_up(by=viewer, community=town.community, kind="first_aider", scope="household", at_door=True)
    hung = queries.signs_at(town.officer, [door.pk])
    assert [sign.kind for sign in hung[door.pk]] == ["first_aider"]
    shown = Caller(town, town.officer).get("/signs").json()["items"]
    assert {row["person_id"] for row in shown} == {None}
    assert queries.neighbour(town.officer, town.community, town.resident.person_id) is None


@pytest.mark.story("B6")
@pytest.mark.story("L3")
def test_a_sign_is_shown_and_taken_down_with_one_tap(client, town):
    base = f"/{town.community.slug}/take-part/"
    page = f"{base}neighbours/{town.resident.person_id}/"
    sign_in(client, town.neighbour)
    assert client.get(page).status_code == 404
    sign_in(client, town.resident)
    asked = {"kind": "party_member", "scope": "household", "on_page": "on", "once": "a"}
    url = client.post(f"{base}signs/new/", asked)["Location"]
    assert f"{url}take_down/" in client.get(base).content.decode()
    sign_in(client, town.neighbour)
    assert "Party member" in client.get(page).content.decode()
    assert client.post(f"{url}take_down/", {"once": "b"}).status_code == 403
    sign_in(client, town.resident)
    assert client.post(f"{url}take_down/", {"once": "c", "version": 1}).status_code == 302
    sign_in(client, town.neighbour)
    assert client.get(page).status_code == client.get(url).status_code == 404


@pytest.mark.story("B6")
@pytest.mark.story("L3")
def test_a_sign_is_shown_and_taken_down_over_rest(town, resident):
    made = resident.post("/signs", {"kind": "volunteer", "scope": "person", "on_page": True})
    assert made.status_code == 201, made.content
    path = f"/signs/{made.json()['id']}"
    assert Caller(town, town.neighbour).get(path).json()["label"] == "Volunteer"
    assert resident.post(f"{path}/take_down").json()["state"] == "taken_down"
    assert Caller(town, town.neighbour).get(path).status_code == 404


def test_a_sign_comes_down_after_a_year(town):
    sign = put_up(town)
    with pytest.raises(Refused, match="last two months"):
        actions.keep_up(sign, by=town.resident)
    clock.advance(timedelta(days=320))
    kept = actions.keep_up(sign, by=town.resident)
    clock.advance(timedelta(days=60))
    tick()
    kept.refresh_from_db()
    assert kept.state == "shown"
    clock.advance(timedelta(days=400))
    tick()
    assert Sign.objects.get().state == "taken_down"


def test_every_sign_of_the_pack_has_an_icon_and_both_names():
    for kind in sign_kinds().values():
        assert kind.zh
        assert kind.en
        assert set(kind.scopes) <= {"person", "household"}


def test_people_read_everything_that_is_known_of_them(town, team):
    shared(town)
    put_up(town)
    actions.declare(by=town.resident, community=town.community, organisation=team)
    actions.register(by=town.resident, community=town.community, areas=["patrol"])
    account = Account.objects.get(pk=town.resident.account_id)
    told = {model for model, _title, _rows in known(account.pk)}
    assert told >= {f"participation.{name}" for name in ("Affiliation", "Registration", "Talent", "Sign")}


def test_only_its_person_and_the_community_hide_a_talent(town):
    talent = shared(town)
    with pytest.raises(Refused):
        actions.hide(talent, by=town.neighbour)
    assert actions.hide(talent, by=town.worker).state == "hidden"


def test_of_a_talent_taken_back_nothing_of_what_was_offered_stays(town):
    talent = actions.revise(shared(town), by=town.resident, title="Law", kind="law", words="Ask me")
    talent = actions.unshare(talent, by=town.resident)
    row = Talent.objects.values().get(pk=talent.pk)
    assert (row["title"], row["kind"], row["words"]) == ("", "other", "")
    assert str(talent) == "A talent that was taken back"
    kept = " ".join(Detail.objects.filter(noun_id=talent.pk).values_list("body", flat=True))
    assert not any(word in kept for word in ("Calligraphy", "craft", "Law", "law", "Ask me"))
    told = [str(row) for _model, _title, rows in known(town.resident.account_id) for row in rows]
    assert not any("Law" in row or "Calligraphy" in row for row in told)
    again = actions.unshare(shared(town), by=town.resident)
    assert again.state == "withdrawn"


def test_a_talent_that_ran_out_is_blank_too(town):
    talent = actions.hide(shared(town), by=town.resident)
    clock.set(talent.rings_at)
    tick()
    talent.refresh_from_db()
    assert (talent.state, talent.title, talent.kind) == ("withdrawn", "", "other")
