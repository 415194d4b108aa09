"""A table of memberships: with a report by row, twice without doubles, and never of a branch of the Party."""

import csv
import io

import pytest

from mulin.cases.tests.callers import Caller
from mulin.journal.models import Detail
from mulin.kernel.clock import SYSTEM
from mulin.participation import actions
from mulin.participation.imports import Affiliations
from mulin.participation.models import Affiliation
from mulin.people import actions as people
from mulin.tables import examine

HEAD = ("组织", "姓名", "手机号", "加入日期")


def bring(town, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    file = out.getvalue().encode()
    table, plan = examine(Affiliations(), town.community, file, by=SYSTEM, filename="t.csv")
    return table.report, Affiliations().write(town.community, plan, by=SYSTEM)


@pytest.fixture
def sun(town):
    return people.add_person(by=SYSTEM, community=town.community, name="Sun", phone="13900000001")


@pytest.mark.story("C2")
def test_members_come_in_once_and_count(town, team, sun):
    rows = (("Dawn patrol", "Sun", "139 0000 0001", "2024-03-01"), ("Dawn patrol", "Wang", "", ""))
    report, made = bring(town, *rows)
    assert (report.problems, made) == ([], 2)
    assert bring(town, *rows)[1] == 0
    member = Affiliation.objects.get(person=sun)
    assert (member.state, str(member.starts_on), member.kind) == ("active", "2024-03-01", "volunteer_team")
    line = Detail.objects.get(noun_id=member.pk)
    assert line.verb == "adopt"
    assert "Sun" not in line.body


def test_who_said_so_already_is_known(town, team):
    actions.declare(by=town.resident, community=town.community, organisation=team)
    assert bring(town, ("Dawn patrol", "Wang", "", ""))[1] == 0


def test_a_branch_of_the_party_takes_nobody_from_a_table(town, branch):
    report, made = bring(town, (branch.name, "Wang", "", ""))
    assert (made, report.stops) == (0, 1)
    assert "said by each person alone" in report.problems[0].words


def test_what_is_wrong_is_told_by_row(town, team, sun):
    people.add_person(by=SYSTEM, community=town.community, name="Sun", phone="13900000002")
    report, made = bring(
        town, ("Dusk patrol", "Wang", "", ""), ("Dawn patrol", "Nobody", "", ""), ("Dawn patrol", "Sun", "", ""),
        ("Dawn patrol", "Wang", "", "2099-01-01"), ("Dawn patrol", "Zhao", "", ""),
    )  # fmt: skip
    assert (made, [each.row for each in report.problems]) == (1, [2, 3, 4, 5])


@pytest.mark.story("C2")
def test_coverage_down_the_tree_is_there_for_programs_without_small_numbers(town, team, branch):
    actions.declare(by=town.resident, community=town.community, organisation=team)
    shown = Caller(town).get("/coverage").json()
    assert (shown["said"], shown["placed"], shown["missing"]) == ("<5", "<5", "<5")
    assert {row["name"]: row["members"] for row in shown["organisations"]} == {team.name: "<5", branch.name: "<5"}
