"""Memberships: said by oneself, asked where wanted, moved without being lost, counted without names; registrations."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain, tick
from mulin.participation import actions, figures, queries
from mulin.participation.models import Affiliation
from mulin.people import actions as people
from mulin.people.figures import masked
from mulin.people.models import AccessLine, Person

from .walks import organisation


def declared(town, organisation, by=None):
    return actions.declare(by=by or town.resident, community=town.community, organisation=organisation)


def member(town, branch):
    return actions.approve(declared(town, branch), by=town.worker_two)


def test_a_team_takes_who_says_so_and_a_branch_is_asked(town, team, branch):
    assert declared(town, team).state == "active"
    waiting = declared(town, branch)
    assert waiting.state == "declared"
    with pytest.raises(Refused):
        actions.approve(waiting, by=town.resident)
    assert actions.approve(waiting, by=town.worker_two).state == "active"


def test_an_organisation_chooses_whether_it_is_asked(town, team):
    with pytest.raises(Refused, match="contact person"):
        actions.set_admission(team, by=town.resident, asks=True)
    actions.set_admission(team, by=town.neighbour, asks=True)
    assert declared(town, team).state == "declared"


def test_nobody_says_it_for_another_or_twice(town, team, branch):
    declared(town, team)
    with pytest.raises(Refused, match="You said so already"):
        declared(town, team)
    member(town, branch)
    with pytest.raises(Refused, match="One belongs to one branch"):
        declared(town, organisation(town, "Other branch"))


def test_the_database_lets_nobody_be_in_two_branches(town, branch):
    row, other = member(town, branch), organisation(town, "Other branch")
    names = [field.column for field in Affiliation._meta.concrete_fields]
    new = {"id": f"'{other.pk.hex}'", "organisation_id": f"'{other.pk.hex}'"}
    chosen = ", ".join(new.get(name, name) for name in names)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO participation_affiliation ({', '.join(names)}) "
            f"SELECT {chosen} FROM participation_affiliation WHERE id = %s",
            [row.pk.hex],
        )


def test_who_is_in_a_branch_is_read_by_themselves_and_its_contact_person_only(town, branch, team):
    row, open_one = member(town, branch), declared(town, team)
    assert set(Affiliation.objects.visible_to(town.resident)) == {row, open_one}
    assert list(Affiliation.objects.visible_to(town.worker_two).filter(kind="party_branch")) == [row]
    assert list(Affiliation.objects.visible_to(town.worker)) == [open_one]
    assert list(Affiliation.objects.visible_to(town.officer)) == []


@pytest.mark.story("H13")
def test_who_moves_to_another_branch_is_closed_here_and_opened_there_in_one_turn(town, branch):
    other = organisation(town, "Fifth branch", contact=town.officer)
    old = actions.transfer(member(town, branch), by=town.resident, organisation=other)
    new = Affiliation.objects.get(organisation=other)
    assert (old.state, new.state, new.previous_id) == ("moved", "declared", old.pk)
    assert actions.approve(new, by=town.officer).state == "active"
    assert old in Affiliation.objects.visible_to(town.worker_two)


def test_a_refused_transfer_leaves_everything_as_it_was(town, branch):
    row = member(town, branch)
    with pytest.raises(Refused, match="write where you are going"):
        actions.transfer(row, by=town.resident)
    with pytest.raises(Refused, match="same kind"):
        actions.transfer(row, by=town.resident, organisation=organisation(town, "Team", "volunteer_team"))
    gone = organisation(town, "Gone")
    people.suspend(gone, by=town.worker, reason="x")
    gone.refresh_from_db()
    with pytest.raises(Refused, match="takes no members"):
        actions.transfer(row, by=town.resident, organisation=gone)
    row.refresh_from_db()
    assert row.state == "active"


def test_who_goes_to_another_community_is_closed_here_with_a_note(town, branch):
    row = actions.transfer(member(town, branch), by=town.resident, elsewhere="Lane 9, second branch")
    assert (row.state, row.elsewhere) == ("moved", "Lane 9, second branch")
    assert Affiliation.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT elsewhere FROM participation_affiliation")
        assert "Lane" not in cursor.fetchone()[0]


@pytest.mark.story("H13")
def test_who_knows_no_branch_is_not_lost(town, branch):
    row = actions.declare(by=town.resident, community=town.community, kind="party_branch")
    assert queries.unplaced(town.worker, town.community) == [row]
    assert row not in Affiliation.objects.visible_to(town.officer)
    placed = actions.place(row, by=town.worker, organisation=branch)
    assert placed.state == "declared"
    assert placed not in Affiliation.objects.visible_to(town.worker)
    back = actions.decline(placed, by=town.worker_two)
    assert (back.state, back.organisation_id) == ("declared", None)


def test_a_branch_that_does_not_answer_loses_nobody(town, branch, team):
    row = declared(town, branch)
    actions.set_admission(team, by=town.neighbour, asks=True)
    other = declared(town, team)
    clock.advance(timedelta(days=61))
    tick()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.organisation_id, other.state) == ("declared", None, "ended")


def test_a_branch_that_ends_loses_nobody(town, branch):
    row = member(town, branch)
    people.dissolve(branch, by=town.worker, reason="merged")
    second(branch, "dissolve", by=town.worker_two, agree=True)
    drain()
    row.refresh_from_db()
    assert (row.state, row.organisation_id) == ("declared", None)


def test_the_journal_does_not_say_who_belongs_where(town, branch):
    row = actions.transfer(member(town, branch), by=town.resident, elsewhere="Lane 9")
    bodies = " ".join(Detail.objects.filter(noun_id=row.pk).values_list("body", flat=True))
    assert "Lane 9" not in bodies
    assert "Branch of" not in bodies


# ---- Counts ----


class Row:
    def __init__(self, pk, parent_id=None):
        self.pk, self.parent_id = pk, parent_id


def counts(rows, own):
    return {branch.row.pk: branch.count for branch in figures.tree(rows, own)}


def test_counts_go_down_the_tree_and_small_ones_stay_hidden():
    rows = [Row("top"), Row("a", "top"), Row("b", "top"), Row("leaf", "a")]
    assert counts(rows, {"a": 6, "leaf": 7, "b": 6}) == {"top": "19+", "a": "13", "leaf": "7", "b": "6"}
    assert counts(rows, {}) == {"top": "<5", "a": "<5", "leaf": "<5", "b": "<5"}


def test_a_small_count_is_not_what_is_left_over():
    rows = [Row("top"), Row("a", "top"), Row("b", "top")]
    assert counts(rows, {"a": 9, "b": 2}) == {"top": "9+", "a": "9", "b": "<5"}
    assert counts(rows, {"a": 9, "b": 4, "top": 3}) == {"top": "16", "a": "9", "b": "<5"}
    assert counts(rows, {"a": 3, "b": 3}) == {"top": "6", "a": "<5", "b": "<5"}


def test_coverage_never_tells_a_small_number():
    assert figures.coverage(4, 2) == {"said": "<5", "placed": "<5", "missing": "<5"}
    assert figures.coverage(20, 18) == {"said": "18+", "placed": "18", "missing": "<5"}
    assert figures.coverage(20, 20) == {"said": "20+", "placed": "20", "missing": "<5"}
    assert figures.coverage(8, 4) == {"said": "5+", "placed": "<5", "missing": "<5"}
    assert figures.coverage(20, 3) == {"said": "17+", "placed": "<5", "missing": "17"}
    assert figures.coverage(20, 10) == {"said": "20", "placed": "10", "missing": "10"}


@pytest.mark.story("C2")
def test_the_tree_of_organisations_shows_counts_and_no_names(client, town, branch):
    for number in range(6):
        viewer = town.person(f"Member{number}", f"m{number}")
        actions.approve(declared(town, branch, viewer), by=town.worker_two)
    actions.declare(by=town.resident, community=town.community, kind="party_branch")
    sign_in(client, town.officer)
    page = client.get(f"/{town.community.slug}/take-part/organisations/").content.decode()
    assert "Branch of the third grid" in page
    assert ">6<" in page
    assert "&lt;5" in page
    assert "Member0" not in page
    assert "Wang" not in page
    sign_in(client, town.worker)
    assert "Wang" in client.get(f"/{town.community.slug}/take-part/organisations/").content.decode()


# ---- Through pages and the API ----


@pytest.mark.story("H13")
def test_a_membership_is_said_and_agreed_to_on_pages(client, town, branch):
    base = f"/{town.community.slug}/take-part/"
    sign_in(client, town.resident)
    assert "Choose the organisation" in client.post(f"{base}memberships/new/", {"once": "x"}).content.decode()
    url = client.post(f"{base}memberships/new/", {"organisation": branch.pk, "once": "a"})["Location"]
    assert "Branch of the third grid" in client.get(base).content.decode()
    sign_in(client, town.worker)
    assert client.get(url).status_code == 404
    assert client.get(f"{base}organisations/{branch.pk}/").status_code == 404
    sign_in(client, town.worker_two)
    assert "Wang" in client.get(f"{base}organisations/{branch.pk}/").content.decode()
    assert "Yes, a member" in client.get(url).content.decode()
    assert AccessLine.objects.get().subject_id == town.resident.person_id
    assert client.post(f"{url}approve/", {"version": 1, "once": "b"}).status_code == 302
    assert Affiliation.objects.get().state == "active"


@pytest.mark.story("H13")
def test_a_membership_moves_over_rest(town, resident, branch):
    other = organisation(town, "Fifth branch", contact=town.officer)
    made = resident.post("/affiliations", {"organisation": str(branch.pk)})
    assert made.status_code == 201, made.content
    path = f"/affiliations/{made.json()['id']}"
    contact = Caller(town, town.worker_two)
    assert Caller(town, town.worker).get(path).status_code == 404
    assert Caller(town).get("/affiliations").json()["items"] == []
    assert contact.post(f"{path}/approve").json()["state"] == "active"
    assert resident.post(f"{path}/transfer", {}).status_code == 422
    assert resident.post(f"{path}/transfer", {"organisation": str(other.pk)}).json()["state"] == "moved"
    listed = resident.get("/affiliations").json()["items"]
    assert [(row["organisation"], row["state"]) for row in listed] == [
        ("Fifth branch", "declared"), ("Branch of the third grid", "moved"),
    ]  # fmt: skip


def test_the_list_of_members_leaves_a_line_with_each_of_them(client, town, team):
    declared(town, team)
    declared(town, team, by=town.officer)
    sign_in(client, town.neighbour)
    base = f"/{town.community.slug}/take-part/organisations/{team.pk}/"
    for _again in range(2):
        assert "Whoever is named sees that you looked" in client.get(base).content.decode()
    seen = AccessLine.objects.filter(what="membership").values_list("subject", flat=True)
    assert sorted(seen) == sorted([town.resident.person_id, town.officer.person_id])


def test_a_contact_person_chooses_to_be_asked(client, town, team):
    sign_in(client, town.neighbour)
    base = f"/{town.community.slug}/take-part/organisations/{team.pk}/"
    assert "counts as a member at once" in client.get(base).content.decode()
    client.post(f"{base}admission/", {"asks": "yes"})
    assert "You are asked" in client.get(base).content.decode()


def test_the_system_alone_releases_members(town, team):
    row = declared(town, team)
    with pytest.raises(Refused):
        actions.unplace(row, by=town.worker)
    assert actions.unplace(row, by=SYSTEM).state == "ended"


def test_who_keeps_the_register_reads_masked_names_and_leaves_a_line_for_one(town, team):
    declared(town, team)
    program = Caller(town, town.worker)
    (row,) = program.get("/affiliations").json()["items"]
    name = Person.objects.get(pk=town.resident.person_id).name
    assert row["person"] == masked(name) != name
    assert not AccessLine.objects.exists()
    assert program.get(f"/affiliations/{row['id']}").json()["person"] == name
    assert AccessLine.objects.get().what == "membership"
